// SPDX-License-Identifier: MIT
#include "harness/differ/clause_standing.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "harness/differ/case_standing.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;

const Profile& Newest() { return *FindProfile("linux-6.18"); }

TEST(StandingOf, HasEveryClauseOnceAndInOrderAndThenTheSilences) {
  for (const Profile& document : DocumentProfiles()) {
    std::vector<std::string> labels, expected;
    bool silences = false;
    for (const ClauseStanding& each : StandingOf(document, Newest())) {
      silences |= each.clause == nullptr;
      EXPECT_EQ(silences, each.clause == nullptr) << document.name;
      if (each.clause != nullptr) labels.push_back(each.clause->label);
    }
    for (const Clause& clause : FindSource(document.source)->clauses) {
      expected.push_back(clause.label);
    }
    EXPECT_EQ(labels, expected) << document.name;
    EXPECT_TRUE(silences) << document.name;
  }
}

TEST(StandingOf, LeavesOutNoRule) {
  for (const Profile& document : DocumentProfiles()) {
    std::vector<const DocumentRule*> found, expected;
    for (const ClauseStanding& each : StandingOf(document, Newest())) {
      for (const RuleStanding& rule : each.rules) found.push_back(rule.rule);
    }
    for (const DocumentRule& rule : document.clauses) expected.push_back(&rule);
    EXPECT_THAT(found, IsSupersetOf(expected)) << document.name;
  }
}

TEST(StandingOf, SaysWhyAClauseWithoutRulesCannotBeTested) {
  for (const Profile& document : DocumentProfiles()) {
    for (const ClauseStanding& each : StandingOf(document, Newest())) {
      EXPECT_EQ(each.standing().has_value(), !each.rules.empty());
      if (each.clause == nullptr) continue;
      EXPECT_EQ(each.rules.empty(), !each.clause->untestable.empty())
          << document.name << ": " << each.clause->label;
    }
  }
}

TEST(StandingOf, NamesWhatADocumentIsSilentAbout) {
  for (const char* document : {"man-pages-3.53", "man-pages-6.03", "love-2007", "posix-2017"}) {
    std::vector<std::string> silences;
    for (const ClauseStanding& each : StandingOf(*FindProfile(document), Newest())) {
      if (each.clause != nullptr) continue;
      EXPECT_EQ(each.standing(), Standing::kSilent) << each.rules[0].rule->rule.id;
      silences.emplace_back(each.rules[0].rule->rule.id);
    }
    EXPECT_THAT(silences,
                IsSupersetOf({"silence.file_fails", "silence.no_fsync", "silence.no_length",
                              "silence.error_order", "silence.partial_effects"}))
        << document;
  }
}

TEST(StandingOf, PutsTheWorstCaseLast) {
  for (const ClauseStanding& clause : StandingOf(*FindProfile("love-2007"), Newest())) {
    for (const RuleStanding& rule : clause.rules) {
      for (const StandingCase& each : rule.cases) {
        EXPECT_LE(each.standing, *rule.worst()) << rule.rule->rule.id;
        EXPECT_EQ(each.evidence, Evidence::kProfile);
      }
    }
  }
}

// The outcome that a case claims for either side is what that side predicts.
TEST(StandingOf, ShowsCasesThatAreWhatTheySay) {
  const Profile& document = *FindProfile("man-pages-6.03");
  for (const ClauseStanding& clause : StandingOf(document, Newest())) {
    for (const RuleStanding& rule : clause.rules) {
      for (const StandingCase& each : rule.cases) {
        ASSERT_TRUE(Validate(each.scenario).ok());
        const auto last = [&each](const Profile& profile) {
          return PredictScenario(each.scenario, profile, BareSurroundings())
              .actions.back()
              .call.prediction;
        };
        EXPECT_TRUE(absl::StartsWith(each.kernel_says, Text(last(*rule.kernel).outcomes)))
            << Print(each.scenario);
        EXPECT_EQ(each.kernel_rule, last(*rule.kernel).rule);
        if (rule.kernel != &Newest()) continue;  // of another system the rule speaks alone
        EXPECT_TRUE(absl::StartsWith(each.document_says, Text(last(document).outcomes)))
            << Print(each.scenario);
      }
    }
  }
}

TEST(StandingOf, HoldsHistoryAgainstTheSystemItIsAbout) {
  std::vector<std::string> about;
  for (const ClauseStanding& clause : StandingOf(*FindProfile("man-pages-6.03"), Newest())) {
    for (const RuleStanding& rule : clause.rules) {
      if (!rule.rule->of.empty()) {
        about.push_back(absl::StrCat(clause.clause->label, ": ", rule.kernel->name));
      }
    }
  }
  EXPECT_THAT(about,
              testing::ElementsAre("STANDARDS 1.3.21: linux-1.3.21",
                                   "STANDARDS 2.4.19: linux-2.4.19", "NOTES POSIX: posix-2017"));
}

// A clause that was true stops being so where the kernel is another.
TEST(StandingOf, FollowsTheKernel) {
  const auto standing = [](const char* label, const char* kernel) {
    for (const ClauseStanding& each :
         StandingOf(*FindProfile("man-pages-3.53"), *FindProfile(kernel))) {
      if (each.clause != nullptr && each.clause->label == label) return *each.standing();
    }
    return Standing::kSilent;
  };
  EXPECT_EQ(standing("ERRORS EBUSY", "linux-6.18"), Standing::kTrue);
  EXPECT_EQ(standing("ERRORS EBUSY", "linux-2.5.26"), Standing::kStricter);
  EXPECT_EQ(standing("ERRORS EINVAL", "linux-6.18"), Standing::kTrue);
  EXPECT_EQ(standing("ERRORS EINVAL", "linux-2.5.23"), Standing::kContradicted);
  EXPECT_EQ(standing("ERRORS ENOMEM", "linux-1.3.21"), Standing::kContradicted);
  EXPECT_EQ(standing("DESCRIPTION MS_ASYNC", "linux-2.5.43"), Standing::kTrue);
}

struct NameRow {
  Standing standing;
  std::string name;
};

TEST(StandingName, IsTheWordOfReports) {
  const NameRow kRows[] = {{Standing::kTrue, "true"},
                           {Standing::kSilent, "silent"},
                           {Standing::kWeaker, "weaker"},
                           {Standing::kStricter, "stricter"},
                           {Standing::kContradicted, "contradicted"}};
  for (const NameRow& row : kRows) EXPECT_EQ(StandingName(row.standing), row.name);
}

// Observing.

struct Seen {
  std::vector<std::string> observed, not_run, refuted;  // "SCENARIO / why"
};

Seen Look(const Profile& kernel) {
  std::vector<ClauseStanding> clauses = StandingOf(*FindProfile("man-pages-6.03"), kernel);
  Observe(kernel, KernelFiles(), clauses);
  Seen seen;
  for (const ClauseStanding& clause : clauses) {
    for (const RuleStanding& rule : clause.rules) {
      for (const StandingCase& each : rule.cases) {
        const std::string text = absl::StrCat(Print(each.scenario), " / ", each.why);
        (each.evidence == Evidence::kObserved  ? seen.observed
         : each.evidence == Evidence::kRefuted ? seen.refuted
                                               : seen.not_run)
            .push_back(text);
      }
    }
  }
  return seen;
}

class OnThisKernel : public testing::Test {
 protected:
  void SetUp() override {
    kernel_ = ProfileFor(IdentifyKernel().version);
    if (kernel_ == nullptr) GTEST_SKIP() << "no profile covers Linux " << IdentifyKernel().release;
    if (const absl::Status status = TryOneCall(); !status.ok()) GTEST_SKIP() << status.message();
  }
  const Profile* kernel_ = nullptr;
};

using Observing = OnThisKernel;

TEST_F(Observing, FindsThatThisKernelDoesWhatItsProfileSays) {
  const Seen seen = Look(*kernel_);
  EXPECT_THAT(seen.refuted, testing::IsEmpty());
  EXPECT_THAT(seen.observed, Contains("call addr=p0 len=1p flags=0\n / "));
  EXPECT_THAT(seen.observed, Contains("call addr=p0 len=max flags=0\n / "));
  EXPECT_THAT(seen.observed,
              Contains("map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n / "));
}

TEST_F(Observing, SaysWhatWasNotRunAndWhy) {
  const Seen seen = Look(*kernel_);
  EXPECT_THAT(seen.not_run, Contains(HasSubstr("about linux-1.3.21, not run here")));
  EXPECT_THAT(seen.not_run, Contains(HasSubstr("about posix-2017, not run here")));
  for (const std::string& each : seen.not_run) EXPECT_FALSE(absl::EndsWith(each, " / ")) << each;
}

struct WrongKernelRow {
  void (*plant)(Profile& kernel);
  std::string refuted;
};

TEST_F(Observing, RefutesAProfileThatIsWrong) {
  const WrongKernelRow kRows[] = {
      {[](Profile& kernel) { kernel.walk.hole = Errno::kEFAULT; },
       "call addr=p0 len=1p flags=0\n / this kernel answers ENOMEM"},
      {[](Profile& kernel) { kernel.arguments = FindProfile("linux-2.5.23")->arguments; },
       "call addr=p0 len=1p flags=MS_ASYNC|MS_SYNC\n / this kernel answers EINVAL"},
  };
  for (const WrongKernelRow& row : kRows) {
    Profile wrong = *kernel_;
    row.plant(wrong);
    EXPECT_THAT(Look(wrong).refuted, Contains(HasSubstr(row.refuted)));
  }
}

}  // namespace
}  // namespace msyncspec
