// SPDX-License-Identifier: MIT
#include "harness/effects/cachestat.h"

#include <linux/magic.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "harness/effects/has_writeback.h"
#include "harness/executor/make_file.h"

#ifndef SYS_cachestat
#ifdef __alpha__
#define SYS_cachestat 561
#else
#define SYS_cachestat 451
#endif
#endif

namespace msyncspec {
namespace {

// <linux/mman.h> has these since Linux 6.5.
struct Range {
  uint64_t offset;
  uint64_t length;
};

struct Counts {
  uint64_t cached;
  uint64_t dirty;
  uint64_t writing_back;
  uint64_t evicted;
  uint64_t recently_evicted;
};

std::optional<Counts> CountsOf(int file, uint64_t offset, uint64_t length) {
  Range range = {offset, length};
  Counts counts = {};
  if (syscall(SYS_cachestat, file, &range, &counts, 0) != 0) return std::nullopt;
  return counts;
}

}  // namespace

absl::Status CacheStat::Available() {
  constexpr int kNoDescriptor = -1;
  if (!CountsOf(kNoDescriptor, 0, 0).has_value() && errno == EBADF) return absl::OkStatus();
  return Failure("cachestat (Linux 6.5)");
}

absl::StatusOr<CacheStat> CacheStat::Open(int file, Bytes page_size) {
  for (const absl::Status& reason : {Available(), HasWriteback(file)}) {
    if (!reason.ok()) return reason;
  }
  if (!CountsOf(file, 0, page_size.count).has_value()) return Failure("cachestat of the file");
  struct statfs filesystem = {};
  if (fstatfs(file, &filesystem) != 0) return Failure("statfs");
  if (filesystem.f_type == OVERLAYFS_SUPER_MAGIC) {
    return absl::UnimplementedError("it looks at the overlay's own file, which caches nothing");
  }
  return CacheStat(file, page_size);
}

void CacheStat::Look(int64_t first, std::span<PageState> states) const {
  uint64_t offset = static_cast<uint64_t>(first) * page_size_.count;
  for (PageState& state : states) {
    const std::optional<Counts> counts = CountsOf(file_, offset, page_size_.count);
    if (!counts.has_value()) {
      state = PageState::kUnobservable;
    } else if (counts->dirty > 0) {
      state = PageState::kDirty;
    } else {
      state = counts->writing_back > 0 ? PageState::kWritingBack : PageState::kClean;
    }
    offset += page_size_.count;
  }
}

}  // namespace msyncspec
