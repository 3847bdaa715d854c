// SPDX-License-Identifier: MIT
#include "harness/executor/opened_file.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <utility>

#include "harness/executor/disk_files.h"
#include "harness/executor/kernel_rings.h"
#include "harness/executor/memory_files.h"
#include "harness/executor/own_mappings.h"

namespace msyncspec {

OpenedFile::OpenedFile(OpenedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      segment_(std::exchange(other.segment_, -1)),
      home_(std::exchange(other.home_, {})),
      home_is_ring_(std::exchange(other.home_is_ring_, false)) {}

OpenedFile::~OpenedFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (home_is_ring_) syscall(SYS_io_destroy, home_.begin.value);
}

void OpenedFile::HasMovedTo(Address begin) { home_ = {begin, begin + (home_.end - home_.begin)}; }

absl::StatusOr<OpenedFile> OpenKernelFile(const File& file, Bytes page_size) {
  switch (file.backing) {
    case Backing::kMemfd:
      return OpenMemfd(file, page_size);
    case Backing::kTmpfs:
      return OpenTmpfs(file, page_size);
    case Backing::kDisk:
      return OpenDisk(file, page_size);
    case Backing::kDeleted:
      return OpenDeleted(file, page_size);
    case Backing::kDevZero:
      return OpenDevZero(file);
    case Backing::kShm:
      return OpenSegment(file, page_size);
    case Backing::kSecret:
      return OpenSecret(file, page_size);
    case Backing::kIoUring:
      return OpenIoUring(file, page_size);
    case Backing::kBpfArray:
      return OpenBpfArray(file, page_size);
    case Backing::kPerf:
      return OpenPerf();
    case Backing::kFuse:
    case Backing::kExt4:
    case Backing::kXfs:
    case Backing::kBtrfs:
    case Backing::kOverlay:
    case Backing::kBlock:
    case Backing::kFull:
    case Backing::kDax:
      return absl::UnimplementedError("needs a file server or a filesystem of its own");
    case Backing::kSealed:
      return OpenSealed(file, page_size);
    case Backing::kSealedWrite:
      return OpenSealedWrite(file, page_size);
    case Backing::kHugetlb:
      return OpenHugetlb(file, page_size);
    case Backing::kAio:
      return OpenAio(file, page_size);
    case Backing::kPacket:
      return OpenPacket(file, page_size);
    case Backing::kVdso:
      return TakeOwnMapping("[vdso]", file, page_size);
    case Backing::kVvar:
      return TakeOwnMapping("[vvar]", file, page_size);
  }
  return absl::InternalError("a backing without a maker");
}

}  // namespace msyncspec
