// SPDX-License-Identifier: MIT
#include "harness/scenario/predict_scenario.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Bytes kPage = {4096};
constexpr char kExample[] = R"(
file  f0  memfd 4p
map   p0 2p  shared rw  f0@0
map   p3 1p  private rw anon
lock  p3 1p
call  addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE
)";

const Profile& Newest() { return *FindProfile("linux-6.18"); }

ScenarioPrediction PredictText(absl::string_view text, const Profile& profile = Newest()) {
  return PredictScenario(Parse(text).value().scenario, profile, BareSurroundings());
}

// Returns "expected / predicted" of each mismatch between the example and `expectation`.
std::vector<std::string> Mismatches(absl::string_view expectation) {
  const AnnotatedScenario annotated = Parse(absl::StrCat(kExample, expectation)).value();
  const ScenarioPrediction prediction =
      PredictScenario(annotated.scenario, Newest(), BareSurroundings());
  std::vector<std::string> texts;
  for (const ExpectationMismatch& mismatch :
       CompareExpectations(annotated, Newest(), prediction, kPage)) {
    texts.push_back(absl::StrCat(mismatch.expected, " / ", mismatch.predicted));
  }
  return texts;
}

TEST(PredictScenario, SyncsWhatPrecedesTheLockAndStopsThere) {
  const ScenarioPrediction prediction = PredictText(kExample);
  ASSERT_THAT(prediction.actions, SizeIs(4));
  EXPECT_EQ(prediction.actions[2].step.result, Errno::kOk);
  const Prediction& call = prediction.actions[3].call.prediction;
  EXPECT_EQ(call.outcomes, Outcomes(Errno::kEBUSY));
  EXPECT_EQ(call.rule->id, "mapping.locked");
  EXPECT_THAT(call.syncs, ElementsAre(SyncedRange{.file = 0, .end = {8192}}));
}

TEST(PredictScenario, GivesTheLayoutThatEachCallMeets) {
  const ScenarioPrediction prediction = PredictText(
      "map p0 1p private rw anon\ncall addr=p0 len=0 flags=0\n"
      "map p2 1p private rw anon\ncall addr=p0 len=0 flags=0\nunmap p0 4p\n");
  ASSERT_THAT(prediction.actions, SizeIs(5));
  EXPECT_THAT(prediction.actions[1].space.mappings(), SizeIs(1));
  EXPECT_THAT(prediction.actions[3].space.mappings(), SizeIs(2));
  EXPECT_THAT(prediction.final_layout, IsEmpty());
}

TEST(PredictScenario, StopsAtAStepThatIsNotModelled) {
  const ScenarioPrediction prediction =
      PredictText("map p0 1p private rw anon\nremap p0 0 1p to=p5\ncall addr=p0 len=0 flags=0\n");
  EXPECT_EQ(prediction.unmodelled, "mremap of length 0 duplicates a mapping");
  EXPECT_THAT(prediction.actions, SizeIs(1));
}

TEST(PredictScenario, CutsTheRegistersOfA32BitCaller) {
  const ScenarioPrediction prediction = PredictText(
      "map p0 1p private rw anon\n"
      "call addr=p0 len=max flags=0 caller=compat\n"
      "call addr=p0 len=max flags=0\n");
  EXPECT_EQ(prediction.actions[1].call.prediction.outcomes, Outcomes(Errno::kENOMEM));
  EXPECT_EQ(prediction.actions[2].call.prediction.outcomes, Outcomes(Errno::kOk));
  EXPECT_EQ(prediction.actions[2].call.prediction.rule->id, "range.empty");
}

TEST(PredictScenario, FollowsTheProfile) {
  const ScenarioPrediction prediction = PredictText(kExample, *FindProfile("linux-1.3.21"));
  EXPECT_EQ(prediction.actions[3].call.prediction.outcomes, Outcomes(Errno::kEFAULT));
}

TEST(Expectations, HoldWhereEveryAttributeIsRight) {
  EXPECT_THAT(Mismatches("expect linux-6.18 EBUSY"), IsEmpty());
  EXPECT_THAT(Mismatches("expect linux-6.18 EBUSY by=mapping.locked synced=f0[0,2p)"), IsEmpty());
}

TEST(Expectations, MayCountBytesInPlaceOfPages) {
  EXPECT_THAT(Mismatches("expect linux-6.18 EBUSY synced=f0[0,1p+4096)"), IsEmpty());
  EXPECT_THAT(Mismatches("expect linux-6.18 EBUSY synced=f0[4096-1p,8192)"), IsEmpty());
}

TEST(Expectations, OfOtherProfilesAreNotCompared) {
  EXPECT_THAT(Mismatches("expect linux-1.3.21 EIO by=mapping.synced synced=none"), IsEmpty());
}

struct WrongRow {
  std::string expectation;
  std::string predicted;
};

TEST(Expectations, FailWhereOneAttributeIsWrong) {
  const WrongRow kRows[] = {
      {"expect linux-6.18 ENOMEM", "expect linux-6.18 EBUSY"},
      {"expect linux-6.18 0", "expect linux-6.18 EBUSY"},
      {"expect linux-6.18 EBUSY by=hole.remembered", "expect linux-6.18 EBUSY by=mapping.locked"},
      {"expect linux-6.18 EBUSY synced=none", "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f1[0,2p)", "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f0[0,3p)", "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f0[1p,2p)", "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f0[all)", "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f0[0,2p)+metadata",
       "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f0[0,2p)!EIO", "expect linux-6.18 EBUSY synced=f0[0,2p)"},
      {"expect linux-6.18 EBUSY synced=f0[0,1p),f0[1p,2p)",
       "expect linux-6.18 EBUSY synced=f0[0,2p)"},
  };
  for (const WrongRow& row : kRows) {
    EXPECT_THAT(Mismatches(row.expectation),
                ElementsAre(absl::StrCat(row.expectation, " / ", row.predicted)));
  }
}

TEST(Expectations, OfAStepAreItsAnswerOrItsSignal) {
  const AnnotatedScenario annotated = Parse(
                                          "lock p0 1p\n"
                                          "expect linux-6.18 ENOMEM\n"
                                          "expect linux-6.18 0\n"
                                          "write p0 1p\n"
                                          "expect linux-6.18 SIGSEGV\n"
                                          "expect linux-6.18 SIGBUS\n"
                                          "call addr=p0 len=0 flags=0\n")
                                          .value();
  const ScenarioPrediction prediction =
      PredictScenario(annotated.scenario, Newest(), BareSurroundings());
  const std::vector<ExpectationMismatch> mismatches =
      CompareExpectations(annotated, Newest(), prediction, kPage);
  ASSERT_THAT(mismatches, SizeIs(2));
  EXPECT_EQ(mismatches[0].predicted, "expect linux-6.18 ENOMEM");
  EXPECT_EQ(mismatches[1].predicted, "expect linux-6.18 SIGSEGV");
}

TEST(Expected, NamesRangesInPagesAndTheBytesBesideThem) {
  EXPECT_THAT(Expected({{.file = 1, .begin = {4096}, .end = {9000}, .answer = Errno::kEIO}}, kPage),
              ElementsAre(ExpectedSync{.file = 1,
                                       .begin = {.pages = 1},
                                       .end = {.pages = 2, .bytes = 808},
                                       .answer = Errno::kEIO}));
  EXPECT_THAT(
      Expected({{.file = 0, .end = SyncedRange::kToEndOfFile, .kind = SyncKind::kFull}}, kPage),
      ElementsAre(ExpectedSync{.file = 0, .to_end_of_file = true, .kind = SyncKind::kFull}));
}

}  // namespace
}  // namespace msyncspec
