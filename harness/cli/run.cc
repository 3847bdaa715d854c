// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/confirm.h"
#include "harness/differ/run_and_judge.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "harness/report/json.h"
#include "harness/report/text.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

// Returns the answer to each call, as predicted and as observed.
std::string CallLines(const Scenario& scenario, const Profile& profile,
                      const Observation& observation) {
  const ScenarioPrediction prediction =
      PredictScenario(scenario, profile, observation.surroundings);
  std::string text;
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    const SymbolicCall* call = std::get_if<SymbolicCall>(&scenario.actions[i]);
    if (call == nullptr) continue;
    const Prediction& said = prediction.actions[i].call.prediction;
    const ActionObservation& seen = observation.actions[i];
    const bool done = seen.state == ActionObservation::State::kDone;
    absl::StrAppendFormat(&text, "  %s\n    predicted %s by %s, observed %s\n", Print(*call),
                          Text(said.outcomes), std::string(said.rule->id),
                          done ? ErrnoName(seen.answer) : "nothing");
  }
  return text;
}

void PrintRun(const NamedRun& named, const Profile& profile, FileProvider& provider) {
  const Judgement& judgement = named.run.judgement;
  absl::PrintF("%s: %s%s%s\n", named.name, VerdictName(judgement.verdict),
               judgement.reason.empty() ? "" : ": ", judgement.reason);
  if (named.run.observation.ok()) {
    absl::PrintF("%s", CallLines(named.annotated.scenario, profile, *named.run.observation));
  }
  for (const Disagreement& disagreement : judgement.disagreements) {
    const int confirmations =
        CountConfirmations(named.annotated.scenario, profile, provider, disagreement);
    absl::PrintF("%s\n", FindingText({.scenario = named.annotated.scenario,
                                      .disagreement = disagreement,
                                      .origin = named.name,
                                      .command = CommandFor(named.annotated, profile),
                                      .confirmations = confirmations},
                                     profile, ChooseColour()));
  }
}

int Run(const std::vector<std::string>& arguments) {
  const absl::StatusOr<std::vector<NamedScenario>> scenarios = ReadScenarios(arguments);
  if (!scenarios.ok()) return UsageError(scenarios.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());
  const absl::StatusOr<Format> format = ChooseFormat();
  if (!format.ok()) return UsageError(format.status().message());
  if (absl::Status status = TryOneCall(); !status.ok()) {
    absl::FPrintF(stderr, "msyncspec: %s\n", status.message());
    return ExitCodeFor(status);
  }

  const KernelIdentity kernel = IdentifyKernel();
  if (*format == Format::kText) {
    absl::PrintF("%s", Heading(kernel, *chosen->profile, chosen->why));
  }
  EffectsProvider provider;
  std::vector<NamedRun> runs;
  std::vector<Verdict> verdicts;
  for (const NamedScenario& named : *scenarios) {
    runs.push_back(
        {named.name, named.annotated, RunAndJudge(named.annotated, *chosen->profile, provider)});
    verdicts.push_back(runs.back().run.judgement.verdict);
    if (*format == Format::kText) PrintRun(runs.back(), *chosen->profile, provider);
  }
  if (*format == Format::kJson) {
    absl::PrintF("%s", RunJson(kernel, *chosen->profile, runs));
  }
  return ExitCodeFor(verdicts);
}

}  // namespace

Command RunCommand() {
  return {.name = "run",
          .arguments = "FILE…",
          .summary = "runs scenarios on this kernel and says whether it agrees",
          .details =
              "A FILE of - is standard input. Nothing is run unless all files are well "
              "formed.",
          .flags = {"profile", "format"},
          .run = Run};
}

}  // namespace msyncspec
