// SPDX-License-Identifier: MIT
#include "harness/differ/in_process_run.h"

#include <algorithm>
#include <optional>

#include "harness/executor/this_process.h"
#include "model/predict.h"

namespace msyncspec {

InProcessRun::InProcessRun(const Profile& profile, SweepTarget& target, CallOnlooker* onlooker)
    : profile_(profile),
      target_(target),
      onlooker_(onlooker),
      performer_(target_.machine(), target_.surroundings().arena, files_) {
  prediction_.syncs.reserve(kArenaPages);
}

Way InProcessRun::Perform(const Scenario& scenario, std::span<const OpenedFile* const> files,
                          uint64_t position, SweepState& state) {
  std::copy(files.begin(), files.end(), files_.begin());
  target_.layout().Reset(scenario.files);
  for (size_t i = 0; i < scenario.actions.size(); ++i) {
    state.item.store(i, std::memory_order_relaxed);
    const Suspect place = {.position = position, .item = i};
    if (const Step* step = std::get_if<Step>(&scenario.actions[i]); step != nullptr) {
      if (const Way way = PerformStep(*step, place, state); way != Way::kFollowed) return way;
    } else {
      PerformCall(std::get<SymbolicCall>(scenario.actions[i]), place, state);
    }
  }
  return Way::kFollowed;
}

Way InProcessRun::PerformStep(const Step& step, const Suspect& place, SweepState& state) {
  const StepPrediction predicted = target_.layout().Apply(step);
  if (predicted.kind == StepPrediction::Kind::kFaults) return Way::kFollowed;
  if (predicted.kind == StepPrediction::Kind::kUnmodelled) return Way::kUnmodelled;
  const Errno observed = performer_.Perform(step);
  ++state.counts.steps;
  if (observed == predicted.result) return Way::kFollowed;
  Suspect suspect = place;
  suspect.subject = Subject::kStep;
  suspect.step = step.kind;
  suspect.expected = Outcomes(predicted.result);
  suspect.observed = observed;
  state.Record(suspect);
  return Way::kSuspect;
}

void InProcessRun::PerformCall(const SymbolicCall& symbolic, const Suspect& place,
                               SweepState& state) {
  const Call call = Resolve(symbolic, target_.machine(), target_.surroundings().arena);
  const AddressSpace& space = target_.layout().space();
  Predict(profile_, target_.machine(), space, call, prediction_);
  if (prediction_.walked && DependsOnUnknown(target_.surroundings(), call)) {
    ++state.counts.unsupported_calls;
    return;
  }
  const Errno observed = target_.Msync(call);
  ++state.counts.calls;
  state.counts.walked += prediction_.walked;
  if (onlooker_ != nullptr) onlooker_->Saw(call, space, prediction_, observed);
  if (prediction_.outcomes.Allow(observed)) return;
  ++state.counts.disagreed;
  Suspect suspect = place;
  suspect.rule = prediction_.rule;
  suspect.expected = prediction_.outcomes;
  suspect.observed = observed;
  state.Record(suspect);
}

void InProcessRun::CompareView(const Scenario& scenario, uint64_t position, SweepState& state) {
  const std::optional<bool> agrees = target_.ViewAgrees();
  state.counts.views += agrees.has_value();
  if (agrees.value_or(true)) return;
  state.Record(
      {.subject = Subject::kLayout, .position = position, .item = scenario.actions.size() - 1});
}

void InProcessRun::CleanUp(const Scenario& scenario) {
  performer_.Clear();
  for (const Action& action : scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    if (step == nullptr) continue;
    if (step->kind == StepKind::kLockAll) performer_.Perform(Step{.kind = StepKind::kUnlockAll});
    if (step->kind == StepKind::kTruncate) {
      Step restore = *step;
      restore.length = {.pages = scenario.files[static_cast<size_t>(step->file)].pages};
      performer_.Perform(restore);
    }
  }
}

}  // namespace msyncspec
