// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/compare_predictions.h"
#include "harness/differ/confirm.h"
#include "harness/differ/minimise_finding.h"
#include "harness/differ/run_and_judge.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "harness/report/finding_folder.h"
#include "harness/report/text.h"
#include "harness/scenario/predict_scenario.h"

ABSL_FLAG(std::string, against, "",
          "another profile, whose predictions take the place of this kernel's answers");

namespace msyncspec {
namespace {

// Shows on a terminal how far it is; elsewhere nothing.
class TriedLine {
 public:
  ~TriedLine() {
    if (shown_) absl::FPrintF(stderr, "\r\033[K");
  }
  void Show(const MinimiseProgress& progress) {
    if (!on_) return;
    shown_ = true;
    absl::FPrintF(stderr, "\r\033[K%d scenarios tried, %d steps and calls left", progress.tried,
                  progress.actions);
    fflush(stderr);
  }

 private:
  const bool on_ = isatty(STDERR_FILENO) == 1;
  bool shown_ = false;
};

int NothingRun(const NamedScenario& named, const std::string& why) {
  absl::FPrintF(stderr, "msyncspec: %s: cannot be run here: %s\n", named.name, why);
  return kExitNothingRun;
}

// The first disagreement that comes again each time, or else the first of all.
Finding Choose(const NamedScenario& named, const Profile& profile, FileProvider& provider,
               const std::vector<Disagreement>& disagreements) {
  Finding chosen;
  for (const Disagreement& disagreement : disagreements) {
    Finding finding = {.scenario = named.annotated.scenario,
                       .disagreement = disagreement,
                       .origin = named.name,
                       .command = CommandFor(named.annotated, profile),
                       .confirmations = CountConfirmations(named.annotated.scenario, profile,
                                                           provider, disagreement)};
    if (finding.confirmed()) return finding;
    if (chosen.command.empty()) chosen = finding;
  }
  return chosen;
}

// Writes the folder that --output asks for. Returns the exit code of a finding.
int WriteFolder(const Finding& finding, const Profile& profile, const KernelIdentity& kernel) {
  const std::string output = absl::GetFlag(FLAGS_output);
  if (output.empty()) return kExitFindings;
  const FindingContext context = {.profile = profile, .kernel = kernel};
  const absl::StatusOr<FindingFolder> folder = WriteFindingFolder(finding, context, output);
  if (!folder.ok()) {
    absl::FPrintF(stderr, "msyncspec: %s\n", folder.status().message());
    return kExitBroken;
  }
  absl::FPrintF(stderr, "%s: %s\n", folder->path,
                folder->is_new ? "written" : "was there already, and is as it was");
  return kExitFindings;
}

int MinimiseHere(const NamedScenario& named, const Profile& profile) {
  if (absl::Status status = TryOneCall(); !status.ok()) {
    absl::FPrintF(stderr, "msyncspec: %s\n", status.message());
    return ExitCodeFor(status);
  }
  EffectsProvider provider;
  const Judgement judgement = RunAndJudge(named.annotated, profile, provider).judgement;
  if (judgement.verdict == Verdict::kUnsupported) return NothingRun(named, judgement.reason);
  if (judgement.verdict == Verdict::kBroken) {
    absl::FPrintF(stderr, "msyncspec: %s: %s\n", named.name, judgement.reason);
    return kExitBroken;
  }
  if (judgement.verdict == Verdict::kAgree) {
    absl::PrintF("%s agrees: there is nothing to minimise\n", named.name);
    return kExitAgree;
  }
  Finding finding = Choose(named, profile, provider, judgement.disagreements);
  if (finding.confirmed()) {
    TriedLine line;
    finding =
        MinimiseFinding(finding, profile, provider, [&line](const MinimiseProgress& progress) {
          line.Show(progress);
          return true;
        });
  } else {
    absl::FPrintF(stderr,
                  "msyncspec: %s: unstable, and left as it is: it came again in %d of %d re-runs\n",
                  named.name, finding.confirmations, kConfirmations);
  }
  const KernelIdentity kernel = IdentifyKernel();
  absl::PrintF("%s", ScenarioFileText(finding, profile, absl::StrCat("Linux ", kernel.release)));
  return WriteFolder(finding, profile, kernel);
}

int MinimiseAgainst(const NamedScenario& named, const Profile& profile, const Profile& other) {
  const Scenario& scenario = named.annotated.scenario;
  const std::vector<Disagreement> disagreements = ComparePredictions(scenario, profile, other);
  if (disagreements.empty()) {
    for (const Profile* each : {&profile, &other}) {
      const ScenarioPrediction said = PredictScenario(scenario, *each, BareSurroundings());
      if (!said.unmodelled.empty()) {
        return NothingRun(named, absl::StrCat("not modelled: ", said.unmodelled));
      }
    }
    absl::PrintF("%s: %s agrees with %s: there is nothing to minimise\n", named.name, profile.name,
                 other.name);
    return kExitAgree;
  }
  const Finding found = {.scenario = scenario, .disagreement = disagreements[0]};
  absl::PrintF("%s", ScenarioFileText(MinimiseDifference(found, profile, other), profile,
                                      std::string(other.name)));
  return kExitFindings;
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() > 1) return UsageError("minimize takes one file at a time");
  const absl::StatusOr<std::vector<NamedScenario>> scenarios = ReadScenarios(arguments);
  if (!scenarios.ok()) return UsageError(scenarios.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());
  const std::string against = absl::GetFlag(FLAGS_against);
  if (against.empty()) return MinimiseHere(scenarios->front(), *chosen->profile);
  const absl::StatusOr<const Profile*> other =
      ProfileNamed(against, absl::StrCat("--against=", against, ": "));
  if (!other.ok()) return UsageError(other.status().message());
  if (!absl::GetFlag(FLAGS_output).empty()) {
    return UsageError("--output with --against: two profiles that differ are no finding");
  }
  return MinimiseAgainst(scenarios->front(), *chosen->profile, **other);
}

}  // namespace

Command MinimizeCommand() {
  return {.name = "minimize",
          .arguments = "FILE",
          .summary = "reduces a scenario that disagrees to what the disagreement needs",
          .details =
              "Runs the scenario on this kernel, and prints the simplest one that still shows its\n"
              "first disagreement: the same rule, prediction and observation. One that does not\n"
              "come again each time is said to be unstable and printed as it is. Tries new\n"
              "scenarios for half a minute at most.",
          .flags = {"profile", "against", "output"},
          .run = Run};
}

}  // namespace msyncspec
