// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_PAGE_FLAGS_H_
#define MSYNCSPEC_HARNESS_EFFECTS_PAGE_FLAGS_H_

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "harness/effects/page_state.h"
#include "harness/executor/opened_file.h"
#include "model/units.h"

namespace msyncspec {

// Sees in /proc/kpageflags which pages of a file are dirty, page by page: where the kernel keeps
// several as one folio, `dirty` is told of the whole only and so is kUnobservable, `clean` is told
// of each. Background writeback may clean a page at any time; nothing but a store makes one dirty.
class PageFlags {
 public:
  // OK where pages can be looked at, else the reason. Needs root.
  static absl::Status Available();

  // Prepares to look at the first `pages` pages of `file`, through a mapping of its own. To be
  // called by the process that is to look.
  static absl::StatusOr<PageFlags> Open(int file, int64_t pages, Bytes page_size);

  PageFlags(PageFlags&& other) noexcept;
  PageFlags& operator=(PageFlags&&) = delete;
  ~PageFlags();

  // Says of each page from `first` on what it is now. Allocates nothing and brings no page into
  // memory; some four system calls a page.
  void Look(int64_t first, std::span<PageState> states) const;

 private:
  PageFlags(OpenedFile pagemap, OpenedFile flags, char* place, Bytes size, Bytes page_size);

  PageState LookAt(char* page) const;
  bool ReadFrame(const char* page, uint64_t& frame) const;
  bool ReadFlags(uint64_t frame, uint64_t& flags) const;

  OpenedFile pagemap_;
  OpenedFile flags_;
  char* place_;  // the observation mapping; nullptr in one that was moved away
  Bytes size_;
  Bytes page_size_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_PAGE_FLAGS_H_
