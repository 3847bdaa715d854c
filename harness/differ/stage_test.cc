// SPDX-License-Identifier: MIT
//
// The stages on the running kernel, with the right profile, with wrong ones, and with what goes
// wrong beside them.
#include "harness/differ/stage.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "harness/executor/opening_provider.h"
#include "harness/executor/this_process.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr absl::Duration kLong = absl::Minutes(5);  // a budget that nothing here uses up
constexpr int kScope = 2;

// A scenario for each wrong profile, and one that needs no file.
const std::vector<CorpusEntry>& SmallCorpus() {
  static const std::vector<CorpusEntry> kEntries = {
      {"holes", "map p0 1p private r anon\ncall addr=p0 len=2p flags=0\n"},
      {"locks", "map p0 1p private r anon locked\ncall addr=p0 len=1p flags=MS_INVALIDATE\n"},
      {"arguments",
       "call addr=p0+1 len=0 flags=0\ncall addr=p0 len=0 flags=MS_ASYNC|MS_SYNC\n"
       "call addr=p0 len=0 flags=0x8\n"},
      {"fsync", "file f0 secret 1p\nmap p0 1p shared r f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n"},
      {"files", "file f0 memfd 1p\nmap p0 1p shared r f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n"}};
  return kEntries;
}

Go GoOn(const Progress&) { return Go::kOn; }

const Profile& RightProfile() { return *ProfileFor(IdentifyKernel().version); }

// Runs every stage; the random one makes `count` scenarios.
std::array<StageResult, 3> RunStages(const Profile& profile, FileProvider& provider,
                                     ProgressFunction progress, uint64_t count) {
  const StageContext context = {profile, provider, progress};
  return {RunCorpusStage(context, SmallCorpus()), RunExhaustiveStage(context, kScope),
          RunRandomStage(context, {.seed = 1, .count = count, .budget = kLong})};
}

StageResult RunRandom(const Profile& profile, FileProvider& provider, ProgressFunction progress,
                      const RandomOptions& options) {
  return RunRandomStage({profile, provider, progress}, options);
}

uint64_t UnsupportedLayouts(const StageResult& result) {
  uint64_t layouts = 0;
  for (const auto& [reason, count] : result.unsupported) layouts += count.layouts;
  return layouts;
}

TEST(Stages, AgreeWithTheProfileThatAutoChooses) {
  const auto results = RunStages(RightProfile(), KernelFiles(), GoOn, 300);
  for (const StageResult& result : results) {
    SCOPED_TRACE(result.name);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_TRUE(result.complete);
    EXPECT_THAT(result.findings, IsEmpty());
    EXPECT_GT(result.calls, 0);
    EXPECT_GT(result.walked, 0);
    EXPECT_EQ(result.agreed, result.calls);
    EXPECT_GT(result.views, 0);
  }
  EXPECT_EQ(results[0].layouts + UnsupportedLayouts(results[0]), SmallCorpus().size());
  EXPECT_EQ(results[1].layouts + UnsupportedLayouts(results[1]), 49);  // seven classes, two slots
  EXPECT_EQ(results[2].layouts + UnsupportedLayouts(results[2]), 300);
}

TEST(RandomStage, CountsTheSameForTheSameSeed) {
  const RandomOptions options = {.seed = 7, .first = 1000, .count = 200, .budget = kLong};
  const StageResult one = RunRandom(RightProfile(), KernelFiles(), GoOn, options);
  const StageResult other = RunRandom(RightProfile(), KernelFiles(), GoOn, options);
  EXPECT_EQ(one.layouts, other.layouts);
  EXPECT_EQ(one.steps, other.steps);
  EXPECT_EQ(one.calls, other.calls);
  EXPECT_EQ(one.walked, other.walked);
}

// A profile that is wrong in one thing, and a finding that has to come of it.
struct WrongProfile {
  const char* name;
  void (*spoil)(Profile& profile, std::vector<ArgumentRule>& arguments);
  Disagreement finding;
};

void PrintTo(const WrongProfile& row, std::ostream* out) { *out << row.name; }

void LeaveOut(std::vector<ArgumentRule>& arguments, absl::string_view id) {
  std::erase_if(arguments, [id](const ArgumentRule& row) { return row.rule.id == id; });
}

const WrongProfile kWrongProfiles[] = {
    {"HoleIsAnotherError",
     [](Profile& profile, std::vector<ArgumentRule>&) { profile.walk.hole = Errno::kEFAULT; },
     {.rule = "hole.reaches_end", .expected = "EFAULT", .observed = "ENOMEM"}},
    {"LocksAreNotLookedFor",
     [](Profile& profile, std::vector<ArgumentRule>&) { profile.walk.lock_test = LockTest::kNone; },
     {.rule = "range.covered", .expected = "0", .observed = "EBUSY"}},
    {"NoFsyncIsNoError",
     [](Profile& profile, std::vector<ArgumentRule>&) { profile.walk.no_fsync = Errno::kOk; },
     {.rule = "range.covered", .expected = "0", .observed = "EINVAL"}},
    {"TheEmptyRangeComesFirst",
     [](Profile&, std::vector<ArgumentRule>& arguments) {
       std::rotate(arguments.begin(), arguments.end() - 1, arguments.end());
     },
     {.rule = "range.empty", .expected = "0", .observed = "EINVAL"}},
    {"BothFlagsAreAccepted",
     [](Profile&, std::vector<ArgumentRule>& arguments) {
       LeaveOut(arguments, "flags.async_and_sync");
     },
     {.rule = "range.empty", .expected = "0", .observed = "EINVAL"}},
    {"UnknownFlagsAreAccepted",
     [](Profile&, std::vector<ArgumentRule>& arguments) { LeaveOut(arguments, "flags.unknown"); },
     {.rule = "range.empty", .expected = "0", .observed = "EINVAL"}},
};

// Steps behind the one that answers otherwise may be such that the model cannot follow them.
TEST(RandomStage, ConfirmsAStepWhateverFollowsIt) {
  Profile profile = RightProfile();
  profile.layout.remap_moves_several = !profile.layout.remap_moves_several;
  const StageResult result =
      RunRandom(profile, KernelFiles(), GoOn, {.seed = 1, .count = 3000, .budget = kLong});
  ASSERT_FALSE(result.findings.empty());
  for (const Finding& finding : result.findings) {
    EXPECT_EQ(finding.disagreement.subject, Subject::kStep);
    EXPECT_EQ(finding.disagreement.rule, "remap");
    EXPECT_TRUE(finding.confirmed()) << finding.command;
  }
}

class EveryStage : public testing::TestWithParam<WrongProfile> {
 public:
  EveryStage() : profile_(RightProfile()) {
    arguments_.assign(profile_.arguments.begin(), profile_.arguments.end());
    GetParam().spoil(profile_, arguments_);
    profile_.arguments = arguments_;
  }

 protected:
  Profile profile_;
  std::vector<ArgumentRule> arguments_;
};

TEST_P(EveryStage, FindsWhatIsWrongAndConfirmsIt) {
  for (const StageResult& result : RunStages(profile_, KernelFiles(), GoOn, 3000)) {
    SCOPED_TRACE(result.name);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_LT(result.agreed, result.calls);
    bool found = false;
    for (const Finding& finding : result.findings) {
      found |= finding.disagreement.SameAs(GetParam().finding);
      EXPECT_EQ(finding.confirmations, 3) << finding.origin;
      EXPECT_TRUE(finding.confirmed());
      EXPECT_THAT(
          finding.command,
          AnyOf(StartsWith(absl::StrCat("msyncspec run --profile=", profile_.name, " - <<")),
                StartsWith("msyncspec check --stages=random --seed=1 --at=")));
      EXPECT_THAT(finding.command, HasSubstr(absl::StrCat("--profile=", profile_.name)));
    }
    EXPECT_TRUE(found);
  }
}

INSTANTIATE_TEST_SUITE_P(WrongProfiles, EveryStage, testing::ValuesIn(kWrongProfiles),
                         [](const auto& row) { return row.param.name; });

TEST(RandomStage, FindsAgainWhatItsCommandNames) {
  Profile profile = RightProfile();
  profile.walk.lock_test = LockTest::kNone;
  const StageResult found =
      RunRandom(profile, KernelFiles(), GoOn, {.seed = 3, .count = 3000, .budget = kLong});
  ASSERT_FALSE(found.findings.empty());
  const Finding& finding = found.findings.back();
  const std::string at = finding.command.substr(finding.command.find("--at=") + 5);
  const StageResult again =
      RunRandom(profile, KernelFiles(), GoOn,
                {.seed = 3, .first = std::stoull(at), .count = 1, .budget = kLong});
  EXPECT_TRUE(std::any_of(again.findings.begin(), again.findings.end(), [&](const Finding& other) {
    return other.disagreement.SameAs(finding.disagreement);
  }));
}

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
