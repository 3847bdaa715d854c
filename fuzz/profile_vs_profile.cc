// SPDX-License-Identifier: MIT
//
// What today's Linux answers is among the outcomes that each document allows, but for the listed
// differences.
#include "fuzz/listed_differences.h"
#include "fuzz/require.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  static const Profile& kLinux = LinuxProfiles().back();
  static const Surroundings& kBare = *new Surroundings(BareSurroundings());
  const Scenario scenario = Decode({data, size});
  const ScenarioPrediction predicted = PredictScenario(scenario, kLinux, kBare);
  Prediction says, linux_says;
  for (size_t i = 0; i < predicted.actions.size(); ++i) {
    const auto* symbolic = std::get_if<SymbolicCall>(&scenario.actions[i]);
    if (symbolic == nullptr) continue;
    const Machine machine = MachineOf(kBare.machine, symbolic->caller);
    const Call call = Resolve(*symbolic, kBare.machine, kBare.arena);
    Predict(kLinux, machine, predicted.actions[i].space, call, linux_says);
    for (const Profile& document : DocumentProfiles()) {
      Predict(document, machine, predicted.actions[i].space, call, says);
      Require(AllowsOrListed(document, says, linux_says),
              "a document allows what Linux answers, or it is listed",
              [&] { return Difference(document, says, scenario, i); });
    }
  }
  return 0;
}
