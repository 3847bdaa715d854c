// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_JUDGE_H_
#define MSYNCSPEC_HARNESS_DIFFER_JUDGE_H_

#include <vector>

#include "harness/differ/verdict.h"
#include "harness/executor/run_scenario.h"
#include "harness/scenario/expectation.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Compares what `profile` predicts of the scenario with what was observed of it, and the
// prediction with what the scenario's author expects. Pure.
Judgement Judge(const AnnotatedScenario& annotated, const Profile& profile,
                const Observation& observation);

// Returns how the prediction differs from what the scenario's author expects of `profile`.
std::vector<Disagreement> CompareWithAuthor(const AnnotatedScenario& annotated,
                                            const Profile& profile);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_JUDGE_H_
