// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PAGE_BY_PAGE_H_
#define MSYNCSPEC_MODEL_PAGE_BY_PAGE_H_

#include <cstdint>
#include <functional>
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

  friend bool operator==(const Page&, const Page&) = default;
};

// What another thread makes of the pages while a file is synced, for the n-th time, from 1.
using PageChange = std::function<void(int n, std::vector<Page>& pages)>;

struct PlainAnswer {
  Errno result = Errno::kOk;
  std::vector<uint64_t> synced;  // the numbers of the pages that were synced, in order
};

// Returns what Linux 6.18 does; `pages` holds every page of the address space, the first first.
// Equal pages side by side are of one mapping, and are synced at once; each that follows is looked
// at as it is then.
PlainAnswer AnswerPageByPage(const Machine& machine, std::vector<Page> pages, const Call& call,
                             const PageChange& change = nullptr);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PAGE_BY_PAGE_H_
