// SPDX-License-Identifier: MIT
#include "fuzz/effects_target.h"

#include <utility>

#include "fuzz/finding.h"
#include "fuzz/require.h"
#include "harness/executor/this_process.h"

namespace msyncspec {

EffectsTarget::EffectsTarget() {
  if (absl::Status status = TryOneCall(); !status.ok()) NothingCanBeRun(status.message());
  if (FuzzedProfile().layout.unmap_error != UnmapError::kCoarse) {
    NothingCanBeRun("before 6.16 FUSE does not wait for what munmap writes");
  }
  absl::StatusOr<std::unique_ptr<SweptServer>> server = SweptServer::Start(ThisMachine().page_size);
  if (!server.ok()) NothingCanBeRun(server.status().message());
  server_ = *std::move(server);
  absl::StatusOr<std::unique_ptr<ServedSweep>> sweep =
      ServedSweep::Make(FuzzedProfile(), *server_, &guide_);
  if (!sweep.ok()) NothingCanBeRun(sweep.status().message());
  sweep_ = *std::move(sweep);
  sweep_->target().TakeAmbientForPlain();
}

void EffectsTarget::Check(const FittedScenario& fitted) {
  leaks_.Watch([&] { Perform(fitted.scenario); });
}

void EffectsTarget::Perform(const Scenario& scenario) {
  coverage_.Begin();
  sweep_->Run(scenario, /*position=*/0, *state_);
  coverage_.End();
  if (const std::vector<Suspect> suspects = state_->Suspects(); !suspects.empty()) {
    ReportFinding(scenario, suspects.front(), provider_);
  }
}

}  // namespace msyncspec
