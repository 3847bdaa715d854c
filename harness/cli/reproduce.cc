// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"
#include "harness/cli/shared_flags.h"
#include "harness/executor/this_process.h"
#include "harness/report/text.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/reproducer.h"

namespace msyncspec {
namespace {

int NothingToPrint(absl::string_view why) {
  absl::FPrintF(stderr, "msyncspec: %s\n", why);
  return kExitNothingRun;
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() > 1) return UsageError("reproduce takes one file: a program performs one");
  const absl::StatusOr<std::vector<NamedScenario>> scenarios = ReadScenarios(arguments);
  if (!scenarios.ok()) return UsageError(scenarios.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());
  const Profile& profile = *chosen->profile;
  if (absl::Status status = CanCheck(profile); !status.ok())
    return NothingToPrint(status.message());

  const NamedScenario& named = scenarios->front();
  const Scenario scenario = AsCalledBy(profile, named.annotated.scenario);
  const ScenarioPrediction prediction = PredictScenario(scenario, profile, BareSurroundings());
  if (!prediction.unmodelled.empty()) {
    return NothingToPrint(absl::StrCat(named.name, ": not modelled: ", prediction.unmodelled));
  }
  const std::string heading = Heading(IdentifyKernel(), profile, chosen->why);
  absl::PrintF("%s",
               ReproducerC(scenario, profile,
                           {.about = {named.name, std::string(absl::StripSuffix(heading, "\n"))}}));
  return kExitAgree;
}

}  // namespace

Command ReproduceCommand() {
  return {
      .name = "reproduce",
      .arguments = "FILE",
      .summary = "prints a C program that performs a scenario and needs nothing but libc",
      .details =
          "The program compares each answer with what the profile predicts, and exits with 0 "
          "if all are as\npredicted, 1 if one is not, and 4 if the layout cannot be built where "
          "it runs. As root it serves fuse\nfiles; it makes no filesystems or disks of its own. "
          "A FILE of - is standard input. Exit codes: 0\nprinted; 2 wrong usage or a wrong "
          "file; 4 the model does not follow the scenario, or the profile is\nnot about this "
          "machine.",
      .flags = {"profile"},
      .run = Run};
}

}  // namespace msyncspec
