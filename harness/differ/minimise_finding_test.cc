// SPDX-License-Identifier: MIT
//
// A faulty kernel is stood for by a profile of another era, or by the other of two profiles.
#include "harness/differ/minimise_finding.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/differ/compare_predictions.h"
#include "harness/differ/confirm.h"
#include "harness/differ/run_and_judge.h"
#include "harness/differ/stages_to_test.h"
#include "harness/executor/opening_provider.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Of a time when no lock was looked for.
const Profile& Wrong() { return *FindProfile("linux-2.5.23"); }

Finding Found(absl::string_view text, const Disagreement& what) {
  const AnnotatedScenario annotated = Parse(text).value();
  return {.scenario = annotated.scenario,
          .disagreement = what,
          .origin = "seed 1, scenario 7",
          .command = "msyncspec check",
          .confirmations = kConfirmations};
}

// A lock among a lot that has nothing to do with it, and what the wrong profile says of it.
Finding LockNotLookedFor() {
  return Found(
      "file f0 memfd 8p\nfile f1 tmpfs 4p\n"
      "map p4 3p shared rw f0@2p\nmap p9 1p private r anon\nmap p20 4p shared rw f1@0\n"
      "call addr=p4 len=1p flags=0\n"
      "lock p21 2p\nwrite p4 1p\n"
      "call addr=p20 len=4p flags=MS_SYNC|MS_INVALIDATE\nunmap p4 1p\n",
      {.subject = Subject::kCall,
       .action = 6,
       .rule = "range.covered",
       .expected = "0",
       .observed = "EBUSY"});
}

TEST(MinimiseFinding, LeavesTheActionsThatShowIt) {
  const Finding least = MinimiseFinding(LockNotLookedFor(), Wrong(), KernelFiles());
  EXPECT_EQ(Print(least.scenario),
            "map p0 1p private rw anon\nlock p0 1p\ncall addr=p0 len=1p flags=MS_INVALIDATE\n");
  EXPECT_TRUE(least.disagreement.SameAs(LockNotLookedFor().disagreement));
  EXPECT_EQ(least.disagreement.action, 2);
  EXPECT_EQ(least.confirmations, kConfirmations);
  EXPECT_EQ(least.origin, "seed 1, scenario 7");
}

TEST(MinimiseFinding, WritesTheCommandAnew) {
  EXPECT_EQ(MinimiseFinding(LockNotLookedFor(), Wrong(), KernelFiles()).command,
            "msyncspec run --profile=linux-2.5.23 - <<'END'\n"
            "map p0 1p private rw anon\nlock p0 1p\ncall addr=p0 len=1p flags=MS_INVALIDATE\nEND");
}

TEST(MinimiseFinding, LeavesAnUnstableOneAsItIs) {
  Finding unstable = LockNotLookedFor();
  unstable.confirmations = kConfirmations - 1;
  const Finding same = MinimiseFinding(unstable, Wrong(), KernelFiles());
  EXPECT_EQ(same.scenario, unstable.scenario);
  EXPECT_EQ(same.command, unstable.command);
  EXPECT_EQ(same.confirmations, kConfirmations - 1);
}

TEST(MinimiseFinding, LeavesOneAsItIsThatThisKernelDoesNotShow) {
  const Finding gone = MinimiseFinding(LockNotLookedFor(), RightProfile(), KernelFiles());
  EXPECT_EQ(gone.scenario, LockNotLookedFor().scenario);
  EXPECT_EQ(gone.command, LockNotLookedFor().command);
}

TEST(MinimiseFinding, KeepsAFileWithoutWhichItDoesNotCome) {
  // Every file that is opened is one that cannot be synced.
  OpeningProvider swapped([](const File& file, Bytes page_size) {
    File served = file;
    served.backing = Backing::kSecret;
    return OpenKernelFile(file.backing == Backing::kDisk ? served : file, page_size);
  });
  const Finding found = Found(
      "file f0 tmpfs 2p\nfile f1 disk 3p\nmap p0 2p shared rw f0@0\nmap p2 3p shared rw f1@0\n"
      "map p5 1p private rw anon\ncall addr=p0 len=6p flags=MS_SYNC\n",
      {.subject = Subject::kCall,
       .action = 3,
       .rule = "range.covered",
       .expected = "0",
       .observed = "EINVAL"});
  EXPECT_EQ(Print(MinimiseFinding(found, RightProfile(), swapped).scenario),
            "file f0 disk 1p\nmap p0 1p shared rw f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n");
}

TEST(MinimiseFinding, TellsWhoWatchesHowFarItIs) {
  uint64_t tried = 0;
  size_t actions = 8;
  MinimiseFinding(LockNotLookedFor(), Wrong(), KernelFiles(), [&](const MinimiseProgress& now) {
    EXPECT_EQ(now.tried, tried + 1);
    EXPECT_LE(now.actions, actions);
    tried = now.tried;
    actions = now.actions;
    return true;
  });
  EXPECT_EQ(actions, 3);
}

TEST(MinimiseFinding, TriesNoMoreAfterTheWatcherHasSaidSo) {
  uint64_t tried = 0;
  MinimiseFinding(LockNotLookedFor(), Wrong(), KernelFiles(),
                  [&](const MinimiseProgress& /*now*/) { return ++tried < 2; });
  EXPECT_EQ(tried, 2);
}

TEST(MinimiseFinding, DeviationThatIsNoneAnyMoreIsLeftAsItIs) {
  Finding outdated = LockNotLookedFor();
  outdated.disagreement.subject = Subject::kDeviation;
  const Finding least =
      MinimiseFinding(outdated, Wrong(), KernelFiles(), [](const MinimiseProgress& /*now*/) {
        ADD_FAILURE() << "nothing is to be tried";
        return true;
      });
  EXPECT_EQ(least.scenario, outdated.scenario);
}

// What an author expects of a call, and the model does not say.
Finding WrongExpectation() {
  return Found(
      "map p0 1p private rw anon\nmap p2 2p private rw anon\ncall addr=p9 len=1p flags=0\n"
      "lock p2 1p\nunmap p3 1p\nmap p3 1p private rw anon\n"
      "call addr=p2 len=1p flags=MS_INVALIDATE\ncall addr=p0 len=1p flags=0\nunmap p0 4p\n",
      {.subject = Subject::kExpectation,
       .action = 6,
       .rule = "mapping.locked",
       .expected = "expect linux-6.18 0 by=range.covered",
       .observed = "expect linux-6.18 EBUSY by=mapping.locked"});
}

TEST(MinimiseFinding, OfAnExpectationKeepsWhatTheCallMeets) {
  const Finding least =
      MinimiseFinding(WrongExpectation(), *FindProfile("linux-6.18"), KernelFiles());
  EXPECT_EQ(Print(least.scenario),
            "map p0 1p private rw anon\nmap p2 2p private rw anon\nlock p2 1p\n"
            "call addr=p2 len=1p flags=MS_INVALIDATE\n");
  EXPECT_EQ(least.disagreement.action, 3);
  EXPECT_THAT(least.command, HasSubstr("MS_INVALIDATE\nexpect linux-6.18 0 by=range.covered\nEND"));
}

TEST(WithExpectation, AddsTheOneThatTheModelContradicts) {
  const AnnotatedScenario annotated = WithExpectation(WrongExpectation());
  ASSERT_THAT(annotated.expectations, SizeIs(1));
  EXPECT_EQ(annotated.expectations[0].action, 6);
  EXPECT_EQ(annotated.expectations[0].rule, "range.covered");
  EXPECT_THAT(WithExpectation(LockNotLookedFor()).expectations, IsEmpty());
}

TEST(MinimiseDifference, NeedsNoKernel) {
  const Profile& newest = *FindProfile("linux-6.18");
  Finding found = LockNotLookedFor();
  found.disagreement = ComparePredictions(found.scenario, newest, Wrong())[0];
  EXPECT_EQ(found.disagreement.action, 6);
  EXPECT_EQ(found.disagreement.expected, "EBUSY");
  EXPECT_EQ(found.disagreement.observed, "0");
  const Finding least = MinimiseDifference(found, newest, Wrong());
  EXPECT_EQ(Print(least.scenario),
            "map p0 1p private rw anon\nlock p0 1p\ncall addr=p0 len=1p flags=MS_INVALIDATE\n");
  EXPECT_EQ(least.disagreement.action, 2);
}

TEST(ComparePredictions, FindsNothingBetweenAProfileAndItself) {
  EXPECT_THAT(ComparePredictions(LockNotLookedFor().scenario, Wrong(), Wrong()), IsEmpty());
}

}  // namespace
}  // namespace msyncspec
