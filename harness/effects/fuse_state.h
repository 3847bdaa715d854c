// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_STATE_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_STATE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "harness/effects/fuse_fault.h"
#include "harness/effects/fuse_log.h"

namespace msyncspec {

inline constexpr size_t kMaxFuseFiles = 8;
inline constexpr size_t kMaxFuseFileBytes = size_t{1} << 20;  // 256 pages of 4 KiB, 16 of 64 KiB

// What a server does with an FSYNC that waits for its reply when its caller receives a signal.
enum class OnInterrupt : uint8_t { kIgnored, kAnswersEintr };

// One file as a server has it.
struct FuseFileState {
  // Set before the server starts.
  OnInterrupt on_interrupt = OnInterrupt::kIgnored;
  std::atomic<int64_t> fsync_delay_ns{0};
  SharedFault on_fsync, on_write;

  std::atomic<uint64_t> size{0};
  std::array<uint8_t, kMaxFuseFileBytes> bytes{};
};

// Which FSYNC a server is to keep waiting. Holds are numbered from 1, in the order they are asked
// for, so that a release that comes late never frees a later hold.
class FuseHold {
 public:
  // Asks for the n-th FSYNC from now, from 1, to be held.
  void Ask(uint32_t n) {
    asked_.fetch_add(1);
    until_.store(n);
  }

  // Lets what is held go, and asks for the n-th FSYNC after it to be held.
  void ReleaseThenAsk(uint32_t n) {
    let_go_at_ns_.store(kNever);
    const uint64_t before = asked_.fetch_add(1);
    until_.store(n);
    released_.store(before);
  }

  // Lets what is held go by itself at a time of CLOCK_MONOTONIC.
  void ReleaseAt(int64_t nanoseconds) { let_go_at_ns_.store(nanoseconds); }

  // The time at which that is to happen, or kNever.
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
  int64_t let_go_at_ns() const { return let_go_at_ns_.load(); }

  // Whether the FSYNC last asked for is held.
  bool IsHeld() const { return held_.load() == asked_.load() && !IsReleased(asked_.load()); }

  // Lets what is held go, and holds nothing any more.
  void Release() {
    let_go_at_ns_.store(kNever);
    until_.store(0);
    released_.store(asked_.load());
  }

  // Counts an FSYNC; returns the number of the hold if this is the one, or else 0. Of the server.
  uint64_t Count() {
    uint32_t left = until_.load();
    if (left == 0 || !until_.compare_exchange_strong(left, left - 1) || left != 1) return 0;
    return asked_.load();
  }

  // Says that the FSYNC of hold `number` now waits. Of the server alone.
  void SetHeld(uint64_t number) { held_.store(number); }

  bool IsReleased(uint64_t number) const { return released_.load() >= number; }

 private:
  std::atomic<uint32_t> until_{0};
  std::atomic<uint64_t> asked_{0}, held_{0}, released_{0};
  std::atomic<int64_t> let_go_at_ns_{kNever};
};

// All that a server and its clients share, in memory made before the server.
struct FuseState {
  FuseLog log;
  FuseHold hold;
  std::array<FuseFileState, kMaxFuseFiles> files;
  size_t file_count = 0;
  std::atomic<uint64_t> interrupts{0};  // how many of the FSYNCs that wait have been interrupted
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_STATE_H_
