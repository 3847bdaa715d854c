// SPDX-License-Identifier: MIT
#include "harness/generate/exhaustive.h"

#include <array>
#include <utility>

namespace msyncspec {
namespace {

enum : FileId { kSyncedFile, kFileWithoutFsync, kReadOnlyFile };

constexpr Access kReadWrite = Access::kRead | Access::kWrite;

std::vector<Position> BoundaryAddresses(int slots) {
  std::vector<Position> addresses;
  for (int slot = 0; slot < slots; ++slot) {
    addresses.push_back({.pages = slot});
    addresses.push_back({.pages = slot, .bytes = 1});
  }
  addresses.push_back({.pages = slots});
  return addresses;
}

std::vector<Length> BoundaryLengths(int slots) {
  std::vector<Length> lengths = {{}, {.bytes = 1}};
  for (int pages = 1; pages <= slots + 1; ++pages) {
    for (const int bytes : {-1, 0, 1}) lengths.push_back({.pages = pages, .bytes = bytes});
  }
  lengths.push_back({.base = LengthBase::kMax});                           // rounds to 0
  lengths.push_back({.base = LengthBase::kMax, .pages = -1, .bytes = 2});  // the first that does
  lengths.push_back({.base = LengthBase::kMax, .pages = -1, .bytes = 1});  // wraps
  lengths.push_back({.base = LengthBase::kToLast});                        // does not wrap
  lengths.push_back({.base = LengthBase::kToLast, .bytes = 1});            // ends at the very end
  lengths.push_back({.base = LengthBase::kToLast, .pages = 1});            // the same, exactly
  return lengths;
}

std::vector<SyncFlags> BoundaryFlags() {
  constexpr uint64_t kLow = 8, kHigh = uint64_t{1} << 30, kSign = uint64_t{1} << 31;
  std::vector<SyncFlags> flags;
  for (uint64_t known = 0; known <= kGenericFlagNumbers.all(); ++known) flags.emplace_back(known);
  for (const uint64_t unknown : {kLow, kHigh, kSign}) {
    flags.emplace_back(unknown);
    flags.emplace_back(unknown | kGenericFlagNumbers.sync | kGenericFlagNumbers.invalidate);
  }
  return flags;
}

uint64_t Power(uint64_t base, int exponent) {
  uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= base;
  return power;
}

}  // namespace

absl::string_view SlotClassName(SlotClass slot_class) {
  static constexpr std::array<absl::string_view, kSlotClasses> kNames = {
      "hole",
      "private",
      "shared",
      "shared without fsync",
      "shared from a read-only descriptor",
      "private locked",
      "shared locked"};
  return kNames[static_cast<size_t>(slot_class)];
}

std::vector<SymbolicCall> BoundaryCalls(int slots) {
  std::vector<SymbolicCall> calls;
  for (const Position& addr : BoundaryAddresses(slots)) {
    for (const Length& length : BoundaryLengths(slots)) {
      for (const SyncFlags flags : BoundaryFlags()) {
        calls.push_back({.addr = addr, .length = length, .flags = flags});
      }
    }
  }
  return calls;
}

ExhaustiveScope::ExhaustiveScope(int slots, std::vector<SlotClass> classes, Backing without_fsync)
    : slots_(slots),
      classes_(std::move(classes)),
      files_({{.backing = Backing::kMemfd, .pages = slots},
              {.backing = without_fsync, .pages = 1},
              {.backing = Backing::kMemfd, .pages = slots, .descriptor = Descriptor::kReadOnly}}),
      calls_(BoundaryCalls(slots)),
      layouts_(Power(classes_.size(), slots)) {}

// The reflected Gray code: a digit counts up where what stands before it is even, and down where
// it is odd.
SlotClass ExhaustiveScope::At(uint64_t layout, int slot) const {
  const uint64_t count = classes_.size();
  const uint64_t prefix = layout / Power(count, slot);
  const uint64_t digit = prefix % count;
  const bool up = prefix / count % 2 == 0;
  return classes_[up ? digit : count - 1 - digit];
}

int ExhaustiveScope::ChangedSlot(uint64_t layout) const {
  // The digit that an increment carries into; those below it turn round and stay what they are.
  int slot = 0;
  for (uint64_t rest = layout; rest % classes_.size() == 0; rest /= classes_.size()) ++slot;
  return slot;
}

Step ExhaustiveScope::StepFor(uint64_t layout, int slot) const {
  Step step = {.kind = StepKind::kMap, .at = {.pages = slot}, .length = {.pages = 1}};
  switch (At(layout, slot)) {
    case SlotClass::kHole:
      step.kind = StepKind::kUnmap;
      break;
    case SlotClass::kPrivateLocked:
      step.options = kMapLocked;
      [[fallthrough]];
    case SlotClass::kPrivate:
      step.access = kReadWrite;
      break;
    case SlotClass::kSharedLocked:
      step.options = kMapLocked;
      [[fallthrough]];
    case SlotClass::kShared:
      step.sharing = MapSharing::kShared;
      step.access = kReadWrite;
      step.file = kSyncedFile;
      step.file_page = slot;
      break;
    case SlotClass::kSharedWithoutFsync:
      step.sharing = MapSharing::kShared;
      step.access = kReadWrite;
      step.file = kFileWithoutFsync;
      break;
    case SlotClass::kSharedReadOnlyFile:
      step.sharing = MapSharing::kShared;
      step.access = Access::kRead;
      step.file = kReadOnlyFile;
      step.file_page = slot;
      break;
  }
  return step;
}

Scenario ExhaustiveScope::ToScenario(uint64_t layout, size_t call) const {
  Scenario scenario = {.files = files_};
  for (int slot = 0; slot < slots_; ++slot) {
    if (At(layout, slot) != SlotClass::kHole) scenario.actions.push_back(StepFor(layout, slot));
  }
  scenario.actions.push_back(calls_[call]);
  return scenario;
}

}  // namespace msyncspec
