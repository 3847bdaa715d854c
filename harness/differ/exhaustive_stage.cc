// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/exhaustive_sweep.h"
#include "harness/differ/run_and_judge.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/executor/worker.h"
#include "harness/generate/exhaustive.h"

namespace msyncspec {
namespace {

// The classes that this target can build, and why it cannot build the others.
struct Buildable {
  std::vector<SlotClass> classes = {SlotClass::kHole, SlotClass::kPrivate};
  Backing without_fsync = Backing::kBpfArray;
  std::vector<std::pair<SlotClass, std::string>> refused;
};

// Tries a scenario with nothing but a page of that class. Returns why the target cannot build it,
// empty if it can; not ok where the harness fails.
absl::StatusOr<std::string> WhyNot(const StageContext& context, SlotClass slot_class,
                                   Backing without_fsync) {
  const ExhaustiveScope one(1, {SlotClass::kHole, slot_class}, without_fsync);
  Scenario scenario = one.ToScenario(1, 0);
  // Only the file that this class maps; the others may be the ones that cannot be had.
  Step& step = std::get<Step>(scenario.actions.front());
  if (step.file == kNoFile) {
    scenario.files.clear();
  } else {
    scenario.files = {scenario.files[static_cast<size_t>(step.file)]};
    step.file = 0;
  }
  const ScenarioRun run = RunAndJudge({scenario, {}}, context.profile, context.provider);
  if (run.judgement.verdict == Verdict::kBroken) {
    return absl::InternalError(run.judgement.reason);
  }
  if (run.judgement.verdict == Verdict::kUnsupported) return run.judgement.reason;
  // A refusal that nobody predicts is a finding, which the sweep makes.
  if (run.judgement.verdict == Verdict::kDisagree) return "";
  const Errno answer = run.observation->actions.front().answer;
  return answer == Errno::kOk ? "" : absl::StrCat("mmap answers ", ErrnoName(answer));
}

absl::StatusOr<Buildable> FindBuildable(const StageContext& context) {
  Buildable buildable;
  for (const SlotClass slot_class : {SlotClass::kShared, SlotClass::kSharedReadOnlyFile,
                                     SlotClass::kPrivateLocked, SlotClass::kSharedLocked}) {
    const absl::StatusOr<std::string> why = WhyNot(context, slot_class, buildable.without_fsync);
    if (!why.ok()) return why.status();
    if (why->empty()) {
      buildable.classes.push_back(slot_class);
    } else {
      buildable.refused.emplace_back(slot_class, *why);
    }
  }
  std::string why_no_file;
  for (const Backing backing : {Backing::kBpfArray, Backing::kPerf, Backing::kIoUring}) {
    const absl::StatusOr<std::string> why =
        WhyNot(context, SlotClass::kSharedWithoutFsync, backing);
    if (!why.ok()) return why.status();
    if (why->empty()) {
      buildable.without_fsync = backing;
      buildable.classes.push_back(SlotClass::kSharedWithoutFsync);
      return buildable;
    }
    absl::StrAppend(&why_no_file, why_no_file.empty() ? "" : "; ", *why);
  }
  buildable.refused.emplace_back(SlotClass::kSharedWithoutFsync, why_no_file);
  return buildable;
}

// Says which layouts are left out: all those that contain a class that cannot be built.
void CountRefused(const Buildable& buildable, int scope, StageResult& result) {
  uint64_t without = 1, with = 1;
  for (int i = 0; i < scope; ++i) without *= buildable.classes.size();
  size_t classes = buildable.classes.size();
  for (const auto& [slot_class, why] : buildable.refused) {
    ++classes;
    with = 1;
    for (int i = 0; i < scope; ++i) with *= classes;
    result.unsupported[absl::StrCat("pages that are ", SlotClassName(slot_class), ": ", why)]
        .layouts += with - without;
    without = with;
  }
}

}  // namespace

StageResult RunExhaustiveStage(const StageContext& context, int scope) {
  StageResult result = {.name = "exhaustive"};
  const Stopwatch stopwatch;
  const absl::StatusOr<Buildable> buildable = FindBuildable(context);
  if (!buildable.ok()) {
    result.status = buildable.status();
    return result;
  }
  CountRefused(*buildable, scope, result);
  const ExhaustiveScope layouts(scope, buildable->classes, buildable->without_fsync);

  SharedMemory<SweepState> state;
  const SweepResult sweep = RunSweep(
      *state,
      [&](SweepState& shared, uint64_t start) {
        absl::StatusOr<std::unique_ptr<ExhaustiveSweep>> made =
            ExhaustiveSweep::Make(layouts, context.profile, context.provider);
        if (!made.ok()) return shared.Fail(made.status());
        (*made)->Run(start, layouts.layouts(), shared);
        shared.finished = !shared.stop;
      },
      [&](const SweepState& shared) {
        return context.progress({.stage = result.name,
                                 .done = static_cast<double>(shared.counts.layouts) /
                                         static_cast<double>(layouts.layouts()),
                                 .layouts = shared.counts.layouts,
                                 .calls = shared.counts.calls,
                                 .suspects = shared.Suspects().size()});
      });
  TakeSweep(sweep, state->counts, stopwatch.Elapsed(), result);
  for (Suspect suspect : state->Suspects()) {
    if (sweep.stopped || context.progress({.stage = result.name, .done = 1}) == Go::kStop) break;
    const Scenario scenario = layouts.ToScenario(suspect.position, suspect.item);
    suspect.item = scenario.actions.size() - 1;
    AddFindings(context, scenario, suspect,
                absl::StrCat("layout ", suspect.position, " of scope ", scope), "", result);
  }
  return result;
}

}  // namespace msyncspec
