// SPDX-License-Identifier: MIT
#include "harness/differ/known_deviation.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "harness/differ/check.h"
#include "harness/differ/stages_to_test.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kText[] =
    "# SPDX-License-Identifier: MIT\n"
    "# A page is locked.\n"
    "# key: mapping.locked-EFAULT-got-EBUSY\n"
    "# systems: gvisor, linux-6.4..linux-6.6, linux-7.1.3\n"
    "# reason: It is so.\n"
    "# link: https://example.org/why\n"
    "# date: 2026-02-28\n"
    "map p0 1p private r anon locked\n"
    "call addr=p0 len=1p flags=MS_INVALIDATE\n";

KernelIdentity Linux(int major, int minor, int patch) {
  return {.version = {major, minor, patch}, .release = absl::StrCat(major, ".", minor, ".", patch)};
}

KernelIdentity Gvisor() {
  KernelIdentity kernel = Linux(4, 4, 0);
  kernel.build = "#1 SMP Sun Jan 10 15:06:54 PST 2016";
  return kernel;
}

TEST(ParseKnownDeviation, ReadsTheHeadAndTheScenario) {
  const absl::StatusOr<KnownDeviation> deviation = ParseKnownDeviation("a/b.msync", kText);
  ASSERT_TRUE(deviation.ok()) << deviation.status();
  EXPECT_EQ(deviation->path, "a/b.msync");
  EXPECT_EQ(deviation->Name(), "b.msync");
  EXPECT_EQ(deviation->key, "mapping.locked-EFAULT-got-EBUSY");
  EXPECT_EQ(deviation->reason, "It is so.");
  EXPECT_EQ(deviation->link, "https://example.org/why");
  EXPECT_EQ(deviation->date, "2026-02-28");
  EXPECT_THAT(deviation->scenario.actions, SizeIs(2));
}

TEST(ParseKnownDeviation, NamesFileAndLineOfWhatIsWrong) {
  struct Row {
    const char* from;
    const char* to;
    const char* said;
  };
  const Row kRows[] = {
      {"# reason: It is so.\n", "", "f:7: expected a line \"# reason: …\" above this one"},
      {"# reason: It is so.", "# reason:", "f:5: expected a value for reason"},
      {"# A page is locked.", "# date: 2026-02-27", "f:7: date is there twice"},
      {"-got-", "-", "f:3: expected a key such as"},
      {"linux-7.1.3", "windows-11", "f:4: expected gvisor, linux-6.18 or"},
      {"linux-7.1.3", "linux-7", "found \"linux-7\""},
      {"linux-7.1.3", "linux-7.1.3x", "found \"linux-7.1.3x\""},
      {"linux-6.4..linux-6.6", "linux-6.6..linux-6.4", "f:4: expected gvisor"},
      {"https://", "see ", "f:6: expected a link that begins with https://"},
      {"2026-02-28", "2026-02-30", "f:7: expected a date such as"},
      {"2026-02-28", "tomorrow", "f:7: expected a date such as"},
      {"len=1p", "len=banana", "f:9:18: expected"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.to);
    const std::string text = absl::StrReplaceAll(kText, {{row.from, row.to}});
    const absl::StatusOr<KnownDeviation> deviation = ParseKnownDeviation("f", text);
    EXPECT_EQ(deviation.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(deviation.status().message()), HasSubstr(row.said));
  }
}

TEST(KnownDeviation, ConcernsTheSystemsThatItNames) {
  struct Row {
    KernelIdentity kernel;
    bool concerned;
  };
  const Row kRows[] = {{Gvisor(), true},        {Linux(4, 4, 0), false}, {Linux(6, 3, 9), false},
                       {Linux(6, 4, 0), true},  {Linux(6, 5, 7), true},  {Linux(6, 6, 120), true},
                       {Linux(6, 7, 0), false}, {Linux(7, 1, 2), false}, {Linux(7, 1, 3), true},
                       {Linux(7, 1, 4), false}};
  const KnownDeviation deviation = ParseKnownDeviation("f", kText).value();
  for (const Row& row : kRows) {
    EXPECT_EQ(deviation.Concerns(row.kernel), row.concerned) << row.kernel.release;
  }
}

TEST(KnownDeviation, IsNotAboutGvisorWhereItNamesTheVersionThatGvisorTells) {
  const std::string text =
      absl::StrReplaceAll(kText, {{"gvisor, linux-6.4..linux-6.6, linux-7.1.3", "linux-4.4"}});
  const KnownDeviation deviation = ParseKnownDeviation("f", text).value();
  EXPECT_FALSE(deviation.Concerns(Gvisor()));
  EXPECT_TRUE(deviation.Concerns(Linux(4, 4, 0)));
}

TEST(KnownDeviation, KeyIsAPattern) {
  const KnownDeviation deviation = {.key = "st_mtime_of_f?-got-x"};
  EXPECT_TRUE(deviation.HasKey("st_mtime_of_f0-got-x"));
  EXPECT_TRUE(deviation.HasKey("st_mtime_of_f7-got-x"));
  EXPECT_FALSE(deviation.HasKey("st_mtime_of_f10-got-x"));
  EXPECT_FALSE(deviation.HasKey("st_mtime_of_g0-got-x"));
  EXPECT_TRUE(KnownDeviation{.key = "a-got-b-*"}.HasKey("a-got-b-12345678"));
  EXPECT_FALSE(KnownDeviation{.key = "a-got-b-*"}.HasKey("a-got-b"));
}

// A kernel that finds locks, held against a profile that has them answered otherwise.
class Deviations : public testing::Test {
 protected:
  // Holds this kernel against a profile that knows no locks, as the running one or another.
  StageResult Run(const KnownDeviation& deviation, const std::string& name) {
    wrong_.name = name;
    return RunDeviationsStage({wrong_, KernelFiles(), GoOn}, {deviation});
  }

  Deviations() { wrong_.walk.lock_test = LockTest::kNone; }

  Profile wrong_ = RightProfile();
  const std::string running_ = RightProfile().name;
  KnownDeviation known_ =
      ParseKnownDeviation(
          "f", absl::StrReplaceAll(kText, {{"mapping.locked-EFAULT", "range.covered-0"}}))
          .value();
};

TEST_F(Deviations, ThatStillDeviateAreNoFindings) {
  StageResult result = Run(known_, running_);
  ASSERT_THAT(result.cases, SizeIs(1));
  EXPECT_EQ(result.cases[0].name, "f");
  EXPECT_EQ(result.cases[0].verdict, Verdict::kDisagree);
  SetApartKnown({known_}, result);
  EXPECT_THAT(result.findings, IsEmpty());
  ASSERT_THAT(result.known, SizeIs(1));
  EXPECT_EQ(result.known[0].reason, "It is so.");
}

TEST_F(Deviations, ThatDeviateNoMoreAreFindingsThatSayWhatToDelete) {
  wrong_ = RightProfile();
  StageResult result = Run(known_, running_);
  SetApartKnown({known_}, result);
  EXPECT_THAT(result.known, IsEmpty());
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].disagreement.subject, Subject::kDeviation);
  EXPECT_EQ(result.findings[0].disagreement.observed, "no such thing: delete f");
  EXPECT_TRUE(result.findings[0].confirmed());
  EXPECT_EQ(result.cases[0].verdict, Verdict::kDisagree);
}

TEST_F(Deviations, ThatDeviateOtherwiseAreTwoFindings) {
  known_.key = "range.covered-0-got-EIO";
  StageResult result = Run(known_, running_);
  SetApartKnown({known_}, result);
  EXPECT_THAT(result.known, IsEmpty());
  EXPECT_THAT(result.findings, SizeIs(2));
}

TEST_F(Deviations, AreLeftOutWhereAnotherProfileIsAskedFor) {
  const StageResult result = Run(known_, "another");
  ASSERT_THAT(result.cases, SizeIs(1));
  EXPECT_EQ(result.cases[0].verdict, Verdict::kUnsupported);
  EXPECT_EQ(result.calls, 0);
  EXPECT_THAT(result.findings, IsEmpty());
}

TEST(SetApartKnown, ExcusesDeathsOfWorkersThatAreKnown) {
  const KnownDeviation known = {.key = "crash.write-0-got-killed", .reason = "so"};
  StageResult result = {.died = true, .status = absl::InternalError("died")};
  result.findings.push_back(
      {.disagreement = {.subject = Subject::kCrash, .rule = "write", .expected = "0"}});
  result.findings[0].disagreement.observed = "killed";
  StageResult other = result;
  other.findings.push_back({.disagreement = {.subject = Subject::kHang, .rule = "map"}});
  SetApartKnown({known}, result);
  EXPECT_TRUE(result.status.ok());
  SetApartKnown({known}, other);
  EXPECT_FALSE(other.status.ok());
}

TEST(RunCheck, CountsDeviationsApartFromFindings) {
  Profile wrong = RightProfile();
  wrong.walk.lock_test = LockTest::kNone;
  const KnownDeviation known = {
      .key = "range.covered-0-got-EBUSY", .systems = {{.last = {99, 0, 0}}}, .reason = "so"};
  CheckOptions options;
  options.scope = 2;
  options.random = false;
  const auto watch = [](const Progress&) { return true; };
  const CheckResult without =
      RunCheck(options, wrong, {.corpus = SmallCorpus()}, KernelFiles(), watch);
  EXPECT_GT(without.Findings(), 0);
  EXPECT_EQ(without.Known(), 0);
  const CheckResult with =
      RunCheck(options, wrong, {.corpus = SmallCorpus(), .known = {known}}, KernelFiles(), watch);
  EXPECT_EQ(with.Findings() + with.Known(), without.Findings());
  EXPECT_EQ(with.Known(), 2);  // one a stage
}

TEST(RunCheck, MakesACaseOfEachFileAndOfEachOtherStage) {
  CheckOptions options;
  options.scope = 2;
  options.random_options.count = 10;
  const CheckResult result = RunCheck(options, RightProfile(), {.corpus = SmallCorpus()},
                                      KernelFiles(), [](const Progress&) { return true; });
  ASSERT_THAT(result.stages, SizeIs(3));
  ASSERT_THAT(result.stages[0].cases, SizeIs(SmallCorpus().size()));
  EXPECT_EQ(result.stages[0].cases[0].name, "holes");
  EXPECT_EQ(result.stages[0].cases[0].verdict, Verdict::kAgree);
  for (const StageResult& stage : {result.stages[1], result.stages[2]}) {
    ASSERT_THAT(stage.cases, SizeIs(1));
    EXPECT_EQ(stage.cases[0].name, kWholeStage);
    EXPECT_EQ(stage.cases[0].verdict, Verdict::kAgree);
  }
}

}  // namespace
}  // namespace msyncspec
