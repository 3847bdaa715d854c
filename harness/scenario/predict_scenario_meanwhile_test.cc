// SPDX-License-Identifier: MIT
//
// Scenarios in which another thread acts while a call waits, and what is seen through several
// descriptors of one file. What has to come of them is worked out by hand from the rules.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr Bytes kPage = {4096};

// Three pages of one served file, parted so that each is a mapping of its own.
constexpr char kThree[] =
    "file f0 fuse 8p\n"
    "map p0 1p shared rw f0@0\n"
    "map p1 1p shared rw f0@2p\n"
    "map p2 1p shared rw f0@4p\n";

ScenarioPrediction PredictText(absl::string_view text, absl::string_view profile = "linux-6.18") {
  return PredictScenario(Parse(text).value().scenario, *FindProfile(profile), BareSurroundings());
}

// Returns "0 by=range.covered synced=f0[0,1p)" for the last action, which is a call.
std::string LastCall(const ScenarioPrediction& prediction) {
  const Prediction& call = prediction.actions.back().call.prediction;
  return absl::StrCat(Text(call.outcomes), " by=", call.rule->id,
                      " synced=", PrintSyncs(Expected(call.syncs, kPage)));
}

struct Row {
  std::string steps;  // behind kThree, before a call with MS_SYNC over p0 to p2
  std::string said;
};

void Check(const Row& row, absl::string_view flags = "MS_SYNC") {
  const ScenarioPrediction prediction =
      PredictText(absl::StrCat(kThree, row.steps, "call addr=p0 len=3p flags=", flags, "\n"));
  ASSERT_EQ(prediction.unmodelled, "") << row.steps;
  EXPECT_EQ(LastCall(prediction), row.said) << row.steps;
}

TEST(Meanwhile, WhatIsUnmappedAheadIsAHoleAndBehindIsNoMatter) {
  const Row kRows[] = {
      {"", "0 by=range.covered synced=f0[0,1p),f0[2p,3p),f0[4p,5p)"},
      {"meanwhile 1 unmap p0 1p\n", "0 by=range.covered synced=f0[0,1p),f0[2p,3p),f0[4p,5p)"},
      {"meanwhile 1 unmap p1 1p\n", "ENOMEM by=hole.remembered synced=f0[0,1p),f0[4p,5p)"},
      {"meanwhile 2 unmap p1 1p\n", "0 by=range.covered synced=f0[0,1p),f0[2p,3p),f0[4p,5p)"},
      {"meanwhile 2 unmap p2 1p\n", "ENOMEM by=hole.nothing_behind synced=f0[0,1p),f0[2p,3p)"},
      {"meanwhile 3 unmap p0 3p\n", "0 by=range.covered synced=f0[0,1p),f0[2p,3p),f0[4p,5p)"},
  };
  for (const Row& row : kRows) Check(row);
}

TEST(Meanwhile, StepsOfOneMomentHappenInTheirOrder) {
  Check({"meanwhile 1 unmap p1 1p\nmeanwhile 1 map p1 1p private rw anon\n",
         "0 by=range.covered synced=f0[0,1p),f0[4p,5p)"});
  Check({"meanwhile 1 unmap p1 2p\nmeanwhile 2 map p1 2p private rw anon\n",
         "ENOMEM by=hole.nothing_behind synced=f0[0,1p)"});
}

TEST(Meanwhile, LockAheadIsMetAndBehindIsNot) {
  Check({"meanwhile 1 lock p1 1p\n", "EBUSY by=mapping.locked synced=f0[0,1p)"},
        "MS_SYNC|MS_INVALIDATE");
  Check({"meanwhile 1 lock p0 1p\n", "0 by=range.covered synced=f0[0,1p),f0[2p,3p),f0[4p,5p)"},
        "MS_SYNC|MS_INVALIDATE");
  Check({"lock p1 1p\nmeanwhile 1 unlock p1 1p\n",
         "0 by=range.covered synced=f0[0,1p),f0[2p,3p),f0[4p,5p)"},
        "MS_SYNC|MS_INVALIDATE");
}

TEST(Meanwhile, HappensAfterTheCallWhereNoWaitComesForIt) {
  const ScenarioPrediction prediction =
      PredictText(absl::StrCat(kThree, "meanwhile 1 unmap p0 3p\ncall addr=p0 len=3p flags=0\n"));
  EXPECT_EQ(LastCall(prediction), "0 by=range.covered synced=none");
  EXPECT_TRUE(prediction.final_layout.empty());
}

TEST(Meanwhile, TruncationOfTheFileThatIsSyncedWaitsAndOfAnotherDoesNot) {
  const ScenarioPrediction prediction = PredictText(
      "file f0 fuse 4p\nfile f1 fuse 4p\nmap p0 1p shared rw f0@0\n"
      "meanwhile 1 truncate f0 1p\nmeanwhile 1 truncate f1 1p\n"
      "call addr=p0 len=1p flags=MS_SYNC\n");
  EXPECT_TRUE(prediction.actions[1].step.waits);
  EXPECT_FALSE(prediction.actions[2].step.waits);
}

TEST(Meanwhile, SignalEndsTheCallWhereTheServerLetsIt) {
  const std::string call =
      "map p0 1p shared rw f0@0\nmeanwhile 1 signal\ncall addr=p0 len=1p flags=MS_SYNC\n";
  EXPECT_EQ(LastCall(PredictText("file f0 fuse 1p interruptible\n" + call)),
            "EINTR by=file.fsync_error synced=f0[0,1p)!EINTR");
  EXPECT_EQ(LastCall(PredictText("file f0 fuse 1p\n" + call)),
            "0 by=range.covered synced=f0[0,1p)");
}

TEST(Meanwhile, StoreBehindTheWalkStaysDirtyAndAheadIsWritten) {
  const ScenarioPrediction prediction =
      PredictText(absl::StrCat(kThree,
                               "meanwhile 1 write p0 1p\nmeanwhile 1 write p1 1p\n"
                               "call addr=p0 len=3p flags=MS_SYNC\n"));
  const std::span<const FilePage> pages = prediction.actions.back().files->contents(0);
  EXPECT_EQ(pages[0], (FilePage{.stored = 1, .dirty = true}));
  EXPECT_EQ(pages[2], (FilePage{.stored = 2, .written = 2}));
}

TEST(Meanwhile, AtAnyMomentAllowsWhatEachMomentWouldGive) {
  const ScenarioPrediction prediction = PredictText(
      absl::StrCat(kThree, "meanwhile any unmap p1 1p\ncall addr=p0 len=3p flags=MS_SYNC\n"));
  const Prediction& call = prediction.actions.back().call.prediction;
  EXPECT_EQ(call.rule->id, "range.interleaved");
  EXPECT_EQ(Text(call.outcomes), "0|ENOMEM");
}

TEST(Meanwhile, AtAnyMomentIsOneOutcomeWhereTheMomentDoesNotMatter) {
  const ScenarioPrediction prediction = PredictText(
      absl::StrCat(kThree, "meanwhile any protect p1 1p r\ncall addr=p0 len=3p flags=MS_SYNC\n"));
  EXPECT_EQ(Text(prediction.actions.back().call.prediction.outcomes), "0");
}

TEST(ServerWaits, CountsTheFsyncsOfOneCallThatReachAServer) {
  const std::string text =
      "file f0 fuse 1p\nfile f1 disk 1p\n"
      "map p0 1p shared rw f0@0\nmap p1 1p shared rw f1@0\nmap p2 1p shared rw f0@0\n"
      "call addr=p0 len=3p flags=MS_SYNC\ncall addr=p0 len=1p flags=MS_SYNC\n";
  EXPECT_EQ(ServerWaits(Parse(text).value().scenario, PredictText(text)), 2);
}

TEST(ServerWaits, LeavesOutAServerThatIsNotAskedAnyMore) {
  const std::string text =
      "file f0 fuse 1p fsync=ENOSYS\nmap p0 1p shared rw f0@0\nmap p1 1p shared rw f0@0\n"
      "call addr=p0 len=2p flags=MS_SYNC\n";
  const ScenarioPrediction prediction = PredictText(text);
  EXPECT_EQ(LastCall(prediction), "0 by=range.covered synced=f0[0,1p),f0[0,1p)+unasked");
  EXPECT_EQ(ServerWaits(Parse(text).value().scenario, prediction), 1);
}

// An error of writing back, left by munmap, and who hears of it.
constexpr char kLeftError[] =
    "file f0 fuse 4p write=EIO\nfile f1 open f0\n"
    "map p0 2p shared rw f0@0\nmap p4 1p shared rw f1@0\nwrite p0 1p\nunmap p1 1p\n";

TEST(WriteError, IsHeardThroughEveryOpenFileSince4_13AndThroughTheFirstBefore) {
  const std::string calls =
      "call addr=p0 len=1p flags=MS_SYNC\ncall addr=p4 len=1p flags=MS_SYNC\n";
  EXPECT_EQ(LastCall(PredictText(kLeftError + calls)),
            "EIO by=file.write_error synced=f1[0,1p)+unasked!EIO");
  EXPECT_EQ(LastCall(PredictText(kLeftError + calls, "linux-3.16")),
            "0 by=range.covered synced=f1[0,1p)");
}

TEST(WriteError, IsNotHeardWithoutMsSync) {
  EXPECT_EQ(LastCall(PredictText(absl::StrCat(kLeftError, "call addr=p0 len=1p flags=MS_ASYNC\n"))),
            "0 by=range.covered synced=none");
}

}  // namespace
}  // namespace msyncspec
