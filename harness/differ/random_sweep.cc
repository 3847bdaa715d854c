// SPDX-License-Identifier: MIT
#include "harness/differ/random_sweep.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "harness/differ/sweep_target.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/this_process.h"
#include "harness/generate/random_scenario.h"
#include "model/predict.h"

namespace msyncspec {
namespace {

constexpr uint64_t kViewEvery = 256;  // reading the kernel's view costs as much as ten scenarios
constexpr uint64_t kClockEvery = 32;

// Behind the places for the files stands one for steps that the model cannot follow.
size_t UnmodelledPlace() { return RandomFiles().size(); }

class Sweep {
 public:
  Sweep(SweepTarget& target, const Profile& profile, SweepState& state)
      : target_(target),
        profile_(profile),
        state_(state),
        performer_(target.machine(), target.surroundings().arena, files_) {
    prediction_.fsyncs.reserve(kArenaPages);
  }

  void Run(uint64_t seed, uint64_t index, uint64_t position) {
    MakeRandomScenario(seed, index, random_);
    if (!TakeFiles()) return;
    target_.layout().Reset(random_.scenario.files);
    const bool compared = Perform(position);
    if (compared && position % kViewEvery == 0) CompareView(position);
    CleanUp();
    if (compared) ++state_.counts.layouts;
  }

 private:
  // Returns whether all files can be had.
  bool TakeFiles() {
    for (size_t i = 0; i < random_.scenario.files.size(); ++i) {
      files_[i] = target_.file(random_.choice[i]);
      if (files_[i] == nullptr) {
        ++state_.unsupported[random_.choice[i]];
        return false;
      }
    }
    return true;
  }

  // Returns whether the scenario was followed to its end.
  bool Perform(uint64_t position) {
    const std::vector<Action>& actions = random_.scenario.actions;
    for (size_t i = 0; i < actions.size(); ++i) {
      state_.item.store(i, std::memory_order_relaxed);
      if (const Step* step = std::get_if<Step>(&actions[i]); step != nullptr) {
        if (!PerformStep(*step, position, i)) return false;
      } else {
        PerformCall(std::get<SymbolicCall>(actions[i]), position, i);
      }
    }
    return true;
  }

  bool PerformStep(const Step& step, uint64_t position, size_t item) {
    const StepPrediction predicted = target_.layout().Apply(step);
    if (predicted.kind == StepPrediction::Kind::kFaults) return true;
    if (predicted.kind == StepPrediction::Kind::kUnmodelled) {
      ++state_.unsupported[UnmodelledPlace()];
      return false;
    }
    const Errno observed = performer_.Perform(step);
    ++state_.counts.steps;
    if (observed == predicted.result) return true;
    state_.Record({.subject = Subject::kStep,
                   .position = position,
                   .item = item,
                   .expected = predicted.result,
                   .observed = observed});
    return false;
  }

  void PerformCall(const SymbolicCall& symbolic, uint64_t position, size_t item) {
    const Call call = Resolve(symbolic, target_.machine(), target_.surroundings().arena);
    Predict(profile_, target_.machine(), target_.layout().space(), call, prediction_);
    const bool walks = prediction_.walked;
    if (walks && target_.DependsOnUnknown(call)) {
      ++state_.counts.unsupported_calls;
      return;
    }
    const Errno observed = RawMsync(call);
    ++state_.counts.calls;
    state_.counts.walked += walks;
    if (prediction_.outcomes.Allow(observed)) return;
    ++state_.counts.disagreed;
    state_.Record({.subject = Subject::kCall,
                   .position = position,
                   .item = item,
                   .rule = prediction_.rule,
                   .expected = prediction_.outcomes[0],
                   .observed = observed});
  }

  void CompareView(uint64_t position) {
    const std::optional<bool> agrees = target_.ViewAgrees();
    state_.counts.views += agrees.has_value();
    if (!agrees.value_or(true)) {
      state_.Record({.subject = Subject::kLayout, .position = position});
    }
  }

  // Makes the process what it was before the scenario.
  void CleanUp() {
    performer_.Clear();
    for (const Action& action : random_.scenario.actions) {
      const Step* step = std::get_if<Step>(&action);
      if (step == nullptr) continue;
      if (step->kind == StepKind::kLockAll) {
        performer_.Perform(Step{.kind = StepKind::kUnlockAll});
      }
      if (step->kind == StepKind::kTruncate) {
        Step restore = *step;
        restore.length = {.pages = random_.scenario.files[static_cast<size_t>(step->file)].pages};
        performer_.Perform(restore);
      }
    }
  }

  SweepTarget& target_;
  const Profile& profile_;
  SweepState& state_;
  RandomScenario random_;
  std::array<const OpenedFile*, RandomScenario::kMaxChosen> files_{};
  const Performer performer_;
  Prediction prediction_;
};

}  // namespace

void RandomSweep(const Profile& profile, FileProvider provider, const RandomOptions& options,
                 absl::Time deadline, uint64_t start, SweepState& state) {
  absl::StatusOr<std::unique_ptr<SweepTarget>> target =
      SweepTarget::Make(RandomFiles(), profile, provider);
  if (!target.ok()) {
    snprintf(state.failure.data(), state.failure.size(), "%s", target.status().ToString().c_str());
    return;
  }
  Sweep sweep(**target, profile, state);
  for (uint64_t i = start; i < options.count; ++i) {
    if (i % kClockEvery == 0 && absl::Now() >= deadline) break;
    state.position = i;
    sweep.Run(options.seed, options.first + i, i);
  }
  state.finished = true;
}

std::string UnsupportedReason(size_t i, FileProvider provider) {
  if (i == UnmodelledPlace()) return "a step that the model of the layout does not follow";
  if (i > UnmodelledPlace()) return "";
  const File& file = RandomFiles()[i];
  const absl::StatusOr<OpenedFile> opened = provider(file, ThisMachine().page_size);
  return absl::StrCat(FactsOf(file.backing).name, ": ",
                      opened.ok() ? "refused for a while" : opened.status().message());
}

}  // namespace msyncspec
