// SPDX-License-Identifier: MIT
#include "model/linux_walk.h"

#include <gmock/gmock.h>

#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr uint64_t kAsync = 1, kInvalidate = 2, kSync = 4;
enum : FileId { kDisk, kRing, kFaulty };

Address At(uint64_t page) { return {0x10000 + page * 4096}; }

Mapping Private(uint64_t page) { return {.begin = At(page), .end = At(page + 1)}; }

Mapping Shared(uint64_t page, FileId file, uint64_t pages = 1) {
  return {.begin = At(page),
          .end = At(page + pages),
          .offset = {page * 4096},
          .file = file,
          .sharing = Sharing::kShared};
}

Mapping Locked(Mapping mapping) {
  mapping.lock = Lock::kLocked;
  return mapping;
}

SyncedRange Data(FileId file, uint64_t first_page, uint64_t end_page, Errno answer = Errno::kOk) {
  return {.file = file, .begin = {first_page * 4096}, .end = {end_page * 4096}, .answer = answer};
}

struct Result {
  Errno answer;
  absl::string_view by;
  std::vector<SyncedRange> syncs;
};

Result Walk(const std::vector<Mapping>& mappings, uint64_t first_page, uint64_t pages,
            uint64_t flags, absl::string_view profile = "linux-6.18") {
  AddressSpace space;
  space.files() = {FileFacts{Fsync::kWrites}, FileFacts{Fsync::kNone},
                   FileFacts{Fsync::kWrites, Errno::kEIO}};
  for (const Mapping& mapping : mappings) space.Insert(mapping);
  Prediction prediction;
  Predict(*FindProfile(profile), Machine{}, space,
          {At(first_page), {pages * 4096}, SyncFlags(flags)}, prediction);
  return {prediction.outcomes[0], prediction.rule->id, prediction.syncs};
}

TEST(LinuxWalk, HoleIsRememberedAndWhatFollowsIsStillSynced) {
  const Result result = Walk({Shared(0, kDisk), Shared(2, kDisk)}, 0, 3, kSync);
  EXPECT_EQ(result.answer, Errno::kENOMEM);
  EXPECT_EQ(result.by, "hole.remembered");
  EXPECT_THAT(result.syncs, ElementsAre(Data(kDisk, 0, 1), Data(kDisk, 2, 3)));
}

TEST(LinuxWalk, LockBehindAHoleReplacesItsError) {
  const Result result = Walk({Locked(Private(1))}, 0, 3, kInvalidate);
  EXPECT_EQ(result.answer, Errno::kEBUSY);
  EXPECT_EQ(result.by, "mapping.locked");
}

TEST(LinuxWalk, WhatPrecedesALockIsSyncedAndTheLockedMappingIsNot) {
  const Result result = Walk({Shared(0, kDisk), Locked(Shared(1, kDisk)), Shared(2, kDisk)}, 0, 3,
                             kSync | kInvalidate);
  EXPECT_EQ(result.answer, Errno::kEBUSY);
  EXPECT_THAT(result.syncs, ElementsAre(Data(kDisk, 0, 1)));
}

TEST(LinuxWalk, LockJustBehindTheRangeIsNotLookedAt) {
  const Result result = Walk({Locked(Private(2))}, 0, 2, kInvalidate);
  EXPECT_EQ(result.answer, Errno::kENOMEM);
  EXPECT_EQ(result.by, "hole.reaches_end");
}

TEST(LinuxWalk, FileWithoutFsyncAnswersOnlyMsSync) {
  EXPECT_EQ(Walk({Shared(0, kRing)}, 0, 1, kSync).answer, Errno::kEINVAL);
  EXPECT_EQ(Walk({Shared(0, kRing)}, 0, 1, kSync).by, "file.no_fsync");
  EXPECT_EQ(Walk({Shared(0, kRing)}, 0, 1, kAsync).answer, Errno::kOk);
  EXPECT_EQ(Walk({Shared(0, kRing)}, 0, 1, kInvalidate).answer, Errno::kOk);
}

TEST(LinuxWalk, LockIsTestedBeforeTheMissingFsync) {
  EXPECT_EQ(Walk({Locked(Shared(0, kRing))}, 0, 1, kSync | kInvalidate).answer, Errno::kEBUSY);
}

TEST(LinuxWalk, FsyncErrorStopsTheWalkAndReplacesAHole) {
  const Result result = Walk({Shared(0, kDisk), Shared(2, kFaulty), Shared(3, kDisk)}, 0, 4, kSync);
  EXPECT_EQ(result.answer, Errno::kEIO);
  EXPECT_EQ(result.by, "file.fsync_error");
  EXPECT_THAT(result.syncs, ElementsAre(Data(kDisk, 0, 1), Data(kFaulty, 2, 3, Errno::kEIO)));
}

TEST(LinuxWalk, OnlyTheRangeIsSynced) {
  EXPECT_THAT(Walk({Shared(0, kDisk, 8)}, 2, 3, kSync).syncs, ElementsAre(Data(kDisk, 2, 5)));
}

TEST(LinuxWalk, EarlyLinuxSyncsTheWholeFileInFull) {
  const Result result = Walk({Shared(0, kDisk, 8)}, 2, 3, kSync, "linux-1.3.21");
  EXPECT_THAT(result.syncs,
              ElementsAre(SyncedRange{
                  .file = kDisk, .end = SyncedRange::kToEndOfFile, .kind = SyncKind::kFull}));
}

TEST(LinuxWalk, PrivateAndReadOnlyFileMappingsAreNotSynced) {
  Mapping read_only = Shared(1, kDisk);
  read_only.sharing = Sharing::kSharedReadOnlyFile;
  const Result result = Walk({Private(0), read_only}, 0, 2, kSync);
  EXPECT_EQ(result.answer, Errno::kOk);
  EXPECT_THAT(result.syncs, IsEmpty());
}

TEST(LinuxWalk, ExplanationNamesEveryStep) {
  AddressSpace space;
  space.files() = {FileFacts{Fsync::kWrites}};
  space.Insert(Shared(0, kDisk));
  space.Insert(Locked(Private(2)));
  const Explanation explanation = Explain(*FindProfile("linux-6.18"), Machine{}, space,
                                          {At(0), {3 * 4096}, SyncFlags(kSync | kInvalidate)});
  std::vector<absl::string_view> ids;
  for (const TraceStep& step : explanation.steps) ids.push_back(step.rule->id);
  EXPECT_THAT(ids, ElementsAre("mapping.synced", "hole.remembered", "mapping.locked"));
  EXPECT_EQ(explanation.steps[1].range, (AddressRange{At(1), At(2)}));
}

}  // namespace
}  // namespace msyncspec
