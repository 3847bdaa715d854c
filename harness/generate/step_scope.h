// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_STEP_SCOPE_H_
#define MSYNCSPEC_HARNESS_GENERATE_STEP_SCOPE_H_

#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// One short sequence of steps, and what each profile says of the last of them.
struct StepCase {
  const Scenario& scenario;  // steps, then a call for each page to show what they left
  std::span<const std::vector<StepPrediction>> steps;    // of each profile, one for each step
  std::span<const std::vector<Prediction>> predictions;  // of each profile, one for each call
};

// Calls `visit` for every sequence of up to three of the steps about which profiles differ.
void VisitStepScope(std::span<const Profile* const> profiles,
                    absl::FunctionRef<void(const StepCase&)> visit);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_STEP_SCOPE_H_
