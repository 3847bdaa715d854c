// SPDX-License-Identifier: MIT
#include "harness/differ/random_sweep.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/executor/this_process.h"
#include "model/predict.h"

namespace msyncspec {
namespace {

constexpr uint64_t kViewEvery = 512;  // reading the kernel's view costs as much as ten scenarios

// Behind the places for the files stands one for steps that the model cannot follow.
size_t UnmodelledPlace() { return RandomFiles().size(); }

}  // namespace

absl::StatusOr<std::unique_ptr<RandomSweep>> RandomSweep::Make(const Profile& profile,
                                                               FileProvider& provider) {
  absl::StatusOr<std::unique_ptr<SweepTarget>> target =
      SweepTarget::Make(RandomFiles(), profile, provider);
  if (!target.ok()) return target.status();
  std::unique_ptr<RandomSweep> sweep(new RandomSweep(profile, *std::move(target)));
  // Last of all, when nothing more is allocated.
  sweep->target_->ReadAmbient();
  return sweep;
}

RandomSweep::RandomSweep(const Profile& profile, std::unique_ptr<SweepTarget> target)
    : profile_(profile),
      target_(std::move(target)),
      performer_(target_->machine(), target_->surroundings().arena, files_) {
  random_.scenario.files.reserve(kMaxFiles);
  random_.scenario.actions.reserve(kMaxActions);
  prediction_.syncs.reserve(kArenaPages);
}

void RandomSweep::Run(uint64_t seed, uint64_t index, uint64_t position, SweepState& state) {
  MakeRandomScenario(seed, index, random_);
  if (!TakeFiles(state)) return;
  target_->layout().Reset(random_.scenario.files);
  const bool compared = Perform(position, state);
  if (compared && position % kViewEvery == 0) CompareView(position, state);
  CleanUp();
  state.counts.layouts += compared;
}

// Returns whether all files can be had.
bool RandomSweep::TakeFiles(SweepState& state) {
  for (size_t i = 0; i < random_.scenario.files.size(); ++i) {
    files_[i] = target_->file(random_.choice[i]);
    if (files_[i] == nullptr) {
      ++state.unsupported[random_.choice[i]];
      return false;
    }
  }
  return true;
}

// Returns whether the scenario was followed to its end.
bool RandomSweep::Perform(uint64_t position, SweepState& state) {
  const std::vector<Action>& actions = random_.scenario.actions;
  for (size_t i = 0; i < actions.size(); ++i) {
    state.item.store(i, std::memory_order_relaxed);
    const Suspect place = {.position = position, .item = i};
    if (const Step* step = std::get_if<Step>(&actions[i]); step != nullptr) {
      if (!PerformStep(*step, place, state)) return false;
    } else {
      PerformCall(std::get<SymbolicCall>(actions[i]), place, state);
    }
  }
  return true;
}

bool RandomSweep::PerformStep(const Step& step, const Suspect& place, SweepState& state) {
  const StepPrediction predicted = target_->layout().Apply(step);
  if (predicted.kind == StepPrediction::Kind::kFaults) return true;
  if (predicted.kind == StepPrediction::Kind::kUnmodelled) {
    ++state.unsupported[UnmodelledPlace()];
    return false;
  }
  const Errno observed = performer_.Perform(step);
  ++state.counts.steps;
  if (observed == predicted.result) return true;
  Suspect suspect = place;
  suspect.subject = Subject::kStep;
  suspect.step = step.kind;
  suspect.expected = Outcomes(predicted.result);
  suspect.observed = observed;
  state.Record(suspect);
  return false;
}

void RandomSweep::PerformCall(const SymbolicCall& symbolic, const Suspect& place,
                              SweepState& state) {
  const Call call = Resolve(symbolic, target_->machine(), target_->surroundings().arena);
  Predict(profile_, target_->machine(), target_->layout().space(), call, prediction_);
  if (prediction_.walked && DependsOnUnknown(target_->surroundings(), call)) {
    ++state.counts.unsupported_calls;
    return;
  }
  const Errno observed = target_->Msync(call);
  ++state.counts.calls;
  state.counts.walked += prediction_.walked;
  if (prediction_.outcomes.Allow(observed)) return;
  ++state.counts.disagreed;
  Suspect suspect = place;
  suspect.rule = prediction_.rule;
  suspect.expected = prediction_.outcomes;
  suspect.observed = observed;
  state.Record(suspect);
}

void RandomSweep::CompareView(uint64_t position, SweepState& state) {
  const std::optional<bool> agrees = target_->ViewAgrees();
  state.counts.views += agrees.has_value();
  if (agrees.value_or(true)) return;
  state.Record({.subject = Subject::kLayout,
                .position = position,
                .item = random_.scenario.actions.size() - 1});
}

// Makes the process what it was before the scenario.
void RandomSweep::CleanUp() {
  performer_.Clear();
  for (const Action& action : random_.scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    if (step == nullptr) continue;
    if (step->kind == StepKind::kLockAll) performer_.Perform(Step{.kind = StepKind::kUnlockAll});
    if (step->kind == StepKind::kTruncate) {
      Step restore = *step;
      restore.length = {.pages = random_.scenario.files[static_cast<size_t>(step->file)].pages};
      performer_.Perform(restore);
    }
  }
}

std::string UnsupportedReason(size_t i, FileProvider& provider) {
  if (i == UnmodelledPlace()) return "a step that the model of the layout does not follow";
  if (i > UnmodelledPlace()) return "";
  const File& file = RandomFiles()[i];
  const absl::StatusOr<OpenedFile> opened =
      provider.Open(RandomFiles(), i, ThisMachine().page_size);
  return absl::StrCat(FactsOf(file.backing).name, ": ",
                      opened.ok() ? "refused for a while" : opened.status().message());
}

}  // namespace msyncspec
