// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_EXHAUSTIVE_H_
#define MSYNCSPEC_HARNESS_GENERATE_EXHAUSTIVE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/strings/string_view.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// What can be behind one page, as far as msync behaves differently.
enum class SlotClass : uint8_t {
  kHole,
  kPrivate,
  kShared,  // of a file with an fsync operation
  kSharedWithoutFsync,
  kSharedReadOnlyFile,
  kPrivateLocked,
  kSharedLocked,
};
inline constexpr int kSlotClasses = 7;

absl::string_view SlotClassName(SlotClass slot_class);

// Every layout of a number of page slots, each slot of one of some classes, and for each layout
// every call at the boundaries. Layouts are in Gray code order: each is one step from the last.
class ExhaustiveScope {
 public:
  static constexpr int kMaxSlots = 8;

  // `classes` are those that the target can build, kHole first; `without_fsync` is the kind of file
  // that kSharedWithoutFsync uses.
  ExhaustiveScope(int slots, std::vector<SlotClass> classes, Backing without_fsync);

  int slots() const { return slots_; }
  uint64_t layouts() const { return layouts_; }
  const std::vector<File>& files() const { return files_; }
  const std::vector<SymbolicCall>& calls() const { return calls_; }

  // Returns the class of `slot` in the layout of that index.
  SlotClass At(uint64_t layout, int slot) const;

  // Returns the step that makes `slot` what it is in `layout`, whatever was there before.
  Step StepFor(uint64_t layout, int slot) const;

  // Returns the one slot in which `layout`, which is not 0, differs from the one before it.
  int ChangedSlot(uint64_t layout) const;

  // Returns the layout and one of its calls as a scenario of its own.
  Scenario ToScenario(uint64_t layout, size_t call) const;

 private:
  int slots_;
  std::vector<SlotClass> classes_;
  std::vector<File> files_;
  std::vector<SymbolicCall> calls_;
  uint64_t layouts_ = 1;
};

// Returns every call at the boundaries of `slots` pages: addresses at each slot, one byte into it
// and one past the last; lengths around each page count up to past the end, those that wrap and the
// longest that does not; every combination of the known flags, and unknown ones with and without.
std::vector<SymbolicCall> BoundaryCalls(int slots);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_EXHAUSTIVE_H_
