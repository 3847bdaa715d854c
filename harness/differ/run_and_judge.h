// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_RUN_AND_JUDGE_H_
#define MSYNCSPEC_HARNESS_DIFFER_RUN_AND_JUDGE_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "harness/differ/judge.h"
#include "harness/differ/verdict.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/run_scenario.h"
#include "harness/scenario/expectation.h"
#include "model/profile.h"

namespace msyncspec {

// Whether `status` says that this target cannot do something, rather than that the harness failed.
bool SaysUnsupported(const absl::Status& status);

// A scenario that was run: the observation, if there is one, and what is said of it.
struct ScenarioRun {
  absl::StatusOr<Observation> observation;
  Judgement judgement;
};

// How long one scenario may take on the target.
inline constexpr absl::Duration kScenarioDeadline = absl::Seconds(20);

// Runs the scenario on this kernel and judges it: once, or once for each interleaving of its
// threads; and again where another process had disturbed it.
ScenarioRun RunAndJudge(const AnnotatedScenario& annotated, const Profile& profile,
                        FileProvider& provider);

// How often a disagreement is looked for again before it is believed.
inline constexpr int kConfirmations = 3;

// Runs the scenario kConfirmations times more and returns how often `disagreement` came again.
int CountConfirmations(const Scenario& scenario, const Profile& profile, FileProvider& provider,
                       const Disagreement& disagreement);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_RUN_AND_JUDGE_H_
