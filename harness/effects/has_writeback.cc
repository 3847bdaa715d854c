// SPDX-License-Identifier: MIT
#include "harness/effects/has_writeback.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <cstdint>

#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

constexpr uint32_t kInMemory[] = {TMPFS_MAGIC, RAMFS_MAGIC, HUGETLBFS_MAGIC};

}  // namespace

absl::Status HasWriteback(int file) {
  struct stat facts = {};
  if (fstat(file, &facts) != 0) return Failure("fstat");
  if (S_ISBLK(facts.st_mode)) return absl::OkStatus();  // though /dev is a tmpfs
  if (!S_ISREG(facts.st_mode)) return absl::UnimplementedError("it is neither a file nor a disk");
  struct statfs filesystem = {};
  if (fstatfs(file, &filesystem) != 0) return Failure("statfs");
  const auto type = static_cast<uint32_t>(filesystem.f_type);  // a long, which may be negative
  for (const uint32_t in_memory : kInMemory) {
    if (type == in_memory) {
      return absl::UnimplementedError("the file is memory, with no disk to be written to");
    }
  }
  return absl::OkStatus();
}

}  // namespace msyncspec
