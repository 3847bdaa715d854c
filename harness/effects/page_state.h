// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_PAGE_STATE_H_
#define MSYNCSPEC_HARNESS_EFFECTS_PAGE_STATE_H_

#include <cstdint>

namespace msyncspec {

// What an observer says of one page of a file in the page cache.
enum class PageState : uint8_t {
  kUnobservable,  // the observer could not look, or cannot tell this page from its neighbours
  kClean,         // nothing in memory is newer than what is on disk; also where nothing is cached
  kDirty,         // something waits to be written
  kWritingBack,   // it is being written
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_PAGE_STATE_H_
