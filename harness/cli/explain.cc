// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/run_and_judge.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "harness/report/drawing.h"
#include "harness/report/json.h"
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

// Explains one scenario, with what this kernel did where it could be run.
void Print(const NamedScenario& named, const Profile& profile, const ScenarioRun& run) {
  const Scenario& scenario = named.annotated.scenario;
  const Observation* observation = run.observation.ok() ? &*run.observation : nullptr;
  const Surroundings surroundings =
      observation != nullptr ? observation->surroundings : BareSurroundings();
  const ScenarioPrediction prediction = PredictScenario(scenario, profile, surroundings);
  absl::PrintF("%s\n", named.name);
  for (size_t i = 0; i < scenario.files.size(); ++i) {
    const File& file = scenario.files[i];
    absl::PrintF("file       f%d is %s: %s\n", i, PrintFile(file), FactsOf(file.backing).about);
  }
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    const ActionObservation* seen = observation != nullptr ? &observation->actions[i] : nullptr;
    const Step* step = std::get_if<Step>(&scenario.actions[i]);
    absl::PrintF("%s", step != nullptr ? StepLine(*step, prediction.actions[i].step, seen)
                                       : CallText(std::get<SymbolicCall>(scenario.actions[i]),
                                                  prediction.actions[i], surroundings, seen));
  }
  const Judgement& judgement = run.judgement;
  absl::PrintF("verdict    %s%s%s\n", VerdictName(judgement.verdict),
               judgement.reason.empty() ? "" : ": ", judgement.reason);
  for (const Disagreement& disagreement : judgement.disagreements) {
    absl::PrintF("           expected %s, observed %s\n", disagreement.expected,
                 disagreement.observed);
  }
}

int Run(const std::vector<std::string>& arguments) {
  const absl::StatusOr<std::vector<NamedScenario>> scenarios = ReadScenarios(arguments);
  if (!scenarios.ok()) return UsageError(scenarios.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());

  absl::PrintF("%s", Heading(IdentifyKernel(), *chosen->profile, chosen->why));
  const absl::Status callable = TryOneCall();
  EffectsProvider provider;
  std::vector<Verdict> verdicts;
  for (const NamedScenario& named : *scenarios) {
    const ScenarioRun run =
        callable.ok()
            ? RunAndJudge(named.annotated, *chosen->profile, provider)
            : ScenarioRun{callable,
                          {.verdict = absl::IsUnavailable(callable) ? Verdict::kUnsupported
                                                                    : Verdict::kBroken,
                           .reason = std::string(callable.message())}};
    absl::PrintF("\n");
    Print(named, *chosen->profile, run);
    verdicts.push_back(run.judgement.verdict);
  }
  return ExitCodeFor(verdicts);
}

}  // namespace

Command ExplainCommand() {
  return {.name = "explain",
          .arguments = "FILE…",
          .summary = "draws what a call meets and follows the rules to its answer",
          .details =
              "For each call: the layout with the call's range under it, each step of the "
              "walk with its\nrule and where that is written, the prediction, and what "
              "this kernel did.",
          .flags = {"profile"},
          .run = Run};
}

}  // namespace msyncspec
