// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_FAULT_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_FAULT_H_

#include <atomic>
#include <cstdint>
#include <limits>

#include "model/errno.h"
#include "model/units.h"

namespace msyncspec {

// The largest error that a FUSE server can answer: the kernel takes no larger one.
inline constexpr Errno kMaxFuseErrno = static_cast<Errno>(511);

// Answers the next `count` requests that touch a byte of [begin, end) with `error`. An FSYNC has no
// range and touches every byte.
struct FuseFault {
  static constexpr uint32_t kAlways = std::numeric_limits<uint32_t>::max();

  Errno error = Errno::kOk;
  Bytes begin{0}, end{std::numeric_limits<uint64_t>::max()};
  uint32_t count = kAlways;
};

// A fault in memory that a FUSE server and its clients share.
class SharedFault {
 public:
  // Replaces the fault. To be called while no request is under way that it may concern.
  void Set(const FuseFault& fault) {
    left_.store(0);
    error_.store(static_cast<uint16_t>(fault.error));
    begin_.store(fault.begin.count);
    end_.store(fault.end.count);
    left_.store(fault.error == Errno::kOk ? 0 : fault.count);
  }

  // Returns the answer to a request that touches [begin, end), and counts it. Of the server alone.
  Errno Answer(Bytes begin, Bytes end) {
    const uint32_t left = left_.load();
    if (left == 0 || end.count <= begin_.load() || begin.count >= end_.load()) return Errno::kOk;
    if (left != FuseFault::kAlways) left_.store(left - 1);
    return static_cast<Errno>(error_.load());
  }

 private:
  static_assert(std::atomic<uint64_t>::is_always_lock_free);

  std::atomic<uint32_t> left_{0};
  std::atomic<uint16_t> error_{0};
  std::atomic<uint64_t> begin_{0}, end_{0};
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_FAULT_H_
