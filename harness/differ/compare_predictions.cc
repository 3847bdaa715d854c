// SPDX-License-Identifier: MIT
#include "harness/differ/compare_predictions.h"

#include <algorithm>
#include <string>

#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"

namespace msyncspec {

std::vector<Disagreement> ComparePredictions(const Scenario& scenario, const Profile& profile,
                                             const Profile& other) {
  const ScenarioPrediction ours = PredictScenario(scenario, profile, BareSurroundings());
  const ScenarioPrediction theirs = PredictScenario(scenario, other, BareSurroundings());
  std::vector<Disagreement> disagreements;
  for (size_t i = 0; i < std::min(ours.actions.size(), theirs.actions.size()); ++i) {
    if (const Step* step = std::get_if<Step>(&scenario.actions[i]); step != nullptr) {
      const Errno expected = ours.actions[i].step.result, observed = theirs.actions[i].step.result;
      if (expected == observed) continue;
      const std::string text = Print(*step);
      disagreements.push_back({.subject = Subject::kStep,
                               .action = i,
                               .rule = text.substr(0, text.find(' ')),
                               .expected = ErrnoName(expected),
                               .observed = ErrnoName(observed)});
      break;
    }
    const Prediction& expected = ours.actions[i].call.prediction;
    const Prediction& observed = theirs.actions[i].call.prediction;
    if (Text(expected.outcomes) == Text(observed.outcomes)) continue;
    disagreements.push_back({.subject = Subject::kCall,
                             .action = i,
                             .rule = std::string(expected.rule->id),
                             .expected = Text(expected.outcomes),
                             .observed = Text(observed.outcomes)});
  }
  return disagreements;
}

}  // namespace msyncspec
