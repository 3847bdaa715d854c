// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_LEAKS_H_
#define MSYNCSPEC_FUZZ_LEAKS_H_

#include <cstdint>

#include "absl/functional/function_ref.h"

namespace msyncspec {

// Watches that inputs leave nothing behind in the process: no descriptor, no mapping, no child.
class LeakWatch {
 public:
  LeakWatch();
  ~LeakWatch();
  LeakWatch(const LeakWatch&) = delete;
  LeakWatch& operator=(const LeakWatch&) = delete;

  // Runs `input`, and ends the process with advice if it leaves anything. Where the process has
  // grown, it runs `input` again: an allocator grows once, a leak every time.
  void Watch(absl::FunctionRef<void()> input);

 private:
  int64_t MappedPages() const;

  int statm_ = -1;  // /proc/self/statm; where there is none, mappings are not counted
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_LEAKS_H_
