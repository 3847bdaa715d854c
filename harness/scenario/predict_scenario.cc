// SPDX-License-Identifier: MIT
#include "harness/scenario/predict_scenario.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/scenario/print.h"
#include "model/predict.h"
#include "model/walk_rules.h"

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

// Notes what is said of the step at `i`.
void Take(const StepPrediction& said, size_t i, ScenarioPrediction& prediction) {
  if (said.kind == StepPrediction::Kind::kUnmodelled) prediction.unmodelled = std::string(said.why);
  prediction.actions[i].step = said;
}

// Predicts the call at `i`, in the course of which the steps `meanwhile` happen.
void PredictCall(const Scenario& scenario, size_t i, const Profile& profile,
                 const Surroundings& around, std::span<const size_t> meanwhile, Layout& layout,
                 ScenarioPrediction& prediction) {
  const SymbolicCall& call = std::get<SymbolicCall>(scenario.actions[i]);
  prediction.actions[i].space = layout.space();
  int fsyncs = 0;
  const Meanwhile others = [&](const SyncedRange& request) {
    layout.WriteBack(request);
    if (!request.asked ||
        FactsOf(scenario.files[static_cast<size_t>(request.file)].backing).fsync !=
            Fsync::kAsksServer) {
      return false;
    }
    ++fsyncs;
    const size_t before = meanwhile.size();
    bool someone_waits = false;
    for (; !meanwhile.empty(); meanwhile = meanwhile.subspan(1)) {
      const Step& step = std::get<Step>(scenario.actions[meanwhile.front()]);
      if (step.moment.number() != fsyncs) break;
      if (someone_waits) {
        prediction.unmodelled = "what happens behind a step that waits for the call";
        break;
      }
      const StepPrediction said = layout.ApplyMeanwhile(step, request);
      someone_waits = said.waits;
      Take(said, meanwhile.front(), prediction);
    }
    return meanwhile.size() != before;
  };
  prediction.actions[i].call =
      Explain(profile, MachineOf(around.machine, call.caller), layout.space(),
              Resolve(call, around.machine, around.arena), others);
  for (const SyncedRange& request : prediction.actions[i].call.prediction.syncs) {
    layout.TakeAnswer(request);
  }
  // What was to happen while the call waits once more happens when it has ended.
  for (const size_t left : meanwhile) {
    Take(layout.Apply(std::get<Step>(scenario.actions[left])), left, prediction);
  }
  prediction.actions[i].files = layout.file_states();
}

ScenarioPrediction PredictOne(const Scenario& scenario, const Profile& profile,
                              const Surroundings& surroundings) {
  Surroundings around = surroundings;
  around.machine = profile.abi.On(around.machine);
  Layout layout(around, profile.layout);
  layout.Reset(scenario.files);
  ScenarioPrediction prediction;
  std::vector<size_t> meanwhile;  // the steps that await the next call
  for (size_t i = 0; i < scenario.actions.size() && prediction.unmodelled.empty(); ++i) {
    prediction.actions.emplace_back();
    const Step* step = std::get_if<Step>(&scenario.actions[i]);
    if (step == nullptr) {
      PredictCall(scenario, i, profile, around, meanwhile, layout, prediction);
      meanwhile.clear();
    } else if (step->moment.InTurn()) {
      Take(layout.Apply(*step), i, prediction);
    } else {
      meanwhile.push_back(i);
    }
  }
  if (!prediction.unmodelled.empty()) {
    prediction.actions.pop_back();
    return prediction;
  }
  const std::span<const Mapping> mappings = layout.space().mappings();
  prediction.final_layout.assign(mappings.begin(), mappings.end());
  return prediction;
}

// Whether the action at `i` is a call in the course of which something happens at any moment.
bool FollowsAnyMoment(const Scenario& scenario, size_t i) {
  if (i == 0 || !std::holds_alternative<SymbolicCall>(scenario.actions[i])) return false;
  const Step* before = std::get_if<Step>(&scenario.actions[i - 1]);
  return before != nullptr && before->moment.IsAny();
}

}  // namespace

Surroundings BareSurroundings() { return {.arena = {0x10000000}}; }

int ServerWaits(const Scenario& scenario, const ScenarioPrediction& prediction) {
  int most = 0;
  for (const ActionPrediction& said : prediction.actions) {
    const std::vector<SyncedRange>& syncs = said.call.prediction.syncs;
    const auto waits = std::count_if(syncs.begin(), syncs.end(), [&](const SyncedRange& sync) {
      return sync.asked && FactsOf(scenario.files[static_cast<size_t>(sync.file)].backing).fsync ==
                               Fsync::kAsksServer;
    });
    most = std::max(most, static_cast<int>(waits));
  }
  return most;
}

ScenarioPrediction PredictScenario(const Scenario& scenario, const Profile& profile,
                                   const Surroundings& surroundings) {
  ScenarioPrediction prediction = PredictOne(scenario, profile, surroundings);
  if (!HasAnyMoment(scenario)) return prediction;
  // Every moment may have its own outcome; each of them is allowed.
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    if (!FollowsAnyMoment(scenario, i)) continue;
    Explanation& call = prediction.actions[i].call;
    call.prediction.rule = &walk_rules::kInterleaved;
    call.steps.push_back({.rule = &walk_rules::kInterleaved});
  }
  for (const Scenario& one : Interleavings(scenario, ServerWaits(scenario, prediction))) {
    const ScenarioPrediction said = PredictOne(one, profile, surroundings);
    for (size_t i = 0; i < std::min(said.actions.size(), prediction.actions.size()); ++i) {
      const Outcomes& outcomes = said.actions[i].call.prediction.outcomes;
      for (size_t k = 0; k < outcomes.size(); ++k) {
        prediction.actions[i].call.prediction.outcomes.Add(outcomes[k]);
      }
    }
  }
  return prediction;
}

std::vector<ExpectedSync> Expected(const std::vector<SyncedRange>& requests, Bytes page_size) {
  std::vector<ExpectedSync> syncs;
  for (const SyncedRange& request : requests) {
    ExpectedSync sync = {.file = request.file,
                         .to_end_of_file = request.end == SyncedRange::kToEndOfFile,
                         .kind = request.kind,
                         .answer = request.answer,
                         .asked = request.asked};
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
