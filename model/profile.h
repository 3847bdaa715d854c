// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PROFILE_H_
#define MSYNCSPEC_MODEL_PROFILE_H_

#include <compare>
#include <cstdint>
#include <span>

#include "absl/strings/string_view.h"
#include "model/errno.h"
#include "model/prediction.h"
#include "model/rule.h"

namespace msyncspec {

// The version of a Linux kernel, as in "6.18.44".
struct KernelVersion {
  int major = 0, minor = 0, patch = 0;

  friend constexpr auto operator<=>(const KernelVersion&, const KernelVersion&) = default;
};

enum class LockTest : uint8_t { kNone, kBeforeEachSync };
enum class SyncExtent : uint8_t { kMappedRange, kWholeFile };
enum class AsyncAtHole : uint8_t { kGoesOn, kStops };

// How a system walks the mappings of a range.
struct WalkBehaviour {
  Errno hole = Errno::kENOMEM;  // the answer where part of the range is unmapped
  AsyncAtHole async_at_hole = AsyncAtHole::kStops;  // what MS_ASYNC alone does at a hole
  LockTest lock_test = LockTest::kBeforeEachSync;   // when MS_INVALIDATE looks for locks
  Errno no_fsync = Errno::kEINVAL;               // the answer of a file without an fsync operation
  SyncExtent extent = SyncExtent::kMappedRange;  // how much of a file MS_SYNC syncs
  SyncDetail detail = SyncDetail::kDataOnly;     // and how thoroughly
};

// In which order mremap to a fixed address finds its errors and clears the way.
enum class RemapOrder : uint8_t {
  kChecksFirst,  // nothing is unmapped unless the move can be made
  kSourceFirst,  // an unmapped source comes before bad arguments; then the target is cleared
  kTargetFirst,  // the target, and what a shrinking move gives up, are cleared before all else
};

// What mmap and its kin do differently from system to system, as far as layouts show it.
struct LayoutBehaviour {
  // Whether mremap to a fixed address without a change of length moves several mappings at once.
  bool remap_moves_several = true;
  RemapOrder remap_order = RemapOrder::kChecksFirst;
  // Whether mlock2(MLOCK_ONFAULT) fails over memory without access, as mlock does.
  bool lock_on_fault_needs_access = false;
};

// One system's or one document's choice of rules, written as the difference from its neighbour.
struct Profile {
  absl::string_view name;   // "linux-6.18": the first version of the era it stands for
  absl::string_view basis;  // what it stands for and how that is known, in one sentence
  KernelVersion since;      // the first kernel that behaves so
  KernelVersion until;      // the first that no longer does
  std::span<const ArgumentRule> arguments;  // their order is their precedence
  WalkBehaviour walk;
  LayoutBehaviour layout;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PROFILE_H_
