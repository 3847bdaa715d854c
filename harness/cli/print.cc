// SPDX-License-Identifier: MIT
#include "harness/scenario/print.h"

#include <cstdio>

#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/scenario_files.h"

namespace msyncspec {
namespace {

int Run(const std::vector<std::string>& arguments) {
  const absl::StatusOr<std::vector<NamedScenario>> scenarios = ReadScenarios(arguments);
  if (!scenarios.ok()) return UsageError(scenarios.status().message());
  for (const NamedScenario& named : *scenarios) absl::PrintF("%s", Print(named.annotated));
  return kExitAgree;
}

}  // namespace

Command PrintCommand() {
  return {.name = "print",
          .arguments = "FILE…",
          .summary = "prints scenarios in their canonical form",
          .details =
              "Two files that print the same are the same scenario. Comments are not part "
              "of a scenario.",
          .flags = {},
          .run = Run};
}

}  // namespace msyncspec
