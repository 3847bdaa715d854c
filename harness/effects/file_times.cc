// SPDX-License-Identifier: MIT
#include "harness/effects/file_times.h"

#include <sys/stat.h>

#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

// The first msync(2) in a Linux kernel: a date that no clock comes back to.
constexpr timespec kLongPast = {.tv_sec = 812'505'600, .tv_nsec = 0};

bool Same(const timespec& one, const timespec& other) {
  return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
}

}  // namespace

absl::StatusOr<FileTimes> FileTimes::Open(int file) {
  struct stat facts = {};
  if (fstat(file, &facts) != 0) return Failure("fstat");
  if (!S_ISREG(facts.st_mode)) {
    return absl::UnimplementedError("its times are not the file's own, but those of a name");
  }
  FileTimes times(file);
  if (!times.SetBaseline()) return Failure("setting the file's times");
  return times;
}

bool FileTimes::SetBaseline() {
  const timespec times[2] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, kLongPast};
  struct stat facts = {};
  if (futimens(file_, times) != 0 || fstat(file_, &facts) != 0) return false;
  changed_ = facts.st_ctim;
  return Same(facts.st_mtim, kLongPast);
}

Movements FileTimes::Look() const {
  struct stat facts = {};
  if (fstat(file_, &facts) != 0) return {};
  return {.modified = Same(facts.st_mtim, kLongPast) ? Movement::kStayed : Movement::kMoved,
          .changed = Same(facts.st_ctim, changed_) ? Movement::kUnobservable : Movement::kMoved};
}

}  // namespace msyncspec
