// SPDX-License-Identifier: MIT
#include "harness/report/text.h"

#include <gmock/gmock.h>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kEscape[] = "\033[";

const Profile& Newest() { return *FindProfile("linux-6.18"); }

Finding LockedFinding() {
  return {.scenario = Parse("map p0 1p private rw anon locked\n"
                            "call addr=p0 len=1p flags=MS_INVALIDATE\n")
                          .value()
                          .scenario,
          .disagreement = {.subject = Subject::kCall,
                           .action = 1,
                           .rule = "mapping.locked",
                           .expected = "EBUSY",
                           .observed = "0"},
          .origin = "seed 5, scenario 77",
          .command = "msyncspec check --stages=random --seed=5 --at=77 --count=1",
          .confirmations = 3};
}

TEST(FindingText, ShowsEverythingThatAPersonNeedsToFollowIt) {
  EXPECT_EQ(
      FindingText(LockedFinding(), Newest(), Colour::kOff),
      "FINDING msync answers otherwise (seed 5, scenario 77)\n"
      "  predicted  EBUSY   by linux-6.18\n"
      "  observed   0\n"
      "  rule       mapping.locked: MS_INVALIDATE meets a locked mapping: the walk stops, before "
      "this mapping is synced. What precedes it has been synced, and a hole before it is "
      "forgotten.\n"
      "             man-pages-3.53, ERRORS EBUSY: \"MS_INVALIDATE was specified in flags, and a "
      "memory lock exists\"\n"
      "             linux, walk.locked: \"the lock test of a mapping precedes its fsync\"\n"
      "  at         call addr=p0 len=1p flags=MS_INVALIDATE\n"
      "  confirmed  3 of 3 re-runs\n"
      "  scenario\n"
      "    map p0 1p private rw anon locked\n"
      "    call addr=p0 len=1p flags=MS_INVALIDATE\n"
      "  repeat with\n"
      "msyncspec check --stages=random --seed=5 --at=77 --count=1\n");
}

TEST(FindingText, SaysWhatDoesNotComeBackEveryTime) {
  Finding finding = LockedFinding();
  finding.confirmations = 2;
  EXPECT_THAT(FindingText(finding, Newest(), Colour::kOff),
              HasSubstr("confirmed  2 of 3 re-runs: unstable\n"));
}

TEST(FindingText, TellsWhatAnAuthorExpectsFromWhatTheModelPredicts) {
  Finding finding = LockedFinding();
  finding.disagreement.subject = Subject::kExpectation;
  finding.disagreement.expected = "expect linux-6.18 0";
  finding.disagreement.observed = "expect linux-6.18 EBUSY";
  const std::string text = FindingText(finding, Newest(), Colour::kOff);
  EXPECT_THAT(text, HasSubstr("  expected   expect linux-6.18 0\n"
                              "  predicted  expect linux-6.18 EBUSY   by linux-6.18\n"));
  EXPECT_THAT(text, Not(HasSubstr("observed")));
}

TEST(FindingText, CarriesColoursOnlyWhereTheyAreOn) {
  EXPECT_THAT(FindingText(LockedFinding(), Newest(), Colour::kOff), Not(HasSubstr(kEscape)));
  EXPECT_THAT(FindingText(LockedFinding(), Newest(), Colour::kOn),
              StartsWith("\033[1;31mFINDING\033[0m msync"));
}

TEST(FindingText, NamesWhateverPartsPredictionAndObservation) {
  struct Row {
    Subject subject;
    const char* words;
  };
  constexpr Row kRows[] = {
      {Subject::kStep, "a step answers otherwise"},
      {Subject::kLayout, "the kernel's own view of the layout is another"},
      {Subject::kCrash, "the process is killed"},
      {Subject::kHang, "the process does not come back"},
      {Subject::kExpectation, "other than the scenario's author expects"},
  };
  for (const Row& row : kRows) {
    Finding finding = LockedFinding();
    finding.disagreement.subject = row.subject;
    finding.disagreement.rule = "";  // steps and layouts have none
    const std::string text = FindingText(finding, Newest(), Colour::kOff);
    EXPECT_THAT(text, HasSubstr(row.words));
    EXPECT_THAT(text, Not(HasSubstr("  rule ")));
  }
}

CheckResult AgreeingCheck() {
  StageResult stage = {.name = "random", .layouts = 1, .calls = 1234567, .walked = 1000};
  stage.agreed = stage.calls;
  stage.views = 12;
  stage.duration = absl::Seconds(2);
  stage.complete = true;
  stage.unsupported["secret: memfd_secret: Function not implemented"].layouts = 1;
  stage.unsupported["no /proc"].calls = 2000;
  return {.profile = &Newest(), .kernel = {.release = "6.18.44"}, .seed = 5, .stages = {stage}};
}

TEST(SummaryText, SaysWhatWasComparedAndWhatWasNotAndTheVerdict) {
  EXPECT_EQ(SummaryText(AgreeingCheck(), Colour::kOff),
            "stage          layouts          calls reached the walk          agree  findings  "
            "seconds calls a second\n"
            "random               1      1,234,567            1,000      1,234,567         0  "
            "    2.0        617,283\n"
            "not compared (unsupported here):\n"
            "  random, 2,000 calls: no /proc\n"
            "  random, 1 layout: secret: memfd_secret: Function not implemented\n"
            "agree: 1,234,567 calls (1,000 reached the walk) in 1 layout; the kernel's own view "
            "of 12 layouts compared\n");
}

TEST(SummaryText, SumsWhatWasComparedOfFilesOverTheStages) {
  CheckResult result = AgreeingCheck();
  result.stages[0].effects["fuse"] = {.fsyncs = 1, .writes = 30, .pages = 1200, .bytes = 180};
  result.stages.push_back(result.stages[0]);
  result.stages[1].effects["ext4"] = {.bytes = 1, .times = 2};
  result.stages[1].effects["xfs"] = {};
  EXPECT_THAT(SummaryText(result, Colour::kOff),
              HasSubstr("\neffects compared:\n  ext4: 1 byte beneath, 2 looks at times\n"
                        "  fuse: 2 fsyncs, 60 writes, 2,400 pages, 360 bytes beneath\n"));
}

TEST(SummaryText, SaysWhatIsNotSeenOfFilesAfterWhatIsNotCompared) {
  CheckResult result = AgreeingCheck();
  result.blind = {"dirty pages: denied", "what reaches a file server: /dev/fuse: absent"};
  EXPECT_THAT(SummaryText(result, Colour::kOff),
              HasSubstr("memfd_secret: Function not implemented\n"
                        "not seen of files:\n"
                        "  dirty pages: denied\n"
                        "  what reaches a file server: /dev/fuse: absent\n"
                        "agree: "));
}

TEST(SummaryText, TellsWhereTheKernelIsOtherThanTheTableOfBackings) {
  CheckResult result = AgreeingCheck();
  result.kernel_facts.Learn(Backing::kMemfd, Lockability::kLockable);
  EXPECT_THAT(SummaryText(result, Colour::kOff), Not(HasSubstr("facts about this kernel")));
  result.kernel_facts.Learn(Backing::kSecret, Lockability::kIgnoresLocks);
  EXPECT_THAT(
      SummaryText(result, Colour::kOff),
      HasSubstr("facts about this kernel:\n  secret (memfd_secret(2)) is not mapped locked"));
}

// A result of AgreeingCheck with one thing changed, and what its summary ends with.
struct VerdictRow {
  const char* name;
  void (*change)(CheckResult& result);
  const char* last_line;
};

const VerdictRow kVerdicts[] = {
    {"Findings", [](CheckResult& result) { result.stages[0].findings.push_back(LockedFinding()); },
     "\n1 finding: 1,234,567 calls [^\n]*\n$"},
    {"KnownDeviations",
     [](CheckResult& result) {
       result.stages[0].known = {{LockedFinding(), "It is so.", "https://example.org/"}};
     },
     "\nagree \\(and 1 known deviation\\): 1,234,567 calls [^\n]*\n$"},
    {"Interruption", [](CheckResult& result) { result.interrupted = true; },
     "\nagree \\(incomplete: interrupted\\): 1,234,567 calls [^\n]*\n$"},
    {"InterruptionBeforeAnything",
     [](CheckResult& result) {
       result.stages.clear();
       result.interrupted = true;
     },
     "^nothing was compared \\(incomplete: interrupted\\)\n$"},
    {"Nothing", [](CheckResult& result) { result.stages.clear(); },
     "^nothing was compared: no stage could build a layout here\n$"},
    {"Refusal",
     [](CheckResult& result) {
       result.stages.clear();
       result.refusal = "msync is denied here";
     },
     "^nothing could be run: msync is denied here\n$"},
    {"FailureBeforeTheStages",
     [](CheckResult& result) {
       result.stages.clear();
       result.failure = "fork: no more";
     },
     "^the harness failed: fork: no more\n$"},
    {"FailureOfAStage",
     [](CheckResult& result) { result.stages[0].status = absl::InternalError("out of order"); },
     "\nthe harness failed: random: out of order\n$"},
    {"BrokenOff", [](CheckResult& result) { result.stages[0].complete = false; },
     "617,283  \\(cut short\\)\n"},
};

TEST(SummaryText, EndsWithTheVerdict) {
  for (const VerdictRow& row : kVerdicts) {
    SCOPED_TRACE(row.name);
    CheckResult result = AgreeingCheck();
    row.change(result);
    const std::string plain = SummaryText(result, Colour::kOff);
    EXPECT_THAT(plain, ContainsRegex(row.last_line));
    EXPECT_THAT(plain, Not(HasSubstr(kEscape)));
    EXPECT_THAT(SummaryText(result, Colour::kOn), HasSubstr(kEscape));
  }
}

TEST(Heading, NamesKernelAndProfileAndWhyThisOne) {
  EXPECT_EQ(Heading({.release = "6.18.44", .machine = "x86_64"}, Newest(), "named by --profile"),
            "Linux 6.18.44 x86_64, held against profile linux-6.18 (named by --profile)\n");
}

TEST(WithCommas, PartsThousands) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(1000), "1,000");
  EXPECT_EQ(WithCommas(18446744073709551615u), "18,446,744,073,709,551,615");
}

}  // namespace
}  // namespace msyncspec
