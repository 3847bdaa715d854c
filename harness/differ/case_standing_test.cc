// SPDX-License-Identifier: MIT
//
// How a rule of each force stands to what a kernel does in one case; all of it written by hand.
#include "harness/differ/case_standing.h"

#include <gmock/gmock.h>

#include <optional>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Pair;

constexpr Rule kKernelRule = {.id = "kernel.rule"};
constexpr char kFile[] =
    "file f0 memfd 1p\nmap p0 1p shared rw f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n";
constexpr char kReadOnly[] =
    "file f0 memfd 1p readonly\nmap p0 1p shared r f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n";

DocumentRule Row(absl::string_view id, Force force, Errno error = Errno::kOk,
                 Latitude latitude = Latitude::kSilent, SyncKind sync = SyncKind::kUpdated) {
  return {.rule = {.id = id}, .force = force, .error = error, .latitude = latitude, .sync = sync};
}

using Standings = std::vector<std::pair<std::string, Standing>>;

// What is said of a case in which all `rules` apply.
Standings Judged(const std::vector<DocumentRule>& rules, const Prediction& document,
                 const Prediction& kernel, const char* scenario = kFile,
                 Blame blame = Blame::kAlone) {
  Profile profile = {.name = "by-hand"};
  profile.clauses = rules;
  Explanation said = {.prediction = document};
  for (const DocumentRule& rule : profile.clauses) {
    said.steps.push_back({.rule = &rule.rule, .claims = document.syncs});
  }
  Standings standings;
  for (const CaseStanding& each :
       JudgeCase(profile, Parse(scenario).value().scenario, said, kernel)) {
    if (each.blame == blame) standings.emplace_back(each.rule->rule.id, each.standing);
  }
  return standings;
}

Prediction Says(Errno only, std::vector<SyncedRange> syncs = {}) {
  return {.outcomes = Outcomes(only), .rule = &kKernelRule, .syncs = std::move(syncs)};
}

SyncedRange Page(SyncKind kind, Errno answer = Errno::kOk) {
  return {.file = 0, .end = {4096}, .kind = kind, .answer = answer};
}

struct ForceRow {
  DocumentRule rule;
  Errno kernel;
  Standing standing;
};

TEST(JudgeCase, HoldsARuleThatDecidesAloneAgainstTheKernelsAnswer) {
  const DocumentRule fails = Row("r", Force::kFails, Errno::kEINVAL);
  const DocumentRule may_fail = Row("r", Force::kMayFail, Errno::kEINVAL);
  const DocumentRule somehow = Row("r", Force::kFailsSomehow);
  const DocumentRule forbids = Row("r", Force::kForbids);
  const DocumentRule silent = Row("r", Force::kLeavesOpen);
  const DocumentRule undefined = Row("r", Force::kLeavesOpen, Errno::kOk, Latitude::kUndefined);
  const DocumentRule succeeds = Row("r", Force::kSucceeds);
  const ForceRow kRows[] = {
      {fails, Errno::kEINVAL, Standing::kTrue},
      {fails, Errno::kOk, Standing::kStricter},
      {fails, Errno::kENOMEM, Standing::kContradicted},
      {may_fail, Errno::kEINVAL, Standing::kWeaker},
      {may_fail, Errno::kOk, Standing::kWeaker},
      {may_fail, Errno::kENOMEM, Standing::kContradicted},
      {somehow, Errno::kOk, Standing::kStricter},
      {somehow, Errno::kENOMEM, Standing::kWeaker},
      {forbids, Errno::kOk, Standing::kStricter},
      {forbids, Errno::kEINVAL, Standing::kWeaker},
      {silent, Errno::kOk, Standing::kSilent},
      {silent, Errno::kEIO, Standing::kSilent},
      {undefined, Errno::kOk, Standing::kWeaker},
      {succeeds, Errno::kOk, Standing::kTrue},
      {succeeds, Errno::kEBUSY, Standing::kContradicted},
  };
  for (const ForceRow& row : kRows) {
    EXPECT_EQ(Judged({row.rule}, Says(Errno::kOk), Says(row.kernel)),
              (Standings{{"r", row.standing}}))
        << static_cast<int>(row.rule.force) << " " << ErrnoName(row.kernel);
  }
}

TEST(JudgeCase, BlamesNoRuleForAnother) {
  const DocumentRule unmapped = Row("unmapped", Force::kFails, Errno::kENOMEM);
  const DocumentRule unaligned = Row("unaligned", Force::kFails, Errno::kEINVAL);
  const DocumentRule succeeds = Row("succeeds", Force::kSucceeds);
  const DocumentRule open = Row("open", Force::kLeavesOpen);
  Prediction both = Says(Errno::kENOMEM);
  both.outcomes.Add(Errno::kEINVAL);
  EXPECT_EQ(Judged({unmapped, unaligned, succeeds}, both, Says(Errno::kEINVAL)),
            (Standings{{"silence.error_order", Standing::kSilent}}));
  EXPECT_THAT(Judged({unmapped, open}, Says(Errno::kENOMEM), Says(Errno::kEIO)), IsEmpty());
  EXPECT_EQ(Judged({unmapped, succeeds}, Says(Errno::kENOMEM), Says(Errno::kENOMEM)),
            (Standings{{"unmapped", Standing::kTrue}}));
}

TEST(JudgeCase, SharesTheBlameWhereOthersSpeakToo) {
  const DocumentRule unmapped = Row("unmapped", Force::kFails, Errno::kENOMEM);
  const DocumentRule too_long = Row("too_long", Force::kFails, Errno::kEINVAL);
  const DocumentRule silence = Row("silence", Force::kLeavesOpen);
  Prediction both = Says(Errno::kENOMEM);
  both.outcomes.Add(Errno::kEINVAL);
  EXPECT_EQ(Judged({unmapped, too_long}, both, Says(Errno::kOk), kFile, Blame::kShared),
            (Standings{{"unmapped", Standing::kStricter}, {"too_long", Standing::kStricter}}));
  EXPECT_THAT(Judged({unmapped, too_long}, both, Says(Errno::kENOMEM), kFile, Blame::kShared),
              IsEmpty());
  EXPECT_EQ(Judged({unmapped, silence}, both, Says(Errno::kEIO), kFile, Blame::kShared),
            (Standings{{"silence", Standing::kSilent}}));
}

// To advise against something allows nothing more, so that others still decide alone.
TEST(JudgeCase, ReadsAdviceBesideOtherRules) {
  const DocumentRule advice = Row("advice", Force::kForbids, Errno::kOk, Latitude::kDetermined);
  const DocumentRule succeeds = Row("succeeds", Force::kSucceeds);
  EXPECT_EQ(Judged({advice, succeeds}, Says(Errno::kOk), Says(Errno::kOk)),
            (Standings{{"advice", Standing::kStricter}, {"succeeds", Standing::kTrue}}));
}

struct ClaimRow {
  SyncKind claimed;
  std::vector<SyncedRange> done;
  std::optional<Standing> standing;
  const char* scenario = kFile;
};

TEST(JudgeCase, HoldsClaimsAboutFilesAgainstWhatIsDoneToThem) {
  const ClaimRow kRows[] = {
      {SyncKind::kUpdated, {Page(SyncKind::kDataOnly)}, Standing::kTrue},
      {SyncKind::kUpdated, {Page(SyncKind::kFull)}, Standing::kTrue},
      {SyncKind::kUpdated, {Page(SyncKind::kScheduled)}, Standing::kContradicted},
      {SyncKind::kUpdated, {}, Standing::kContradicted},
      {SyncKind::kScheduled, {}, Standing::kContradicted},
      {SyncKind::kScheduled, {Page(SyncKind::kMarkedDirty)}, Standing::kTrue},
      {SyncKind::kInvalidated, {Page(SyncKind::kDataOnly)}, Standing::kContradicted},
  };
  for (const ClaimRow& row : kRows) {
    const DocumentRule rule = Row("r", Force::kSyncs, Errno::kOk, Latitude::kSilent, row.claimed);
    Standings expected;
    if (row.standing.has_value()) expected.emplace_back("r", *row.standing);
    EXPECT_EQ(Judged({rule}, Says(Errno::kOk, {Page(row.claimed)}), Says(Errno::kOk, row.done),
                     row.scenario),
              expected)
        << static_cast<int>(row.claimed);
  }
}

TEST(JudgeCase, AsksNothingOfFilesWhereTheOutcomeIsAnother) {
  const DocumentRule syncs = Row("syncs", Force::kSyncs);
  const Prediction claims = Says(Errno::kOk, {Page(SyncKind::kUpdated)});
  EXPECT_THAT(Judged({syncs}, claims, Says(Errno::kENOMEM)), IsEmpty());
}

// What a document is silent about besides takes nothing from what its clauses leave open.
TEST(JudgeCase, HoldsWhatIsLeftOpenBesideASilence) {
  DocumentRule undefined = Row("undefined", Force::kLeavesOpen, Errno::kOk, Latitude::kUndefined);
  DocumentRule forbids = Row("forbids", Force::kForbids);
  undefined.rule.cites = forbids.rule.cites = {{{"a-document", "A CLAUSE", "words"}}};
  const DocumentRule silence = Row("silence.any", Force::kLeavesOpen);
  EXPECT_THAT(Judged({undefined, silence}, Says(Errno::kOk), Says(Errno::kOk)),
              Contains(Pair("undefined", Standing::kWeaker)));
  EXPECT_THAT(Judged({forbids, silence}, Says(Errno::kOk), Says(Errno::kOk)),
              Contains(Pair("forbids", Standing::kStricter)));
}

TEST(JudgeCase, HoldsThatNothingIsDoneAgainstCallsThatCouldDoSomething) {
  const DocumentRule nothing = Row("nothing", Force::kSyncsNothing);
  EXPECT_EQ(Judged({nothing}, Says(Errno::kOk), Says(Errno::kOk)),
            (Standings{{"nothing", Standing::kTrue}}));
  EXPECT_EQ(Judged({nothing}, Says(Errno::kOk), Says(Errno::kOk, {Page(SyncKind::kMarkedDirty)})),
            (Standings{{"nothing", Standing::kContradicted}}));
  EXPECT_THAT(Judged({nothing}, Says(Errno::kOk), Says(Errno::kOk), kReadOnly), IsEmpty());
  EXPECT_THAT(Judged({nothing}, Says(Errno::kOk), Says(Errno::kEBUSY)), IsEmpty());
}

TEST(JudgeCase, NoticesWhatIsDoneBeforeAnError) {
  const DocumentRule unmapped = Row("unmapped", Force::kFails, Errno::kENOMEM);
  const Prediction partly = Says(Errno::kENOMEM, {Page(SyncKind::kDataOnly)});
  EXPECT_EQ(
      Judged({unmapped}, Says(Errno::kENOMEM), partly),
      (Standings{{"unmapped", Standing::kTrue}, {"silence.partial_effects", Standing::kSilent}}));
  // A file that answers with the error was not synced by the time of it.
  const Prediction failed = Says(Errno::kENOMEM, {Page(SyncKind::kDataOnly, Errno::kENOMEM)});
  EXPECT_EQ(Judged({unmapped}, Says(Errno::kENOMEM), failed),
            (Standings{{"unmapped", Standing::kTrue}}));
}

TEST(CommonSilences, AreNobodysClauses) {
  std::vector<std::string> ids;
  for (const DocumentRule* rule : CommonSilences()) {
    ids.emplace_back(rule->rule.id);
    EXPECT_TRUE(rule->rule.cites[0].source.empty());
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"silence.error_order", "silence.partial_effects"}));
}

}  // namespace
}  // namespace msyncspec
