// SPDX-License-Identifier: MIT
#include "harness/differ/random_sweep.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/executor/this_process.h"

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
    : target_(std::move(target)), run_(profile, *target_) {
  random_.scenario.files.reserve(kMaxFiles);
  random_.scenario.actions.reserve(kMaxActions);
}

void RandomSweep::Run(uint64_t seed, uint64_t index, uint64_t position, SweepState& state) {
  MakeRandomScenario(seed, index, random_);
  if (!TakeFiles(state)) return;
  const Scenario& scenario = random_.scenario;
  const Way way =
      run_.Perform(scenario, std::span(files_).first(scenario.files.size()), position, state);
  if (way == Way::kFollowed && position % kViewEvery == 0) {
    run_.CompareView(scenario, position, state);
  }
  run_.CleanUp(scenario);
  state.counts.layouts += way == Way::kFollowed;
  state.unsupported[UnmodelledPlace()] += way == Way::kUnmodelled;
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
