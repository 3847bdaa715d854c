// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_EXPLANATION_H_
#define MSYNCSPEC_HARNESS_REPORT_EXPLANATION_H_

#include <string>

#include "harness/executor/run_scenario.h"
#include "harness/scenario/scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Returns a scenario with everything that leads to its answers: each file in a phrase, each step,
// and for each call the layout that it meets, the walk with its rules and what is predicted.
// `observation` adds what was observed; null stands for a scenario that was not run, and then the
// surroundings are those of no process.
std::string ExplanationText(const Scenario& scenario, const Profile& profile,
                            const Observation* observation);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_EXPLANATION_H_
