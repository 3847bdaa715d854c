// SPDX-License-Identifier: MIT
//
// A faulty kernel is stood for by a wrong profile, or by answers that are not the kernel's.
#include "harness/differ/in_process_run.h"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "harness/differ/run_and_judge.h"
#include "harness/differ/stages_to_test.h"
#include "harness/scenario/parse.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr absl::string_view kLocked =
    "map p0 1p private rw anon\nlock p0 1p\nmap p4 1p private r anon\n"
    "call addr=p0 len=1p flags=0\ncall addr=p0 len=1p flags=MS_INVALIDATE\n"
    "call addr=p1 len=1p flags=0\n";

// Of a time when no lock was looked for.
const Profile& Wrong() { return *FindProfile("linux-2.5.23"); }

// The kernel's files, and other answers than the kernel's.
class BusyFiles final : public FileProvider, private AnswerFilter {
 public:
  absl::Status Prepare(std::span<const File> files, Bytes page_size) override {
    return KernelFiles().Prepare(files, page_size);
  }
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override {
    return KernelFiles().Open(files, i, page_size);
  }
  AnswerFilter* answers() override { return this; }

 private:
  Errno Pass(const Call& /*call*/, const AddressSpace& /*space*/, Errno answer) override {
    return answer == Errno::kOk ? Errno::kEBUSY : answer;
  }
};

class Onlooker final : public CallOnlooker {
 public:
  void Saw(const Call& /*call*/, const AddressSpace& /*space*/, const Prediction& prediction,
           Errno observed) override {
    seen.push_back(std::string(prediction.rule->id) + ": " + std::string(ErrnoName(observed)));
  }
  std::vector<std::string> seen;
};

// Scenarios in this process, with what was recorded of them.
class Performed {
 public:
  explicit Performed(absl::string_view text, const Profile& profile = RightProfile(),
                     FileProvider& provider = KernelFiles())
      : scenario_(Parse(text).value().scenario),
        target_(SweepTarget::Make(scenario_.files, profile, provider).value()),
        run_(profile, *target_, &onlooker_) {
    for (size_t i = 0; i < scenario_.files.size(); ++i) files_[i] = target_->file(i);
  }
  ~Performed() { run_.CleanUp(scenario_); }

  Way Perform(uint64_t position = 0) {
    return run_.Perform(scenario_, std::span(files_).first(scenario_.files.size()), position,
                        *state_);
  }
  void CleanUp() { run_.CleanUp(scenario_); }
  void CompareView() { run_.CompareView(scenario_, 0, *state_); }

  SweepTarget& target() { return *target_; }
  const SweepState& state() const { return *state_; }
  const std::vector<std::string>& seen() const { return onlooker_.seen; }

  off_t SizeOfFile(size_t i) const {
    struct stat status = {};
    EXPECT_EQ(fstat(files_[i]->descriptor(), &status), 0);
    return status.st_size;
  }

  // How many of the arena's pages are mapped.
  int Mapped() const {
    const uint64_t page = target_->machine().page_size.count;
    int mapped = 0;
    for (uint64_t i = 0; i < kArenaPages; ++i) {
      unsigned char resident = 0;
      void* const at = reinterpret_cast<void*>(target_->surroundings().arena.value + i * page);
      mapped += mincore(at, page, &resident) == 0 || errno != ENOMEM;
    }
    return mapped;
  }

 private:
  const Scenario scenario_;
  Onlooker onlooker_;
  std::unique_ptr<SweepTarget> target_;
  std::array<const OpenedFile*, kMaxFiles> files_{};
  std::unique_ptr<SweepState> state_ = std::make_unique<SweepState>();
  InProcessRun run_;
};

TEST(InProcessRun, SuspectsNothingWhereTheProfileIsRight) {
  Performed run(kLocked);
  EXPECT_EQ(run.Perform(), Way::kFollowed);
  EXPECT_THAT(run.state().Suspects(), IsEmpty());
  EXPECT_EQ(run.state().counts.steps, 3);
  EXPECT_EQ(run.state().counts.calls, 3);
  EXPECT_EQ(run.state().counts.disagreed, 0);
}

TEST(InProcessRun, RecordsASuspiciousCallAndGoesOn) {
  Performed run(kLocked, Wrong());
  EXPECT_EQ(run.Perform(/*position=*/7), Way::kFollowed);
  EXPECT_EQ(run.state().counts.calls, 3);
  ASSERT_THAT(run.state().Suspects(), SizeIs(1));
  const Suspect suspect = run.state().Suspects()[0];
  EXPECT_EQ(suspect.subject, Subject::kCall);
  EXPECT_EQ(suspect.position, 7);
  EXPECT_EQ(suspect.item, 4);
  EXPECT_EQ(suspect.rule->id, "range.covered");
  EXPECT_EQ(suspect.expected, Outcomes(Errno::kOk));
  EXPECT_EQ(suspect.observed, Errno::kEBUSY);
}

TEST(InProcessRun, RecordsASuspiciousStepAndGoesNoFurther) {
  Profile wrong = RightProfile();
  wrong.layout.remap_moves_several = !wrong.layout.remap_moves_several;
  Performed run(
      "map p0 1p private rw anon\nmap p1 1p private r anon\nremap p0 2p 2p to=p8\n"
      "call addr=p0 len=1p flags=0\n",
      wrong);
  EXPECT_EQ(run.Perform(), Way::kSuspect);
  ASSERT_THAT(run.state().Suspects(), SizeIs(1));
  const Suspect suspect = run.state().Suspects()[0];
  EXPECT_EQ(suspect.subject, Subject::kStep);
  EXPECT_EQ(suspect.step, StepKind::kRemap);
  EXPECT_EQ(suspect.item, 2);
  EXPECT_NE(suspect.expected, Outcomes(suspect.observed));
  EXPECT_EQ(run.state().counts.calls, 0);
}

TEST(InProcessRun, LeavesTheProcessAsItWas) {
  Performed run(
      "file f0 memfd 4p\nmap p0 4p shared rw f0@0\nmap p9 2p private rw anon locked\n"
      "truncate f0 1p\nmap p1023 1p private r anon\ncall addr=p0 len=4p flags=MS_SYNC\n");
  const off_t size = run.SizeOfFile(0);
  EXPECT_EQ(run.Mapped(), 0);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(run.Perform(), Way::kFollowed);
    EXPECT_EQ(run.SizeOfFile(0), size / 4);
    EXPECT_EQ(run.Mapped(), 7);
    run.CleanUp();
    EXPECT_EQ(run.SizeOfFile(0), size);
    EXPECT_EQ(run.Mapped(), 0);
  }
  EXPECT_THAT(run.state().Suspects(), IsEmpty());
}

TEST(InProcessRun, ShowsItsOnlookerEachComparedCall) {
  Performed run(kLocked);
  run.Perform();
  EXPECT_THAT(run.seen(),
              ElementsAre("range.covered: 0", "mapping.locked: EBUSY", "hole.reaches_end: ENOMEM"));
}

TEST(InProcessRun, SuspectsALayoutThatIsAnother) {
  Performed run("map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n");
  run.Perform();
  run.CompareView();
  if (run.state().counts.views == 0) GTEST_SKIP() << "no /proc/self/smaps";
  EXPECT_THAT(run.state().Suspects(), IsEmpty());
  run.target().layout().Reset({});
  run.CompareView();
  ASSERT_THAT(run.state().Suspects(), SizeIs(1));
  EXPECT_EQ(run.state().Suspects()[0].subject, Subject::kLayout);
}

TEST(SweepTarget, PassesAnswersThroughTheFilterOfItsProvider) {
  BusyFiles busy;
  Performed run(kLocked, RightProfile(), busy);
  run.Perform();
  EXPECT_THAT(run.seen(), ElementsAre("range.covered: EBUSY", "mapping.locked: EBUSY",
                                      "hole.reaches_end: ENOMEM"));
}

TEST(RunAndJudge, PassesAnswersThroughTheFilterOfItsProvider) {
  BusyFiles busy;
  const AnnotatedScenario mapped =
      Parse("map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\ncall addr=p4 len=1p flags=0\n")
          .value();
  const Judgement judgement = RunAndJudge(mapped, RightProfile(), busy).judgement;
  EXPECT_EQ(judgement.verdict, Verdict::kDisagree);
  ASSERT_THAT(judgement.disagreements, SizeIs(1));
  EXPECT_EQ(judgement.disagreements[0].action, 1);
  EXPECT_EQ(judgement.disagreements[0].observed, "EBUSY");
}

TEST(SweepTarget, TakesMappingsForPlainWhereNoneIsLocked) {
  Performed run("call addr=p0 len=1p flags=0\n");
  run.CompareView();
  if (run.state().counts.views == 0) GTEST_SKIP() << "no /proc/self/smaps";
  run.target().TakeAmbientForPlain();
  EXPECT_TRUE(run.target().surroundings().ambient_is_plain);
  EXPECT_FALSE(run.target().surroundings().ambient_known);
  EXPECT_THAT(run.target().surroundings().ambient, IsEmpty());
  const size_t page = run.target().machine().page_size.count;
  void* const locked = mmap(nullptr, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_EQ(mlock(locked, page), 0);
  run.target().TakeAmbientForPlain();
  EXPECT_FALSE(run.target().surroundings().ambient_is_plain);
  munmap(locked, page);
}

TEST(SweepTarget, PlainMappingsDecideNoComparedCall) {
  Performed run(
      "map p0 1p private rw anon\ncall addr=p0 len=to-last flags=0\n"
      "call addr=p0-4096p len=1p flags=0\ncall addr=p0+4194304 len=1p flags=0\n");
  run.target().TakeAmbientForPlain();
  if (!run.target().surroundings().ambient_is_plain) GTEST_SKIP() << "no /proc/self/smaps";
  EXPECT_EQ(run.Perform(), Way::kFollowed);
  EXPECT_THAT(run.state().Suspects(), IsEmpty());
  EXPECT_THAT(run.seen(), ElementsAre("hole.nothing_behind: ENOMEM"));
  EXPECT_EQ(run.state().counts.unsupported_calls, 2);
}

}  // namespace
}  // namespace msyncspec
