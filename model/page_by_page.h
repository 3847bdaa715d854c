// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PAGE_BY_PAGE_H_
#define MSYNCSPEC_MODEL_PAGE_BY_PAGE_H_

#include <cstdint>
#include <vector>

#include "model/call.h"
#include "model/errno.h"
#include "model/machine.h"

namespace msyncspec {

// The second statement of what Linux does, for the tests: page after page, without mappings, in
// plain numbers. It shares nothing with the walk but the types, and is as slow as it is simple.

// What there is to know of one page of the address space.
struct Page {
  bool mapped = false;
  bool locked = false;
  bool writes_through = false;     // shared, and its descriptor may write
  bool has_fsync = true;           // its file
  Errno fsync_error = Errno::kOk;  // of its file
};

struct PlainAnswer {
  Errno result = Errno::kOk;
  std::vector<uint64_t> synced;  // the numbers of the pages that were synced, in order
};

// Returns what Linux 6.18 does; `pages` holds every page of the address space, the first first.
PlainAnswer AnswerPageByPage(const Machine& machine, const std::vector<Page>& pages,
                             const Call& call);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PAGE_BY_PAGE_H_
