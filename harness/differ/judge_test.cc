// SPDX-License-Identifier: MIT
//
// Nothing is run here: observations and what has to be said of them are written by hand.
#include "harness/differ/judge.h"

#include <gmock/gmock.h>

#include <csignal>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using State = ActionObservation::State;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A page that is locked, another that is not, and calls that tell them apart.
constexpr char kLockedPage[] =
    "map p0 2p private rw anon\n"
    "lock p0 1p\n"
    "call addr=p0 len=1p flags=MS_INVALIDATE\n"
    "call addr=p1 len=1p flags=MS_INVALIDATE\n"
    "call addr=p0 len=0 flags=0x8\n";

// The same actions as they answer on Linux.
std::vector<ActionObservation> Answers(Errno map, Errno lock, Errno locked, Errno unlocked,
                                       Errno unknown_flag) {
  return {{State::kDone, map},
          {State::kDone, lock},
          {State::kDone, locked},
          {State::kDone, unlocked},
          {State::kDone, unknown_flag}};
}
std::vector<ActionObservation> LinuxAnswers() {
  return Answers(Errno::kOk, Errno::kOk, Errno::kEBUSY, Errno::kOk, Errno::kEINVAL);
}

Observation Observed(std::vector<ActionObservation> actions) {
  return {.surroundings = BareSurroundings(), .actions = std::move(actions)};
}

Judgement JudgeText(const std::string& text, const Observation& observation) {
  return Judge(Parse(text).value(), *FindProfile("linux-6.18"), observation);
}

void ExpectOne(const Judgement& judgement, const Disagreement& expected) {
  EXPECT_EQ(judgement.verdict, Verdict::kDisagree);
  ASSERT_THAT(judgement.disagreements, SizeIs(1));
  const Disagreement& got = judgement.disagreements[0];
  EXPECT_TRUE(got.SameAs(expected)) << got.rule << " " << got.expected << " " << got.observed;
  EXPECT_EQ(got.action, expected.action);
}

TEST(Judge, AgreesWhereEveryAnswerIsThePredictedOne) {
  const Judgement judgement = JudgeText(kLockedPage, Observed(LinuxAnswers()));
  EXPECT_EQ(judgement.verdict, Verdict::kAgree);
  EXPECT_THAT(judgement.disagreements, IsEmpty());
  EXPECT_THAT(judgement.reason, IsEmpty());
  EXPECT_EQ(judgement.calls, 3);
  EXPECT_EQ(judgement.walked, 2);
}

TEST(Judge, NamesTheRuleOfACallThatAnswersOtherwise) {
  const Judgement judgement =
      JudgeText(kLockedPage,
                Observed(Answers(Errno::kOk, Errno::kOk, Errno::kOk, Errno::kOk, Errno::kEINVAL)));
  ExpectOne(judgement, {.subject = Subject::kCall,
                        .action = 2,
                        .rule = "mapping.locked",
                        .expected = "EBUSY",
                        .observed = "0"});
  EXPECT_EQ(judgement.calls, 3);
}

TEST(Judge, ComparesTheCallsBehindOneThatAnswersOtherwise) {
  const Judgement judgement = JudgeText(
      kLockedPage, Observed(Answers(Errno::kOk, Errno::kOk, Errno::kEIO, Errno::kOk, Errno::kOk)));
  ASSERT_THAT(judgement.disagreements, SizeIs(2));
  EXPECT_EQ(judgement.disagreements[0].observed, "EIO");
  EXPECT_EQ(judgement.disagreements[1].rule, "flags.unknown");
  EXPECT_EQ(judgement.disagreements[1].action, 4);
}

TEST(Judge, BlamesAStepAndComparesNothingBehindIt) {
  const Judgement judgement = JudgeText(
      kLockedPage,
      Observed(Answers(Errno::kOk, Errno::kEPERM, Errno::kOk, Errno::kOk, Errno::kEINVAL)));
  ExpectOne(judgement, {.subject = Subject::kStep,
                        .action = 1,
                        .rule = "lock",
                        .expected = "0",
                        .observed = "EPERM"});
  EXPECT_EQ(judgement.calls, 0);
}

TEST(Judge, CallsADeathInACallACrash) {
  Observation observation = Observed(LinuxAnswers());
  observation.actions[3] = {State::kBegun};
  observation.actions[4] = {State::kNotReached};
  observation.signal = SIGKILL;
  ExpectOne(JudgeText(kLockedPage, observation), {.subject = Subject::kCrash,
                                                  .action = 3,
                                                  .rule = "range.covered",
                                                  .expected = "0",
                                                  .observed = "killed by signal 9 (Killed)"});
}

TEST(Judge, CallsACallThatDoesNotComeBackAHang) {
  Observation observation = Observed(LinuxAnswers());
  observation.actions[2] = {State::kBegun};
  observation.actions[3] = observation.actions[4] = {State::kNotReached};
  observation.hung = true;
  ExpectOne(JudgeText(kLockedPage, observation), {.subject = Subject::kHang,
                                                  .action = 2,
                                                  .rule = "mapping.locked",
                                                  .expected = "EBUSY",
                                                  .observed = "does not come back"});
}

TEST(Judge, CallsADeathBetweenActionsACrash) {
  Observation observation = Observed(LinuxAnswers());
  observation.actions[4] = {State::kNotReached};
  observation.signal = SIGSEGV;
  ExpectOne(JudgeText(kLockedPage, observation),
            {.subject = Subject::kCrash,
             .action = 4,
             .expected = "the next action",
             .observed = "killed by signal 11 (Segmentation fault)"});
}

TEST(Judge, PassesOverAStoreThatWasNotPerformed) {
  const Judgement judgement =
      JudgeText("write p0 1p\ncall addr=p0 len=0 flags=0\n",
                Observed({{State::kNotPerformed}, {State::kDone, Errno::kOk}}));
  EXPECT_EQ(judgement.verdict, Verdict::kAgree);
  EXPECT_EQ(judgement.calls, 1);
}

TEST(Judge, NamesThePageWhereTheKernelsOwnViewDiffers) {
  // This process maps nothing in the arena, so its view lacks what the model says is there.
  Observation observation = Observed({{State::kDone}, {State::kDone, Errno::kOk}});
  observation.view->Read();
  ASSERT_EQ(observation.view->source(), KernelView::Source::kSmaps);
  observation.surroundings.arena = {0x7000'0000'0000};
  ExpectOne(JudgeText("map p1 1p private r anon\ncall addr=p0 len=0 flags=0\n", observation),
            {.subject = Subject::kLayout,
             .action = 1,
             .expected = "p1: private, r-",
             .observed = "unmapped"});
}

TEST(Judge, SaysWhereTheAuthorExpectsOtherThanTheModelSays) {
  ExpectOne(JudgeText("call addr=p0 len=0 flags=0\nexpect linux-6.18 EBUSY by=mapping.locked\n",
                      Observed({{State::kDone, Errno::kOk}})),
            {.subject = Subject::kExpectation,
             .rule = "range.empty",
             .expected = "expect linux-6.18 EBUSY by=mapping.locked",
             .observed = "expect linux-6.18 0 by=range.empty"});
}

TEST(Judge, LeavesExpectationsOfOtherProfilesAlone) {
  EXPECT_EQ(JudgeText("call addr=p0 len=0 flags=0\nexpect linux-1.3.21 EBUSY\n",
                      Observed({{State::kDone, Errno::kOk}}))
                .verdict,
            Verdict::kAgree);
}

// What an author expects is about the profile, not about what the running user may lock.
TEST(Judge, HoldsNoLimitOfTheProcessAgainstAnExpectation) {
  Observation observation = Observed(
      {{State::kDone, Errno::kOk}, {State::kDone, Errno::kEPERM}, {State::kDone, Errno::kOk}});
  observation.surroundings.lock_limit = Bytes{0};
  const Judgement judgement = JudgeText(
      "map p0 1p private rw anon\nlock p0 1p\nexpect linux-6.18 0\n"
      "call addr=p0 len=1p flags=MS_INVALIDATE\nexpect linux-6.18 EBUSY by=mapping.locked\n",
      observation);
  EXPECT_EQ(judgement.verdict, Verdict::kAgree);
}

TEST(Judge, IsUnsupportedWhereTheModelCannotFollow) {
  const Judgement judgement = JudgeText(
      "map p0 1p shared rw anon\nremap p0 0 1p to=p4\ncall addr=p0 len=1p flags=MS_SYNC\n",
      Observed({{State::kDone}, {State::kNotReached}, {State::kNotReached}}));
  EXPECT_EQ(judgement.verdict, Verdict::kUnsupported);
  EXPECT_THAT(judgement.reason, HasSubstr("not modelled: "));
  EXPECT_EQ(judgement.calls, 0);
}

TEST(Judge, DoesNotCompareWhatReachesUnknownMappings) {
  Observation observation = Observed({{State::kDone}, {State::kDone, Errno::kEIO}});
  observation.surroundings.ambient_known = false;
  const std::string map = "map p0 1p private r anon\n";
  const Judgement beyond = JudgeText(map + "call addr=0x0 len=to-last flags=0\n", observation);
  EXPECT_EQ(beyond.verdict, Verdict::kUnsupported);
  EXPECT_EQ(beyond.reason, kUnknownBeyondArena);
  EXPECT_EQ(beyond.calls, 0);
  EXPECT_EQ(beyond.beyond, 1);
  ExpectOne(JudgeText(map + "call addr=p0 len=1p flags=0\n", observation),
            {.subject = Subject::kCall,
             .action = 1,
             .rule = "range.covered",
             .expected = "0",
             .observed = "EIO"});
}

TEST(Disagreement, IsTheSameWhereverItWasMade) {
  const Disagreement one = {Subject::kCall, 3, "range.empty", "0", "EINVAL"};
  EXPECT_TRUE(one.SameAs({Subject::kCall, 9, "range.empty", "0", "EINVAL"}));
  EXPECT_FALSE(one.SameAs({Subject::kStep, 3, "range.empty", "0", "EINVAL"}));
  EXPECT_FALSE(one.SameAs({Subject::kCall, 3, "range.wraps", "0", "EINVAL"}));
  EXPECT_FALSE(one.SameAs({Subject::kCall, 3, "range.empty", "EIO", "EINVAL"}));
  EXPECT_FALSE(one.SameAs({Subject::kCall, 3, "range.empty", "0", "EIO"}));
}

}  // namespace
}  // namespace msyncspec
