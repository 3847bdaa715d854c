// SPDX-License-Identifier: MIT
#include "model/page_by_page.h"

namespace msyncspec {

PlainAnswer AnswerPageByPage(const Machine& machine, std::vector<Page> pages, const Call& call,
                             const PageChange& change) {
  const uint64_t flags = call.flags.word();
  const bool async = (flags & 1) != 0, invalidate = (flags & 2) != 0, sync = (flags & 4) != 0;
  if (flags > 7) return {Errno::kEINVAL};
  if (call.addr.value % machine.page_size.count != 0) return {Errno::kEINVAL};
  if (async && sync) return {Errno::kEINVAL};

  const uint64_t first = call.addr.value / machine.page_size.count;
  uint64_t count = call.length.count / machine.page_size.count;
  if (call.length.count % machine.page_size.count != 0) ++count;
  if (count == 0 || count == pages.size()) return {Errno::kOk};
  if (first + count >= pages.size()) return {Errno::kENOMEM};

  PlainAnswer answer;
  int syncs = 0;
  for (uint64_t number = first; number < first + count; ++number) {
    const Page page = pages[number];
    if (!page.mapped) {
      answer.result = Errno::kENOMEM;
      if (flags == 1) return answer;
      continue;
    }
    if (invalidate && page.locked) {
      answer.result = Errno::kEBUSY;
      return answer;
    }
    if (!sync || !page.writes_through) continue;
    if (!page.has_fsync) {
      answer.result = Errno::kEINVAL;
      return answer;
    }
    if (page.fsync_error != Errno::kOk) {
      answer.result = page.fsync_error;
      return answer;
    }
    answer.synced.push_back(number);
    const bool goes_on = number + 1 < first + count && pages[number + 1] == page;
    if (!goes_on && change != nullptr) change(++syncs, pages);
  }
  return answer;
}

}  // namespace msyncspec
