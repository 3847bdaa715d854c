// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PROFILE_H_
#define MSYNCSPEC_MODEL_PROFILE_H_

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "model/document_rules.h"
#include "model/errno.h"
#include "model/machine.h"
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

// What a call without MS_SYNC does about a shared mapping of a file.
enum class UnsyncedEffect : uint8_t {
  kNothing,
  kMarksDirty,       // tells the file which pages in the range were modified
  kStartsWriteback,  // the same, and with MS_ASYNC starts writing the file
};

// What an early walk, which looked for a hole and for the end of the range in one go, got wrong.
enum class LoopFaults : uint8_t { kNone, kLosesHoles };

// Which error of writing back a file server's file keeps for its descriptors when it is unmapped.
enum class UnmapError : uint8_t {
  kAsAnswered,  // the server's own
  kCoarse,      // ENOSPC, or EIO in place of any other
};

// To whom an error of writing back, met when nobody waited, is reported.
enum class ErrorReport : uint8_t { kOncePerOpenFile, kOncePerFile };

// How a system walks the mappings of a range.
struct WalkBehaviour {
  Errno hole = Errno::kENOMEM;  // the answer where part of the range is unmapped
  AsyncAtHole async_at_hole = AsyncAtHole::kStops;  // what MS_ASYNC alone does at a hole
  UnsyncedEffect unsynced = UnsyncedEffect::kNothing;
  LockTest lock_test = LockTest::kBeforeEachSync;  // when MS_INVALIDATE looks for locks
  Errno no_fsync = Errno::kEINVAL;                 // the answer of a file without that operation
  SyncExtent extent = SyncExtent::kMappedRange;    // how much of a file is synced
  SyncKind sync = SyncKind::kDataOnly;             // and how thoroughly MS_SYNC does it
  LoopFaults faults = LoopFaults::kNone;

  friend constexpr bool operator==(const WalkBehaviour&, const WalkBehaviour&) = default;
};

// In which order mremap to a fixed address finds its errors and clears the way.
enum class RemapOrder : uint8_t {
  kChecksFirst,  // nothing is unmapped unless the move can be made
  kSourceFirst,  // an unmapped source comes before a bad target; then the target is cleared
  kTargetFirst,  // the target, and what a shrinking move gives up, are cleared before the source
                 // is looked at
};

// What mmap and its kin, and writing back, do differently from system to system, as far as layouts
// and the files behind them show it.
struct LayoutBehaviour {
  // Whether mremap to a fixed address without a change of length moves several mappings at once.
  bool remap_moves_several = true;
  RemapOrder remap_order = RemapOrder::kChecksFirst;
  // Whether mlock2(MLOCK_ONFAULT) fails over memory without access, as mlock does.
  bool lock_on_fault_needs_access = false;
  ErrorReport error_report = ErrorReport::kOncePerOpenFile;
  UnmapError unmap_error = UnmapError::kCoarse;

  friend constexpr bool operator==(const LayoutBehaviour&, const LayoutBehaviour&) = default;
};

// Which tags a system takes out of addr, where the hardware lets them pass.
enum class Untagging : uint8_t { kNone, kTopByte, kTopByteAndLinearAddressMask };

// What an ABI fixes of a machine. Where it is silent the machine at hand decides.
struct Abi {
  std::optional<int> address_bits;
  std::optional<int> argument_bits;
  std::optional<Bytes> page_size;
  std::optional<SyncFlagNumbers> flags;
  Untagging untagging = Untagging::kTopByteAndLinearAddressMask;

  // Returns `machine` as this ABI has it.
  constexpr Machine On(Machine machine) const {
    machine.address_bits = address_bits.value_or(machine.address_bits);
    machine.argument_bits =
        std::min(argument_bits.value_or(machine.argument_bits), machine.address_bits);
    machine.page_size = page_size.value_or(machine.page_size);
    machine.flags = flags.value_or(machine.flags);
    const bool removed = untagging == Untagging::kTopByteAndLinearAddressMask ||
                         (untagging == Untagging::kTopByte && machine.tag == kTopByteTag);
    if (!removed) machine.tag = kNoTag;
    return machine;
  }
};

// The kernels from `since` on, up to and without `until`.
struct Era {
  KernelVersion since, until;

  constexpr bool Contains(const KernelVersion& version) const {
    return since <= version && version < until;
  }
};

// One system's or one document's choice of rules, written as the difference from its neighbour.
struct Profile {
  std::string name;          // "linux-6.18": the version, or the document, that it stands for
  std::string basis;         // what it stands for and how that is known, in one sentence
  absl::string_view source;  // the file of model/sources/ in which that is written
  std::array<Era, 2> eras;   // the kernels that behave so; empty for a document, or where unused
  LayoutBehaviour layout;
  Abi abi;

  // A kernel answers by its arguments and, where they do not decide, by its walk.
  std::span<const ArgumentRule> arguments;  // their order is their precedence
  WalkBehaviour walk;

  // A document answers by all of its clauses together, and has neither.
  std::span<const DocumentRule> clauses;

  constexpr bool IsDocument() const { return !clauses.empty(); }
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PROFILE_H_
