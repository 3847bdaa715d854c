// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_SIMPLIFY_H_
#define MSYNCSPEC_HARNESS_SCENARIO_SIMPLIFY_H_

#include "harness/scenario/minimise.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Whether `candidate` is valid and smaller than `than`, by ScenarioSize.
bool IsSimpler(const Scenario& candidate, const Scenario& than);

// The ways of making a scenario simpler, those first that gain most readability: fewer actions,
// fewer files, everything in turn, simpler files, plain steps, plain calls, a short arena without
// gaps, whole pages and small numbers. Of what they come to no single action can be left out.
const Simplifications<Scenario>& ScenarioSimplifications();

// The first of these ways alone: each action is kept as it is or left out.
const Simplifications<Scenario>& FewerActions();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_SIMPLIFY_H_
