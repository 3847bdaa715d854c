// SPDX-License-Identifier: MIT
//
// Any bytes are a valid scenario, and every profile says something of every call in it.
#include "fuzz/require.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  static const std::vector<const Profile*>& kProfiles = *new auto(AllProfiles());
  const Scenario scenario = Decode({data, size});
  const auto show = [&scenario] { return Print(scenario); };
  Require(Validate(scenario).ok(), "any bytes are a valid scenario", show);
  const Profile& profile = *kProfiles[size % kProfiles.size()];
  const ScenarioPrediction predicted = PredictScenario(scenario, profile, BareSurroundings());
  Require(!predicted.unmodelled.empty() || predicted.actions.size() == scenario.actions.size(),
          "each action is predicted, or it is said why one is not", show);
  for (size_t i = 0; i < predicted.actions.size(); ++i) {
    const bool is_call = std::holds_alternative<SymbolicCall>(scenario.actions[i]);
    const Prediction& call = predicted.actions[i].call.prediction;
    Require(!is_call || call.rule != nullptr, "each call is decided by a rule", show);
  }
  return 0;
}
