// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_COMPARE_PREDICTIONS_H_
#define MSYNCSPEC_HARNESS_DIFFER_COMPARE_PREDICTIONS_H_

#include <vector>

#include "harness/differ/verdict.h"
#include "harness/scenario/scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Compares what two profiles say of the answers to the steps and calls of `scenario`, as far as
// both can follow it, in a process of which nothing is known. What `other` says stands in the place
// of what is observed. A step that they answer otherwise ends the comparison.
std::vector<Disagreement> ComparePredictions(const Scenario& scenario, const Profile& profile,
                                             const Profile& other);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_COMPARE_PREDICTIONS_H_
