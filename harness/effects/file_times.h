// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FILE_TIMES_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FILE_TIMES_H_

#include <cstdint>
#include <ctime>

#include "absl/status/statusor.h"

namespace msyncspec {

// Whether a time has changed.
enum class Movement : uint8_t { kUnobservable, kStayed, kMoved };

// What has become of a file's times since the last baseline. `modified` is exact, as the baseline
// is a date long past; `changed` may have been set anew within one tick of the kernel's clock, so
// it is kMoved or kUnobservable, never kStayed.
struct Movements {
  Movement modified = Movement::kUnobservable;
  Movement changed = Movement::kUnobservable;
};

// Sees whether the times of a file move.
class FileTimes {
 public:
  // Prepares to look at `file`, which has to stay open, and sets a baseline. Unimplemented for a
  // block device, whose times are its name's in /dev.
  static absl::StatusOr<FileTimes> Open(int file);

  // Sets the time of modification back: from here on movements count. Returns false if it cannot.
  bool SetBaseline();

  // Says what has moved: one system call.
  Movements Look() const;

 private:
  explicit FileTimes(int file) : file_(file) {}

  int file_;
  timespec changed_{};
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FILE_TIMES_H_
