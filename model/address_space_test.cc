// SPDX-License-Identifier: MIT
#include "model/address_space.h"

#include <gmock/gmock.h>

namespace msyncspec {
namespace {

using testing::ElementsAre;

Mapping Shared(uint64_t begin, uint64_t end, uint64_t offset) {
  return {
      .begin = {begin}, .end = {end}, .offset = {offset}, .file = 0, .sharing = Sharing::kShared};
}

std::vector<Mapping> All(const AddressSpace& space) {
  return {space.mappings().begin(), space.mappings().end()};
}

TEST(AddressSpace, InsertJoinsNeighboursThatContinueTheFile) {
  AddressSpace space;
  space.Insert(Shared(0x1000, 0x2000, 0));
  space.Insert(Shared(0x3000, 0x4000, 0x2000));
  space.Insert(Shared(0x2000, 0x3000, 0x1000));
  EXPECT_THAT(All(space), ElementsAre(Shared(0x1000, 0x4000, 0)));
}

TEST(AddressSpace, InsertKeepsNeighboursApartWhereTheOffsetJumps) {
  AddressSpace space;
  space.Insert(Shared(0x1000, 0x2000, 0));
  space.Insert(Shared(0x2000, 0x3000, 0));
  EXPECT_THAT(All(space), ElementsAre(Shared(0x1000, 0x2000, 0), Shared(0x2000, 0x3000, 0)));
}

TEST(AddressSpace, InsertKeepsMappingsApartWhoseJoiningIsNotFollowed) {
  Mapping left = Shared(0x1000, 0x2000, 0), right = Shared(0x2000, 0x3000, 0x1000);
  left.joining = right.joining = Joining::kNotFollowed;
  AddressSpace space;
  space.Insert(left);
  space.Insert(right);
  EXPECT_THAT(All(space), ElementsAre(left, right));
}

TEST(AddressSpace, RemoveSplitsAndMovesTheOffset) {
  AddressSpace space;
  space.Insert(Shared(0x1000, 0x5000, 0));
  space.Remove({{0x2000}, {0x3000}});
  EXPECT_THAT(All(space), ElementsAre(Shared(0x1000, 0x2000, 0), Shared(0x3000, 0x5000, 0x2000)));
}

TEST(AddressSpace, UpdateSplitsAtTheEndsAndJoinsAgain) {
  AddressSpace space;
  space.Insert(Shared(0x1000, 0x4000, 0));
  space.Update({{0x2000}, {0x3000}}, [](Mapping& mapping) { mapping.lock = Lock::kLocked; });
  ASSERT_EQ(space.mappings().size(), 3u);
  EXPECT_EQ(space.mappings()[1].lock, Lock::kLocked);
  EXPECT_EQ(space.mappings()[2].offset, Bytes{0x2000});
  space.Update({{0x2000}, {0x3000}}, [](Mapping& mapping) { mapping.lock = Lock::kUnlocked; });
  EXPECT_THAT(All(space), ElementsAre(Shared(0x1000, 0x4000, 0)));
}

TEST(AddressSpace, FromStartsWithTheFirstMappingThatEndsAboveTheAddress) {
  AddressSpace space;
  for (uint64_t i = 1; i < 20; i += 2) space.Insert(Shared(i * 0x1000, (i + 1) * 0x1000, 0));
  for (uint64_t address = 0; address < 0x15000; address += 0x800) {
    size_t below = 0;
    for (const Mapping& mapping : space.mappings()) below += mapping.end <= Address{address};
    EXPECT_EQ(space.From({address}).size(), space.mappings().size() - below) << address;
  }
}

// One that wants to hear of its end, at the offset of its own address.
Mapping Closed(uint64_t begin, uint64_t end, Lock lock = Lock::kUnlocked) {
  Mapping mapping = Shared(begin, end, begin);
  mapping.lock = lock;
  mapping.joining = Joining::kGrows;
  return mapping;
}

void SetLocked(Mapping& mapping) { mapping.lock = Lock::kLocked; }

TEST(AddressSpace, WhatWantsToHearOfItsEndGrowsByInsertAtEitherEnd) {
  AddressSpace space;
  space.Insert(Closed(0x2000, 0x3000));
  space.Insert(Closed(0x3000, 0x4000));
  space.Insert(Closed(0x1000, 0x2000));
  EXPECT_THAT(All(space), ElementsAre(Closed(0x1000, 0x4000)));
}

TEST(AddressSpace, WhatWantsToHearOfItsEndDoesNotVanishByInsert) {
  AddressSpace space;
  space.Insert(Closed(0x1000, 0x2000));
  space.Insert(Closed(0x3000, 0x4000));
  space.Insert(Closed(0x2000, 0x3000));
  EXPECT_THAT(All(space), ElementsAre(Closed(0x1000, 0x3000), Closed(0x3000, 0x4000)));
}

TEST(AddressSpace, WhatWantsToHearOfItsEndDoesNotVanishByUpdate) {
  AddressSpace space;
  space.Insert(Closed(0x1000, 0x4000));
  space.Update({{0x2000}, {0x3000}}, SetLocked);
  space.Update({{0x2000}, {0x3000}}, [](Mapping& mapping) { mapping.lock = Lock::kUnlocked; });
  EXPECT_THAT(All(space),
              ElementsAre(Closed(0x1000, 0x2000), Closed(0x2000, 0x3000), Closed(0x3000, 0x4000)));
}

TEST(AddressSpace, UpdateGivesThePartItCutsOffToTheNeighbourBelow) {
  AddressSpace space;
  space.Insert(Closed(0x1000, 0x2000, Lock::kLocked));
  space.Insert(Closed(0x2000, 0x4000));
  space.Update({{0x1000}, {0x3000}}, SetLocked);
  EXPECT_THAT(All(space),
              ElementsAre(Closed(0x1000, 0x3000, Lock::kLocked), Closed(0x3000, 0x4000)));
}

TEST(AddressSpace, UpdateGivesThePartItCutsOffToTheNeighbourAbove) {
  AddressSpace space;
  space.Insert(Closed(0x3000, 0x4000, Lock::kLocked));
  space.Insert(Closed(0x1000, 0x3000));
  space.Update({{0x2000}, {0x3000}}, SetLocked);
  EXPECT_THAT(All(space),
              ElementsAre(Closed(0x1000, 0x2000), Closed(0x2000, 0x4000, Lock::kLocked)));
}

TEST(AddressSpace, UpdateGivesNothingToANeighbourThatItChangesLater) {
  AddressSpace space;
  space.Insert(Closed(0x3000, 0x4000));
  space.Insert(Closed(0x1000, 0x3000, Lock::kLockedOnFault));
  space.Update({{0x2000}, {0x4000}}, SetLocked);
  EXPECT_THAT(All(space), ElementsAre(Closed(0x1000, 0x2000, Lock::kLockedOnFault),
                                      Closed(0x2000, 0x3000, Lock::kLocked),
                                      Closed(0x3000, 0x4000, Lock::kLocked)));
}

TEST(AddressSpace, UpdateThatChangesNothingCutsNothingOfWhatWantsToHearOfItsEnd) {
  AddressSpace space;
  space.Insert(Closed(0x1000, 0x4000, Lock::kLocked));
  space.Update({{0x2000}, {0x3000}}, SetLocked);
  EXPECT_THAT(All(space), ElementsAre(Closed(0x1000, 0x4000, Lock::kLocked)));
}

TEST(AddressSpace, OlderKernelsLetItGrowUpwardsAloneOrNotAtAll) {
  struct Row {
    Joining joining;
    size_t from_below, from_above;  // mappings after a second one is inserted behind or before
  };
  for (const Row& row : {Row{Joining::kGrowsUpwards, 1, 2}, Row{Joining::kNever, 2, 2}}) {
    Mapping left = Closed(0x1000, 0x2000), right = Closed(0x2000, 0x3000);
    left.joining = right.joining = row.joining;
    AddressSpace upwards, downwards;
    upwards.Insert(left);
    upwards.Insert(right);
    downwards.Insert(right);
    downwards.Insert(left);
    EXPECT_EQ(upwards.mappings().size(), row.from_below);
    EXPECT_EQ(downwards.mappings().size(), row.from_above);
  }
}

TEST(AddressSpace, ExtendJoinsNothing) {
  AddressSpace space;
  space.Insert(Closed(0x3000, 0x4000));
  space.Insert(Closed(0x1000, 0x2000));
  space.Extend({0x1000}, {0x3000});
  EXPECT_THAT(All(space), ElementsAre(Closed(0x1000, 0x3000), Closed(0x3000, 0x4000)));
}

}  // namespace
}  // namespace msyncspec
