// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_STOPWATCH_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_STOPWATCH_H_

#include <ctime>

#include "absl/time/time.h"

namespace msyncspec {

// Measures time from its making on, by a clock that nobody sets: a guest that corrects its date in
// the middle of a check must neither hang nor end it.
class Stopwatch {
 public:
  Stopwatch() : begin_(Now()) {}

  absl::Duration Elapsed() const { return Now() - begin_; }

 private:
  static absl::Duration Now() {
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return absl::DurationFromTimespec(now);
  }

  absl::Duration begin_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_STOPWATCH_H_
