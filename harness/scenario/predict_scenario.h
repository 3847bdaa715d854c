// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_PREDICT_SCENARIO_H_
#define MSYNCSPEC_HARNESS_SCENARIO_PREDICT_SCENARIO_H_

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/expectation.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// What the model says of one action: of a step, or of a call together with the layout it meets.
struct ActionPrediction {
  StepPrediction step;
  Explanation call;
  AddressSpace space;               // as it is when the call is made; empty for a step
  std::optional<FileStates> files;  // as they are when the call has ended; nothing for a step
};

// What the model says of every action of a scenario, in order.
struct ScenarioPrediction {
  std::vector<ActionPrediction> actions;
  std::vector<Mapping> final_layout;
  // Why the model cannot follow the scenario; then only the actions before that place are there.
  std::string unmodelled;
};

// Returns surroundings that belong to no process: the usual arena and nothing else.
Surroundings BareSurroundings();

// Predicts `scenario`. Where steps happen at any moment, each outcome that one of its interleavings
// has is allowed, and the rest is told of the last of them.
ScenarioPrediction PredictScenario(const Scenario& scenario, const Profile& profile,
                                   const Surroundings& surroundings);

// Returns how often one call of a predicted scenario waits for a file server, at most.
int ServerWaits(const Scenario& scenario, const ScenarioPrediction& prediction);

// Returns the fsync requests of a prediction in the form in which expectations name them.
std::vector<ExpectedSync> Expected(const std::vector<SyncedRange>& requests, Bytes page_size);

// One way in which a prediction is not what somebody wrote down.
struct ExpectationMismatch {
  size_t action = 0;
  std::string expected;   // the expectation's text
  std::string predicted;  // the same kind of text for what the model says
};

// Compares the expectations that name `profile` with the prediction.
std::vector<ExpectationMismatch> CompareExpectations(const AnnotatedScenario& annotated,
                                                     const Profile& profile,
                                                     const ScenarioPrediction& prediction,
                                                     Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_PREDICT_SCENARIO_H_
