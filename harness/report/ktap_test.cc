// SPDX-License-Identifier: MIT
#include "harness/report/ktap.h"

#include <gmock/gmock.h>

#include "harness/report/check_cases.h"
#include "harness/report/result_to_report.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;

TEST(CheckKtap, SaysHowEachCaseEnded) {
  EXPECT_EQ(CheckKtap(EveryEnding()),
            "KTAP version 1\n"
            "1..2\n"
            "# Linux 6.18.44 x86_64, held against profile linux-6.18, seed 7\n"
            "  KTAP version 1\n"
            "  1..5\n"
            "  ok 1 rules/good.msync\n"
            "  # msync answers otherwise\n"
            "  # expected: EINVAL\n"
            "  # observed: 0\n"
            "  # rule: flags.unknown: A bit other than the three known ones is set in flags.\n"
            "  # origin: rules/bad.msync\n"
            "  # confirmed: 3 of 3\n"
            "  # command:\n"
            "  # msyncspec run - <<'END'\n"
            "  # call addr=p0 len=0 flags=0x8\n"
            "  # END\n"
            "  not ok 2 rules/bad.msync\n"
            "  # a step answers otherwise, so what msync meets is not known\n"
            "  # expected: 0\n"
            "  # observed: EFAULT\n"
            "  # step: lock\n"
            "  # origin: rules/known.msync\n"
            "  # confirmed: 3 of 3\n"
            "  # command:\n"
            "  # msyncspec run - <<'END'\n"
            "  # call addr=p0 len=0 flags=0x8\n"
            "  # END\n"
            "  ok 3 rules/known.msync # XFAIL It is so.\n"
            "  ok 4 rules/left_out.msync # SKIP no <fuse> here\n"
            "  not ok 5 rules/broken.msync # ERROR no memory\n"
            "not ok 1 corpus\n"
            "  KTAP version 1\n"
            "  1..2\n"
            "  not ok 1 all\n"
            "  # msync answers otherwise\n"
            "  # expected: EINVAL\n"
            "  # observed: 0\n"
            "  # rule: flags.unknown: A bit other than the three known ones is set in flags.\n"
            "  # origin: seed 1, scenario 2\n"
            "  # confirmed: 3 of 3\n"
            "  # command:\n"
            "  # msyncspec run - <<'END'\n"
            "  # call addr=p0 len=0 flags=0x8\n"
            "  # END\n"
            "  not ok 2 flags.unknown-EINVAL-got-0\n"
            "not ok 2 random\n"
            "# Totals: pass:1 fail:3 xfail:1 xpass:0 skip:1 error:1\n");
}

TEST(CheckKtap, StageIsSkippedWhereAllItsCasesAre) {
  CheckResult result = EveryEnding();
  result.stages = {
      {.name = "served",
       .cases = {{.name = kWholeStage, .verdict = Verdict::kUnsupported, .reason = "no FUSE"}}}};
  EXPECT_THAT(CheckKtap(result),
              HasSubstr("  ok 1 all # SKIP no FUSE\nok 1 served # SKIP no FUSE\n"));
}

TEST(ReportedStages, SayWhatKeptTheCheckFromBeingRun) {
  struct Row {
    const char* name;
    void (*change)(CheckResult& result);
    Ending ending;
    const char* reason;
  };
  const Row kRows[] = {{"Refused", [](CheckResult& result) { result.refusal = "denied"; },
                        Ending::kSkipped, "denied"},
                       {"Failed", [](CheckResult& result) { result.failure = "no more"; },
                        Ending::kBroken, "no more"},
                       {"Interrupted", [](CheckResult& result) { result.interrupted = true; },
                        Ending::kBroken, "interrupted: what follows was not run"},
                       {"Empty", [](CheckResult&) {}, Ending::kSkipped, "nothing was run"}};
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    CheckResult result = EveryEnding();
    result.stages.clear();
    row.change(result);
    const std::vector<ReportedStage> stages = ReportedStages(result);
    ASSERT_EQ(stages.size(), 1);
    EXPECT_EQ(stages[0].name, "check");
    EXPECT_EQ(stages[0].cases.at(0).ending, row.ending);
    EXPECT_EQ(stages[0].cases.at(0).reason, row.reason);
  }
}

TEST(ReportedStages, NamesAreUniqueByTheirLettersAlone) {
  CheckResult result = EveryEnding();
  result.stages = {{.name = "corpus",
                    .cases = {{.name = "a.b", .verdict = Verdict::kAgree},
                              {.name = "ab", .verdict = Verdict::kAgree},
                              {.name = "a#b\n", .verdict = Verdict::kAgree},
                              {.name = "\xff", .verdict = Verdict::kAgree}}}};
  const std::vector<ReportedStage> stages = ReportedStages(result);
  std::vector<std::string> names;
  for (const ReportedCase& each : stages.at(0).cases) names.push_back(each.name);
  EXPECT_THAT(names, testing::ElementsAre("a.b", "ab_2", "a_b_", "_"));
}

TEST(ReportedStages, FailureOfAStageThatNoCaseHasIsACase) {
  CheckResult result = EveryEnding();
  result.stages[0].cases.pop_back();
  const std::vector<ReportedStage> stages = ReportedStages(result);
  EXPECT_EQ(stages[0].cases.back().name, "stage");
  EXPECT_EQ(stages[0].cases.back().ending, Ending::kBroken);
}

}  // namespace
}  // namespace msyncspec
