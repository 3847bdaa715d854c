// SPDX-License-Identifier: MIT
//
// What is seen of scenarios that really run, worked out by hand from what was measured on 6.18.44.
#include "harness/effects/effects_provider.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/executor/run_scenario.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;

constexpr absl::Duration kDeadline = absl::Seconds(60);  // for what takes no time at all

// Runs scenarios, and skips the test with the reason where this machine or user cannot.
class EffectsProviderTest : public testing::Test {
 protected:
  // Returns whether the scenario was run; then observation() and effects() are there.
  bool Run(absl::string_view text) {
    absl::StatusOr<Observation> run = RunScenario(
        Parse(text).value().scenario, FindProfile("linux-6.18")->layout, provider_, kDeadline);
    if (run.ok()) {
      observation_ = *std::move(run);
      return true;
    }
    const bool unsupported =
        absl::IsUnimplemented(run.status()) || absl::IsPermissionDenied(run.status());
    if (!unsupported) ADD_FAILURE() << run.status();
    reason_ = run.status().ToString();
    return false;
  }

  const std::string& reason() const { return reason_; }
  const Observation& observation() const { return *observation_; }
  const ObservedEffects& effects() const { return observation_->effects; }

  // Returns the requests of one action: "write f0[0,1p) fsync f0".
  std::string Requests(size_t action) const {
    const uint64_t page_size = ThisMachine().page_size.count;
    std::vector<std::string> texts;
    for (const ObservedRequest& request : effects().requests) {
      if (request.action != action) continue;
      const bool is_write = request.kind == ObservedRequest::Kind::kWrite;
      texts.push_back(is_write ? absl::StrCat("write f", request.file, "[",
                                              request.range.begin.count / page_size, ",",
                                              request.range.end.count / page_size, "p)")
                               : absl::StrCat("fsync f", request.file, ".", request.open_file));
      if (request.answer != Errno::kOk) {
        absl::StrAppend(&texts.back(), "!", ErrnoName(request.answer));
      }
    }
    return absl::StrJoin(texts, " ");
  }

  // Returns what is known of each page of f0 after an action: its cleanness ('c', 'd' or '?') and
  // the byte beneath.
  std::string Pages(size_t action) const {
    std::vector<std::string> texts;
    for (const ObservedPage& page : effects().pages) {
      if (page.action != action || page.file != 0) continue;
      texts.push_back(absl::StrCat(!page.dirty.has_value() ? "?"
                                   : *page.dirty           ? "d"
                                                           : "c",
                                   page.beneath.has_value() ? absl::StrCat(*page.beneath) : "?"));
    }
    return absl::StrJoin(texts, " ");
  }

 private:
  EffectsProvider provider_;
  std::optional<Observation> observation_;
  std::string reason_;
};

TEST_F(EffectsProviderTest, TellsWhichRequestsEachActionHasSent) {
  const bool ran =
      Run("file f0 fuse 4p\nmap p0 4p shared rw f0@0\nwrite p0 2p\n"
          "call addr=p0 len=1p flags=MS_ASYNC\ncall addr=p1 len=1p flags=MS_SYNC\n"
          "call addr=p2 len=1p flags=MS_SYNC\nunmap p3 1p\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_TRUE(effects().sees_servers);
  EXPECT_EQ(effects().last_seen, 5u);
  EXPECT_EQ(Requests(2), "") << "MS_ASYNC";
  EXPECT_EQ(Requests(3), "write f0[1,2p) fsync f0.0") << "the range alone";
  EXPECT_EQ(Requests(4), "fsync f0.0") << "a clean range";
  EXPECT_EQ(Requests(5), "write f0[0,1p)") << "munmap writes the file back";
}

TEST_F(EffectsProviderTest, TellsThroughWhichOpenFileAFsyncCame) {
  const bool ran =
      Run("file f0 fuse 1p\nfile f1 dup f0\nfile f2 open f0\n"
          "map p0 1p shared rw f1@0\nmap p2 1p shared rw f2@0\n"
          "call addr=p0 len=3p flags=MS_SYNC\n"
          "unmap p2 1p\nreopen f2\nmap p2 1p shared rw f2@0\ncall addr=p2 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(Requests(2), "fsync f0.0 fsync f0.1");
  EXPECT_EQ(Requests(6), "fsync f0.2");
}

TEST_F(EffectsProviderTest, TellsWhatServersAnsweredOverAllConnections) {
  const bool ran =
      Run("file f0 fuse 1p fsync=EIO*1\nfile f1 fuse 1p fsync=ENOSYS\nfile f2 fuse 1p writeback\n"
          "map p0 1p shared rw f0@0\nmap p1 1p shared rw f1@0\nmap p2 1p shared rw f2@0\n"
          "call addr=p0 len=3p flags=MS_SYNC\ncall addr=p0 len=3p flags=MS_SYNC\n"
          "call addr=p1 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[3].answer, Errno::kEIO);
  EXPECT_EQ(Requests(3), "fsync f0.0!EIO");
  EXPECT_EQ(observation().actions[4].answer, Errno::kOk);
  EXPECT_EQ(Requests(4), "fsync f0.0 fsync f1.0!ENOSYS fsync f2.0");
  EXPECT_EQ(Requests(5), "") << "never again";
}

TEST_F(EffectsProviderTest, SeesPagesBytesAndTimesOfAFilesystemOfItsOwn) {
  const bool ran =
      Run("file f0 ext4 4p\nmap p0 4p shared rw f0@0\nwrite p0 3p\n"
          "call addr=p1 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(Pages(2), "d0 c1 d0 c0");
  int stores = 0, calls = 0;
  for (const ObservedTimes& times : effects().times) {
    stores += times.action == 1 && times.mtime_moved == true;
    calls += times.action == 2 && times.mtime_moved == false;
    EXPECT_NE(times.ctime_moved, false) << "it may have been set anew within one tick";
  }
  EXPECT_EQ(stores, 1);
  EXPECT_EQ(calls, 1);
}

TEST_F(EffectsProviderTest, SeesThatAFullDiskLeavesPagesCleanAndUnwritten) {
  const bool ran =
      Run("file f0 full 2p\nmap p0 2p shared rw f0@0\nwrite p0 1p\n"
          "call addr=p0 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[2].answer, Errno::kEIO);
  EXPECT_THAT(Pages(2), testing::StartsWith("c0"));
}

TEST_F(EffectsProviderTest, WatchesNeitherPagesNorTimesBehindAFork) {
  const bool ran =
      Run("file f0 ext4 1p\nmap p0 1p shared rw f0@0\n"
          "call addr=p0 len=1p flags=MS_SYNC\nfork\nwrite p0 1p\n"
          "call addr=p0 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[4].answer, Errno::kOk);
  for (const ObservedPage& page : effects().pages) EXPECT_EQ(page.action, 1u);
  for (const ObservedTimes& times : effects().times) EXPECT_LT(times.action, 2u);
}

TEST_F(EffectsProviderTest, StillSeesTheRequestsOfAChild) {
  const bool ran =
      Run("file f0 fuse 1p\nmap p0 1p shared rw f0@0\nfork\nwrite p0 1p\n"
          "call addr=p0 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(Requests(3), "write f0[0,1p) fsync f0.0");
}

TEST_F(EffectsProviderTest, HasNothingToTellOfFilesThatNobodyNeedsToServe) {
  ASSERT_TRUE(Run("map p0 1p shared rw anon\ncall addr=p0 len=1p flags=MS_SYNC\n")) << reason();
  EXPECT_THAT(effects().requests, IsEmpty());
  EXPECT_THAT(effects().pages, IsEmpty());
  EXPECT_THAT(effects().times, IsEmpty());
}

TEST_F(EffectsProviderTest, LeavesNothingOfOneScenarioToTheNext) {
  const std::string text =
      "file f0 fuse 1p fsync=EIO*1\nmap p0 1p shared rw f0@0\nwrite p0 1p\n"
      "call addr=p0 len=1p flags=MS_SYNC\n";
  for (int i = 0; i < 2; ++i) {
    if (!Run(text)) GTEST_SKIP() << reason();
    EXPECT_EQ(Requests(2), "write f0[0,1p) fsync f0.0!EIO") << i;
  }
}

using OtherThreadTest = EffectsProviderTest;

TEST_F(OtherThreadTest, ActsWhileTheCallWaits) {
  const bool ran =
      Run("file f0 fuse 4p\nmap p0 1p shared rw f0@0\nmap p1 1p shared rw f0@2p\n"
          "meanwhile 1 unmap p1 1p\ncall addr=p0 len=2p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[2].answer, Errno::kOk);
  EXPECT_FALSE(observation().actions[2].waited);
  EXPECT_EQ(observation().actions[3].answer, Errno::kENOMEM) << "the hole was there in time";
  EXPECT_EQ(Requests(3), "fsync f0.0");
}

TEST_F(OtherThreadTest, ActsAtTheMomentThatIsAskedFor) {
  const bool ran =
      Run("file f0 fuse 8p\nmap p0 1p shared rw f0@0\nmap p1 1p shared rw f0@2p\n"
          "map p2 1p shared rw f0@4p\nmeanwhile 1 map p4 1p private rw anon\n"
          "meanwhile 2 unmap p2 1p\nmeanwhile 2 unmap p4 1p\n"
          "call addr=p0 len=3p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[6].answer, Errno::kENOMEM);
  EXPECT_EQ(Requests(6), "fsync f0.0 fsync f0.0") << "the third is gone by then";
}

TEST_F(OtherThreadTest, WaitsWithATruncationOfTheFileThatIsSyncedAlone) {
  const bool ran =
      Run("file f0 fuse 4p\nfile f1 fuse 4p\nmap p0 1p shared rw f0@0\n"
          "meanwhile 1 truncate f1 1p\nmeanwhile 1 truncate f0 1p\n"
          "call addr=p0 len=1p flags=MS_SYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_FALSE(observation().actions[1].waited) << "another file";
  EXPECT_TRUE(observation().actions[2].waited) << "the same";
  EXPECT_EQ(observation().actions[3].answer, Errno::kOk);
}

TEST_F(OtherThreadTest, InterruptsACallWhoseServerLetsIt) {
  const std::string call =
      "map p0 1p shared rw f0@0\nmeanwhile 1 signal\ncall addr=p0 len=1p flags=MS_SYNC\n";
  if (!Run("file f0 fuse 1p interruptible\n" + call)) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[2].answer, Errno::kEINTR);
  ASSERT_TRUE(Run("file f0 fuse 1p\n" + call)) << reason();
  EXPECT_EQ(observation().actions[2].answer, Errno::kOk);
}

TEST_F(OtherThreadTest, ActsAfterACallThatNeverWaits) {
  const bool ran =
      Run("file f0 fuse 1p\nmap p0 1p shared rw f0@0\nmeanwhile 1 unmap p0 1p\n"
          "call addr=p0 len=1p flags=MS_ASYNC\ncall addr=p0 len=1p flags=MS_ASYNC\n");
  if (!ran) GTEST_SKIP() << reason();
  EXPECT_EQ(observation().actions[2].answer, Errno::kOk);
  EXPECT_EQ(observation().actions[3].answer, Errno::kENOMEM);
}

TEST_F(OtherThreadTest, NeedsAServerThatCanBeMadeToWait) {
  EXPECT_FALSE(Run("meanwhile 1 unlock-all\ncall addr=p0 len=0 flags=0\n"));
  EXPECT_THAT(reason(), testing::HasSubstr("all of them on one connection"));
}

}  // namespace
}  // namespace msyncspec
