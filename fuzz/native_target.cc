// SPDX-License-Identifier: MIT
#include "fuzz/native_target.h"

#include <algorithm>
#include <utility>

#include "fuzz/finding.h"
#include "fuzz/require.h"
#include "harness/executor/this_process.h"

namespace msyncspec {
namespace {

// Reading the kernel's view costs as much as dozens of scenarios: it is read for one in so many,
// which the scenario itself decides, so that an input does the same each time.
constexpr size_t kViewOneIn = 4096;

bool IsViewed(const Scenario& scenario) {
  uint64_t sum = scenario.actions.size();
  for (const Action& action : scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    if (step != nullptr)
      sum = 31 * sum + static_cast<uint64_t>(step->at.pages + step->length.pages);
  }
  return sum % kViewOneIn == 0;
}

}  // namespace

NativeTarget::NativeTarget(FileProvider& provider) : provider_(provider) {
  if (absl::Status status = TryOneCall(); !status.ok()) NothingCanBeRun(status.message());
  if (absl::Status status = CanCheck(FuzzedProfile()); !status.ok()) {
    NothingCanBeRun(status.message());
  }
  absl::StatusOr<std::unique_ptr<SweepTarget>> target =
      SweepTarget::Make(RandomHabitat().files, FuzzedProfile(), provider);
  if (!target.ok()) NothingCanBeRun(target.status().message());
  target_ = *std::move(target);
  target_->TakeAmbientForPlain();
  run_.emplace(FuzzedProfile(), *target_, &guide_);
}

std::span<const OpenedFile* const> NativeTarget::FilesOf(const FittedScenario& fitted) {
  const size_t count = fitted.scenario.files.size();
  for (size_t i = 0; i < count; ++i) files_[i] = target_->file(fitted.choice[i]);
  return std::span(files_).first(count);
}

void NativeTarget::Check(const FittedScenario& fitted) {
  leaks_.Watch([&] { Perform(fitted); });
}

void NativeTarget::Perform(const FittedScenario& fitted) {
  const Scenario& scenario = fitted.scenario;
  const std::span<const OpenedFile* const> files = FilesOf(fitted);
  if (std::find(files.begin(), files.end(), nullptr) != files.end()) return;
  coverage_.Begin();
  const Way way = run_->Perform(scenario, files, /*position=*/0, *state_);
  coverage_.End();
  if (way == Way::kFollowed && IsViewed(scenario)) run_->CompareView(scenario, 0, *state_);
  run_->CleanUp(scenario);
  if (const std::vector<Suspect> suspects = state_->Suspects(); !suspects.empty()) {
    ReportFinding(scenario, suspects.front(), provider_);
  }
}

}  // namespace msyncspec
