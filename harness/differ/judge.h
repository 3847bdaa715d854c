// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_JUDGE_H_
#define MSYNCSPEC_HARNESS_DIFFER_JUDGE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "harness/differ/verdict.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/run_scenario.h"
#include "harness/scenario/expectation.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Compares what `profile` predicts of the scenario with what was observed of it, and the
// prediction with what the scenario's author expects. Pure.
Judgement Judge(const AnnotatedScenario& annotated, const Profile& profile,
                const Observation& observation);

// Whether `status` says that this target cannot do something, rather than that the harness failed.
bool SaysUnsupported(const absl::Status& status);

// Returns how the prediction differs from what the scenario's author expects of `profile`.
std::vector<Disagreement> CompareWithAuthor(const AnnotatedScenario& annotated,
                                            const Profile& profile);

// A scenario that was run: the observation, if there is one, and what is said of it.
struct ScenarioRun {
  absl::StatusOr<Observation> observation;
  Judgement judgement;
};

// How long one scenario may take on the target.
inline constexpr absl::Duration kScenarioDeadline = absl::Seconds(20);

// Runs the scenario on this kernel and judges it.
ScenarioRun RunAndJudge(const AnnotatedScenario& annotated, const Profile& profile,
                        FileProvider& provider);

// How often a disagreement is looked for again before it is believed.
inline constexpr int kConfirmations = 3;

// Runs the scenario kConfirmations times more and returns how often `disagreement` came again.
int CountConfirmations(const Scenario& scenario, const Profile& profile, FileProvider& provider,
                       const Disagreement& disagreement);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_JUDGE_H_
