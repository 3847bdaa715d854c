// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/run_and_judge.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "harness/report/explanation.h"
#include "harness/report/json.h"

namespace msyncspec {
namespace {

// Explains one scenario, with what this kernel did where it could be run.
void Print(const NamedScenario& named, const Profile& profile, const ScenarioRun& run) {
  const Observation* observation = run.observation.ok() ? &*run.observation : nullptr;
  absl::PrintF("%s\n%s", named.name,
               ExplanationText(named.annotated.scenario, profile, observation));
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
