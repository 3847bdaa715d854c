// SPDX-License-Identifier: MIT
#include "harness/report/explanation.h"

#include "absl/strings/str_cat.h"
#include "harness/report/drawing.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "harness/scenario/text_file.h"

namespace msyncspec {
namespace {

std::string StepLine(const Step& step, const StepPrediction& said, const ActionObservation* seen) {
  std::string text = absl::StrCat("step       ", Print(step));
  if (said.kind == StepPrediction::Kind::kFaults) {
    return absl::StrCat(text, "   would raise ", SignalName(said.signal), ": not performed\n");
  }
  if (said.result != Errno::kOk) absl::StrAppend(&text, "   predicted ", ErrnoName(said.result));
  if (seen != nullptr && seen->state == ActionObservation::State::kDone &&
      (seen->answer != said.result || said.result != Errno::kOk)) {
    absl::StrAppend(&text, "   observed ", ErrnoName(seen->answer));
  }
  return text + "\n";
}

std::string CallText(const SymbolicCall& call, const ActionPrediction& said,
                     const Surroundings& surroundings, const ActionObservation* seen) {
  const Prediction& prediction = said.call.prediction;
  Surroundings as_called = surroundings;
  as_called.machine = MachineOf(surroundings.machine, call.caller);
  const Call registers = Resolve(call, surroundings.machine, surroundings.arena);
  std::string text =
      absl::StrCat("\n", Print(call), "\n\n", DrawCall(said.space, as_called, registers, said.call),
                   "\n", WalkText(as_called, said.call), "\n");
  absl::StrAppend(&text, "predicted  ", Text(prediction.outcomes), " by ", prediction.rule->id,
                  ", synced ",
                  PrintSyncs(Expected(prediction.syncs, surroundings.machine.page_size)), "\n");
  if (seen != nullptr) {
    absl::StrAppend(&text, "observed   ",
                    seen->state == ActionObservation::State::kDone ? ErrnoName(seen->answer)
                                                                   : "nothing: not reached",
                    "\n");
  }
  return text;
}

}  // namespace

std::string ExplanationText(const Scenario& scenario, const Profile& profile,
                            const Observation* observation) {
  const Surroundings surroundings =
      observation != nullptr ? observation->surroundings : BareSurroundings();
  const ScenarioPrediction prediction = PredictScenario(scenario, profile, surroundings);
  std::string text;
  for (size_t i = 0; i < scenario.files.size(); ++i) {
    const File& file = scenario.files[i];
    absl::StrAppend(&text, "file       f", i, " is ", PrintFile(file), ": ",
                    FactsOf(file.backing).about, "\n");
  }
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    const ActionObservation* seen = observation != nullptr ? &observation->actions[i] : nullptr;
    const Step* step = std::get_if<Step>(&scenario.actions[i]);
    absl::StrAppend(&text, step != nullptr ? StepLine(*step, prediction.actions[i].step, seen)
                                           : CallText(std::get<SymbolicCall>(scenario.actions[i]),
                                                      prediction.actions[i], surroundings, seen));
  }
  return text;
}

}  // namespace msyncspec
