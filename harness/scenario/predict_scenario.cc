// SPDX-License-Identifier: MIT
#include "harness/scenario/predict_scenario.h"

#include "absl/strings/str_cat.h"
#include "harness/scenario/print.h"
#include "model/predict.h"

namespace msyncspec {
namespace {

// Returns what the prediction for an action says, in the words of an expectation.
Expectation PredictedExpectation(const Expectation& wanted, const Action& action,
                                 const ActionPrediction& prediction, Bytes page_size) {
  Expectation said = {
      .action = wanted.action, .profile = wanted.profile, .last_profile = wanted.last_profile};
  if (std::holds_alternative<Step>(action)) {
    said.outcomes = Outcomes(prediction.step.result);
    said.signal = prediction.step.signal;
    return said;
  }
  said.outcomes = prediction.call.prediction.outcomes;
  if (!wanted.rule.empty()) said.rule = std::string(prediction.call.prediction.rule->id);
  if (wanted.synced.has_value()) {
    said.synced = Expected(prediction.call.prediction.syncs, page_size);
  }
  return said;
}

// A position in a file, in pages and the bytes beside them.
Length InPages(Bytes bytes, Bytes page_size) {
  return {.pages = static_cast<int64_t>(bytes.count / page_size.count),
          .bytes = static_cast<int64_t>(bytes.count % page_size.count)};
}

// Returns `wanted` with its ranges in the form that Expected gives them.
Expectation InPages(Expectation wanted, Bytes page_size) {
  const Machine machine = {.page_size = page_size};
  if (wanted.synced.has_value()) {
    for (ExpectedSync& sync : *wanted.synced) {
      sync.begin = InPages(Resolve(sync.begin, machine, {}), page_size);
      sync.end = InPages(Resolve(sync.end, machine, {}), page_size);
    }
  }
  return wanted;
}

}  // namespace

Surroundings BareSurroundings() { return {.arena = {0x10000000}}; }

ScenarioPrediction PredictScenario(const Scenario& scenario, const Profile& profile,
                                   const Surroundings& surroundings) {
  Surroundings around = surroundings;
  around.machine = profile.abi.On(around.machine);
  Layout layout(around, profile.layout);
  layout.Reset(scenario.files);
  ScenarioPrediction prediction;
  for (const Action& action : scenario.actions) {
    ActionPrediction said;
    if (const Step* step = std::get_if<Step>(&action); step != nullptr) {
      said.step = layout.Apply(*step);
      if (said.step.kind == StepPrediction::Kind::kUnmodelled) {
        prediction.unmodelled = std::string(said.step.why);
        return prediction;
      }
    } else {
      const SymbolicCall& call = std::get<SymbolicCall>(action);
      said.space = layout.space();
      said.call = Explain(profile, MachineOf(around.machine, call.caller), said.space,
                          Resolve(call, around.machine, around.arena));
    }
    prediction.actions.push_back(std::move(said));
  }
  const std::span<const Mapping> mappings = layout.space().mappings();
  prediction.final_layout.assign(mappings.begin(), mappings.end());
  return prediction;
}

std::vector<ExpectedSync> Expected(const std::vector<SyncedRange>& requests, Bytes page_size) {
  std::vector<ExpectedSync> syncs;
  for (const SyncedRange& request : requests) {
    ExpectedSync sync = {.file = request.file,
                         .to_end_of_file = request.end == SyncedRange::kToEndOfFile,
                         .kind = request.kind,
                         .answer = request.answer};
    if (!sync.to_end_of_file) {
      sync.begin = InPages(request.begin, page_size);
      sync.end = InPages(request.end, page_size);
    }
    syncs.push_back(sync);
  }
  return syncs;
}

std::vector<ExpectationMismatch> CompareExpectations(const AnnotatedScenario& annotated,
                                                     const Profile& profile,
                                                     const ScenarioPrediction& prediction,
                                                     Bytes page_size) {
  std::vector<ExpectationMismatch> mismatches;
  for (const Expectation& wanted : annotated.expectations) {
    if (!IsAbout(wanted, profile)) continue;
    if (wanted.action >= prediction.actions.size()) {
      mismatches.push_back(
          {wanted.action, Print(wanted), absl::StrCat("not modelled: ", prediction.unmodelled)});
      continue;
    }
    const Expectation said = PredictedExpectation(wanted, annotated.scenario.actions[wanted.action],
                                                  prediction.actions[wanted.action], page_size);
    if (said == InPages(wanted, page_size)) continue;
    mismatches.push_back({wanted.action, Print(wanted), Print(said)});
  }
  return mismatches;
}

}  // namespace msyncspec
