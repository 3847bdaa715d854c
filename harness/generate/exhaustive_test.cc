// SPDX-License-Identifier: MIT
#include "harness/generate/exhaustive.h"

#include <gtest/gtest.h>

#include <set>

#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

const std::vector<SlotClass> kAllClasses = {SlotClass::kHole,
                                            SlotClass::kPrivate,
                                            SlotClass::kShared,
                                            SlotClass::kSharedWithoutFsync,
                                            SlotClass::kSharedReadOnlyFile,
                                            SlotClass::kPrivateLocked,
                                            SlotClass::kSharedLocked};

std::vector<SlotClass> LayoutAt(const ExhaustiveScope& scope, uint64_t index, int slots) {
  std::vector<SlotClass> layout;
  for (int slot = 0; slot < slots; ++slot) layout.push_back(scope.At(index, slot));
  return layout;
}

TEST(ExhaustiveScope, HasEveryLayoutOnce) {
  const ExhaustiveScope scope(4, kAllClasses, Backing::kBpfArray);
  ASSERT_EQ(scope.layouts(), 7u * 7 * 7 * 7);
  std::set<std::vector<SlotClass>> seen;
  for (uint64_t i = 0; i < scope.layouts(); ++i) seen.insert(LayoutAt(scope, i, 4));
  EXPECT_EQ(seen.size(), 7u * 7 * 7 * 7);
}

// Six classes instead of seven: the code has to turn round for even counts as well.
TEST(ExhaustiveScope, ChangesOneSlotFromEachLayoutToTheNext) {
  for (const std::ptrdiff_t classes : {6, 7}) {
    const ExhaustiveScope scope(3, {kAllClasses.begin(), kAllClasses.begin() + classes},
                                Backing::kBpfArray);
    for (uint64_t i = 1; i < scope.layouts(); ++i) {
      for (int slot = 0; slot < 3; ++slot) {
        EXPECT_EQ(scope.At(i, slot) != scope.At(i - 1, slot), slot == scope.ChangedSlot(i))
            << "layout " << i << " slot " << slot;
      }
    }
  }
}

TEST(ExhaustiveScope, BeginsWithNothingMapped) {
  const ExhaustiveScope scope(5, kAllClasses, Backing::kBpfArray);
  EXPECT_EQ(LayoutAt(scope, 0, 5), std::vector<SlotClass>(5, SlotClass::kHole));
}

TEST(ExhaustiveScope, MakesValidScenarios) {
  const ExhaustiveScope scope(2, kAllClasses, Backing::kIoUring);
  for (uint64_t layout = 0; layout < scope.layouts(); ++layout) {
    for (size_t call = 0; call < scope.calls().size(); ++call) {
      ASSERT_TRUE(Validate(scope.ToScenario(layout, call)).ok());
    }
  }
}

TEST(BoundaryCalls, AreAllDifferentAndAsManyAsTheirParts) {
  std::set<std::string> seen;
  for (const SymbolicCall& call : BoundaryCalls(5)) seen.insert(Print(call));
  EXPECT_EQ(seen.size(), 11u * 26 * 14);
  EXPECT_EQ(BoundaryCalls(5).size(), 11u * 26 * 14);
}

struct WantedCall {
  const char* what;
  const char* text;
};

TEST(BoundaryCalls, IncludeTheOnesThatImplementationsGetWrong) {
  std::set<std::string> seen;
  for (const SymbolicCall& call : BoundaryCalls(3)) seen.insert(Print(call));
  for (const WantedCall& wanted : {
           WantedCall{"nothing", "call addr=p0 len=0 flags=0"},
           WantedCall{"one byte", "call addr=p2 len=1 flags=MS_SYNC"},
           WantedCall{"one byte into a page", "call addr=p1+1 len=1p flags=MS_SYNC"},
           WantedCall{"one past the last slot", "call addr=p3 len=1p flags=MS_SYNC"},
           WantedCall{"past the end", "call addr=p0 len=4p+1 flags=MS_INVALIDATE"},
           WantedCall{"rounds to 0", "call addr=p0 len=max-1p+2 flags=MS_SYNC"},
           WantedCall{"wraps", "call addr=p0 len=max-1p+1 flags=MS_SYNC"},
           WantedCall{"longest", "call addr=p1 len=to-last flags=MS_SYNC|MS_INVALIDATE"},
           WantedCall{"bit 31", "call addr=p0 len=1p flags=0x80000000"},
           WantedCall{"all known", "call addr=p0 len=1p flags=MS_ASYNC|MS_SYNC|MS_INVALIDATE"},
       }) {
    EXPECT_EQ(seen.count(wanted.text), 1u) << wanted.what << ": " << wanted.text;
  }
}

}  // namespace
}  // namespace msyncspec
