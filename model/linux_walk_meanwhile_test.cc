// SPDX-License-Identifier: MIT
//
// What the walk makes of errors of writing back, of servers without fsync, and of another thread.
#include <gmock/gmock.h>

#include "model/drawn_layout.h"
#include "model/linux_walk.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

AddressRange Pages(uint64_t begin, uint64_t end) {
  return {kFirstPage + Bytes{begin * kPage}, kFirstPage + Bytes{end * kPage}};
}

FileRange InFile(uint64_t begin, uint64_t end) { return {{begin * kPage}, {end * kPage}}; }

SyncedRange Synced(uint64_t begin, uint64_t end, Errno answer = Errno::kOk, bool asked = true) {
  return {.file = kDisk,
          .begin = {begin * kPage},
          .end = {end * kPage},
          .answer = answer,
          .asked = asked};
}

Prediction Walk(const AddressSpace& space, uint64_t pages, uint64_t flags,
                const Meanwhile& meanwhile = nullptr) {
  return Explain(*FindProfile("linux-6.18"), Machine{}, space,
                 {kFirstPage, {pages * kPage}, SyncFlags(flags)}, meanwhile)
      .prediction;
}

TEST(WritingBack, MeetsTheUnwritableRangesThatOverlapAndElseWhatIsUnreported) {
  const FileFacts file = {.unreported = Errno::kEIO,
                          .unwritable = {InFile(2, 3), InFile(5, 6)},
                          .write_error = Errno::kENOSPC};
  EXPECT_EQ(WritingBack(file, InFile(0, 2)), Errno::kEIO);
  EXPECT_EQ(WritingBack(file, InFile(0, 3)), Errno::kENOSPC);
  EXPECT_EQ(WritingBack(file, InFile(2, 3)), Errno::kENOSPC);
  EXPECT_EQ(WritingBack(file, InFile(3, 5)), Errno::kEIO);
  EXPECT_EQ(WritingBack(file, InFile(3, 8)), Errno::kENOSPC);
  EXPECT_EQ(WritingBack(FileFacts{}, InFile(0, 8)), Errno::kOk);
}

TEST(LinuxWalk, WriteErrorStopsTheWalkAndTheFileIsNotAsked) {
  AddressSpace space = Draw(".s.s");
  space.files()[kDisk].unreported = Errno::kENOSPC;
  space.files()[kDisk].fsync_error = Errno::kEIO;
  const Prediction prediction = Walk(space, 4, kSync);
  EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kENOSPC));
  EXPECT_EQ(prediction.rule->id, "file.write_error");
  EXPECT_THAT(prediction.syncs, ElementsAre(Synced(1, 2, Errno::kENOSPC, /*asked=*/false)));
}

TEST(LinuxWalk, WriteErrorOutsideTheRangeDoesNotMatter) {
  AddressSpace space = Draw("ssss");
  space.files()[kDisk].unwritable = {InFile(2, 3)};
  space.files()[kDisk].write_error = Errno::kENOSPC;
  EXPECT_EQ(Walk(space, 2, kSync).outcomes, Outcomes(Errno::kOk));
  EXPECT_EQ(Walk(space, 3, kSync).outcomes, Outcomes(Errno::kENOSPC));
}

TEST(LinuxWalk, WriteErrorIsNotMetThroughAReadOnlyDescriptorOrWithoutMsSync) {
  for (const auto& [pages, flags] : {std::pair{"r", kSync}, {"s", kAsync}, {"s", kInvalidate}}) {
    AddressSpace space = Draw(pages);
    space.files()[kDisk].unreported = Errno::kEIO;
    const Prediction prediction = Walk(space, 1, flags);
    EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kOk)) << pages << flags;
    EXPECT_THAT(prediction.syncs, IsEmpty()) << pages << flags;
  }
}

TEST(LinuxWalk, LockIsTestedBeforeAWriteError) {
  AddressSpace space = Draw("S");
  space.files()[kDisk].unreported = Errno::kEIO;
  EXPECT_EQ(Walk(space, 1, kSync | kInvalidate).outcomes, Outcomes(Errno::kEBUSY));
}

TEST(LinuxWalk, ServerWithoutFsyncIsAskedOnceAndCountsAsSuccess) {
  AddressSpace space = Draw("s.s");
  space.files()[kDisk] = {.fsync = Fsync::kAsksServer, .fsync_error = Errno::kENOSYS};
  const Prediction prediction = Walk(space, 3, kSync);
  EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kENOMEM)) << "for the hole";
  EXPECT_THAT(prediction.syncs,
              ElementsAre(Synced(0, 1), Synced(2, 3, Errno::kOk, /*asked=*/false)));
}

TEST(LinuxWalk, ServerKnownToLackFsyncIsNotAskedButItsPagesAreWritten) {
  AddressSpace space = Draw("s");
  space.files()[kDisk] = {
      .fsync = Fsync::kAsksServer, .fsync_error = Errno::kENOSYS, .server_lacks_fsync = true};
  EXPECT_THAT(Walk(space, 1, kSync).syncs, ElementsAre(Synced(0, 1, Errno::kOk, /*asked=*/false)));
  space.files()[kDisk].unreported = Errno::kEIO;
  EXPECT_EQ(Walk(space, 1, kSync).rule->id, "file.write_error");
}

TEST(LinuxWalk, EnosysOfAFileWithoutAServerComesBackAsItIs) {
  AddressSpace space = Draw("s");
  space.files()[kDisk].fsync_error = Errno::kENOSYS;
  EXPECT_EQ(Walk(space, 1, kSync).outcomes, Outcomes(Errno::kENOSYS));
}

TEST(Meanwhile, IsToldOfEachSyncBeforeItsAnswer) {
  const AddressSpace space = Draw("s.fs");
  std::vector<SyncedRange> told;
  const Prediction prediction = Walk(space, 4, kSync, [&](const SyncedRange& request) {
    told.push_back(request);
    return false;
  });
  EXPECT_THAT(told,
              ElementsAre(Synced(0, 1),
                          SyncedRange{.file = kFailing, .begin = {2 * kPage}, .end = {3 * kPage}}));
  EXPECT_EQ(prediction.syncs.back().answer, Errno::kEIO);
}

TEST(Meanwhile, IsNotCalledWhereNothingIsSynced) {
  for (const uint64_t flags : {uint64_t{0}, kAsync, kInvalidate}) {
    Walk(Draw("sprS"), 3, flags, [&](const SyncedRange&) {
      ADD_FAILURE() << flags;
      return false;
    });
  }
}

TEST(Meanwhile, ChangesWhatIsAheadAndNotWhatIsBehind) {
  AddressSpace space = Draw("ssf.");
  const Prediction prediction = Walk(space, 4, kSync, [&](const SyncedRange&) {
    space.Assign(Draw("..ps").mappings());
    return true;
  });
  EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kOk));
  EXPECT_THAT(prediction.syncs, ElementsAre(Synced(0, 2), Synced(3, 4)));
}

TEST(Meanwhile, HoleBeforeTheSyncStaysRememberedEvenIfItIsFilled) {
  AddressSpace space = Draw(".sp");
  const Prediction prediction = Walk(space, 3, kSync, [&](const SyncedRange&) {
    space.Assign(Draw("psp").mappings());
    return true;
  });
  EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kENOMEM));
  EXPECT_EQ(prediction.rule->id, "hole.remembered");
}

TEST(Meanwhile, AnswerIsTheOneThatTheFileHasByThen) {
  AddressSpace space = Draw("s");
  const Prediction prediction = Walk(space, 1, kSync, [&](const SyncedRange&) {
    space.files()[kDisk].fsync_error = Errno::kEINTR;
    return false;
  });
  EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kEINTR));
  EXPECT_THAT(prediction.syncs, ElementsAre(Synced(0, 1, Errno::kEINTR)));
}

TEST(Meanwhile, RangeThatEndsInAMappingThatIsGoneIsCovered) {
  AddressSpace space = Draw("s");
  const Prediction prediction = Walk(space, 1, kSync, [&](const SyncedRange&) {
    space.Remove(Pages(0, 1));
    return true;
  });
  EXPECT_EQ(prediction.outcomes, Outcomes(Errno::kOk));
  EXPECT_EQ(prediction.rule->id, "range.covered");
}

}  // namespace
}  // namespace msyncspec
