// SPDX-License-Identifier: MIT
//
// What the stages make of everything that goes wrong beside them.
#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "harness/differ/stage.h"
#include "harness/differ/stages_to_test.h"
#include "harness/executor/opening_provider.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Stages, LeaveOutWhatTheTargetCannotBuildAndSayWhy) {
  OpeningProvider provider([](const File& file, Bytes page_size) -> absl::StatusOr<OpenedFile> {
    if (file.backing == Backing::kMemfd) return absl::UnimplementedError("none in this test");
    return OpenKernelFile(file, page_size);
  });
  const auto results = RunStages(RightProfile(), provider, GoOn, 300);
  for (const StageResult& result : results) {
    SCOPED_TRACE(result.name);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_THAT(result.findings, IsEmpty());
    EXPECT_EQ(result.agreed, result.calls);
    uint64_t layouts = 0;
    for (const auto& [reason, count] : result.unsupported) {
      layouts += absl::StrContains(reason, "memfd: none in this test") ? count.layouts : 0;
    }
    EXPECT_GT(layouts, 0);
  }
  EXPECT_EQ(results[0].layouts + UnsupportedLayouts(results[0]), SmallCorpus().size());
  EXPECT_EQ(results[1].layouts + UnsupportedLayouts(results[1]), 49);
  EXPECT_LE(results[1].layouts, 16);  // without the three classes that show a memfd
  EXPECT_EQ(results[2].layouts + UnsupportedLayouts(results[2]), 300);
}

TEST(Stages, FailWhereTheProviderFails) {
  OpeningProvider out_of_order(
      [](const File&, Bytes) { return absl::InternalError("out of order"); });
  for (const StageResult& result : RunStages(RightProfile(), out_of_order, GoOn, 300)) {
    SCOPED_TRACE(result.name);
    EXPECT_EQ(result.status.code(), absl::StatusCode::kInternal);
    EXPECT_THAT(std::string(result.status.message()), HasSubstr("out of order"));
    EXPECT_THAT(result.findings, IsEmpty());
    EXPECT_FALSE(result.complete);
  }
}

TEST(RandomStage, FailsWhereItsWorkerEndsTooEarly) {
  OpeningProvider exits([](const File&, Bytes) -> absl::StatusOr<OpenedFile> { _exit(7); });
  const StageResult result = RunRandom(RightProfile(), exits, GoOn, {.count = 10, .budget = kLong});
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(result.status.message()), HasSubstr("status 7"));
}

TEST(RandomStage, GivesUpWhereEveryWorkerDies) {
  OpeningProvider dies([](const File&, Bytes) {
    raise(SIGKILL);
    return absl::InternalError("alive");
  });
  const StageResult result = RunRandom(RightProfile(), dies, GoOn, {.count = 100, .budget = kLong});
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInternal);
  EXPECT_FALSE(result.findings.empty());
}

// Returns a child of this process, or 0.
pid_t FindChild() {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    pid_t pid = 0, parent = 0;
    std::string name, state;
    stat >> pid >> name >> state >> parent;
    if (parent == getpid()) return pid;
  }
  return 0;
}

// Kills the worker as soon as it has made a call, once.
class Killer {
 public:
  Go Tick(const Progress& now) {
    if (now.calls > 0 && !killed_) {
      layouts_before_ = now.layouts;
      killed_ = kill(FindChild(), SIGKILL) == 0;
    }
    return Go::kOn;
  }
  bool killed() const { return killed_; }
  uint64_t layouts_before() const { return layouts_before_; }

 private:
  bool killed_ = false;
  uint64_t layouts_before_ = 0;
};

TEST(RandomStage, GoesOnBehindAWorkerThatIsKilled) {
  Killer killer;
  const StageResult result = RunRandom(RightProfile(), KernelFiles(),
                                       [&killer](const Progress& now) { return killer.Tick(now); },
                                       {.seed = 1, .budget = absl::Seconds(2)});
  ASSERT_TRUE(killer.killed());
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_TRUE(result.complete);
  EXPECT_GT(result.layouts, killer.layouts_before() + 100);
  EXPECT_EQ(result.agreed, result.calls);
  ASSERT_THAT(result.findings, testing::SizeIs(1));
  EXPECT_EQ(result.findings[0].disagreement.subject, Subject::kCrash);
  EXPECT_EQ(result.findings[0].confirmations, 0);
  EXPECT_FALSE(result.findings[0].confirmed());
}

TEST(Stages, EndAtOnceWhereTheyAreStopped) {
  Profile wrong = RightProfile();
  wrong.walk.hole = Errno::kEFAULT;
  const absl::Time begin = absl::Now();
  const auto stop = [](const Progress&) { return Go::kStop; };
  const StageResult corpus = RunCorpusStage({wrong, KernelFiles(), stop}, SmallCorpus());
  const StageResult exhaustive = RunExhaustiveStage({wrong, KernelFiles(), stop}, 8);
  const StageResult random = RunRandom(wrong, KernelFiles(), stop, {.budget = kLong});
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
  for (const StageResult& result : {corpus, exhaustive, random}) {
    SCOPED_TRACE(result.name);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_FALSE(result.complete);
    EXPECT_THAT(result.findings, IsEmpty());
  }
}

TEST(Stages, StillConfirmWhatTheyHaveFoundWhenTheirTimeIsUp) {
  Profile wrong = RightProfile();
  wrong.walk.hole = Errno::kEFAULT;
  const auto enough = [](const Progress& now) { return now.suspects > 0 ? Go::kEnough : Go::kOn; };
  for (const StageResult& result : {RunExhaustiveStage({wrong, KernelFiles(), enough}, 8),
                                    RunRandom(wrong, KernelFiles(), enough, {.budget = kLong})}) {
    SCOPED_TRACE(result.name);
    EXPECT_FALSE(result.complete);
    ASSERT_FALSE(result.findings.empty());
    EXPECT_TRUE(result.findings[0].confirmed());
    EXPECT_LT(result.duration, absl::Seconds(30));
  }
}

TEST(CorpusStage, FailsOnAFileThatIsNotAScenario) {
  const StageResult result =
      RunCorpusStage({RightProfile(), KernelFiles(), GoOn}, {{"rules/bad.msync", "map nowhere\n"}});
  EXPECT_FALSE(result.status.ok());
  EXPECT_THAT(std::string(result.status.message()), StartsWith("rules/bad.msync:1:"));
}

}  // namespace
}  // namespace msyncspec
