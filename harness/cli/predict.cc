// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"
#include "harness/cli/shared_flags.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

// Returns the scenario with an `expect` line under each call, and under each step that fails.
AnnotatedScenario Annotated(const Scenario& scenario, const Profile& profile,
                            const ScenarioPrediction& prediction, Bytes page_size) {
  AnnotatedScenario annotated = {.scenario = scenario};
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    Expectation said = {.action = i, .profile = std::string(profile.name)};
    if (std::holds_alternative<Step>(scenario.actions[i])) {
      said.outcomes = Outcomes(prediction.actions[i].step.result);
      said.signal = prediction.actions[i].step.signal;
      if (said.outcomes.IsOnly(Errno::kOk) && said.signal == 0) continue;
    } else {
      const Prediction& call = prediction.actions[i].call.prediction;
      said.outcomes = call.outcomes;
      said.rule = std::string(call.rule->id);
      said.synced = Expected(call.syncs, page_size);
    }
    annotated.expectations.push_back(said);
  }
  return annotated;
}

int Run(const std::vector<std::string>& arguments) {
  const absl::StatusOr<std::vector<NamedScenario>> scenarios = ReadScenarios(arguments);
  if (!scenarios.ok()) return UsageError(scenarios.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());

  const Surroundings surroundings = BareSurroundings();
  const Bytes page_size = surroundings.machine.page_size;
  int code = kExitAgree;
  for (const NamedScenario& named : *scenarios) {
    const Scenario& scenario = named.annotated.scenario;
    const ScenarioPrediction prediction = PredictScenario(scenario, *chosen->profile, surroundings);
    absl::PrintF("# %s\n%s", named.name,
                 Print(Annotated(scenario, *chosen->profile, prediction, page_size)));
    if (!prediction.unmodelled.empty()) {
      absl::PrintF("# not modelled from %s on: %s\n",
                   std::visit([](const auto& action) { return Print(action); },
                              scenario.actions[prediction.actions.size()]),
                   prediction.unmodelled);
      code = std::max(code, kExitFindings);
    }
    for (const ExpectationMismatch& mismatch :
         CompareExpectations(named.annotated, *chosen->profile, prediction, page_size)) {
      absl::FPrintF(stderr, "%s: the file says   %s\n%s: the model says %s\n", named.name,
                    mismatch.expected, named.name, mismatch.predicted);
      code = kExitFindings;
    }
  }
  return code;
}

}  // namespace

Command PredictCommand() {
  return {.name = "predict",
          .arguments = "FILE…",
          .summary = "prints what a profile says of scenarios, without running them",
          .details =
              "Prints the scenarios with an expect line under each call. Where a file "
              "carries expectations\nfor the profile that the model does not share, says "
              "so and exits with 1. No process's own\nmappings are known here, and locks "
              "are not limited.",
          .flags = {"profile"},
          .run = Run};
}

}  // namespace msyncspec
