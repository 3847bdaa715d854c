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

  // Runs `input`, and ends the process with advice if it leaves anything. Counts once for each
  // input, and compares with what was there after the last; where there is more, it runs `input`
  // again: an allocator grows once, and so does an engine between two inputs, a leak every time.
  void Watch(absl::FunctionRef<void()> input);

 private:
  // What a process has.
  struct Holdings {
    int next_descriptor = 0;  // the number that the next one gets
    bool children = false;
    int64_t pages = 0;  // mapped

    friend bool operator==(const Holdings&, const Holdings&) = default;
  };

  Holdings Count() const;
  void RunAgain(absl::FunctionRef<void()> input, Holdings& now);

  int statm_ = -1;  // /proc/self/statm; where there is none, mappings are not counted
  Holdings before_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_LEAKS_H_
