// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_CACHESTAT_H_
#define MSYNCSPEC_HARNESS_EFFECTS_CACHESTAT_H_

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "harness/effects/page_state.h"
#include "model/units.h"

namespace msyncspec {

// Sees with cachestat(2) which pages of a file are dirty. `clean` is exact; `dirty` is told of the
// folio, so that a dirty page that shares one makes its neighbours look dirty. Needs no privilege
// beyond a file that the caller may write or owns.
class CacheStat {
 public:
  // OK where the kernel has the call (Linux 6.5), else the reason.
  static absl::Status Available();

  // Prepares to look at `file`, which has to stay open. Unimplemented on an overlay, where the call
  // sees nothing and would call everything clean.
  static absl::StatusOr<CacheStat> Open(int file, Bytes page_size);

  // Says of each page from `first` on what it is now: one system call a page, no allocation.
  void Look(int64_t first, std::span<PageState> states) const;

 private:
  CacheStat(int file, Bytes page_size) : file_(file), page_size_(page_size) {}

  int file_;
  Bytes page_size_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_CACHESTAT_H_
