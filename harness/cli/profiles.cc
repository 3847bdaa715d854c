// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/executor/this_process.h"

namespace msyncspec {
namespace {

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) return UsageError("profiles takes no files");
  const Profile* running = ProfileFor(IdentifyKernel().version);
  for (const Profile& profile : LinuxProfiles()) {
    absl::PrintF("%-14s %s%s\n", profile.name, profile.basis, &profile == running ? " [auto]" : "");
  }
  return kExitAgree;
}

}  // namespace

Command ProfilesCommand() {
  return {.name = "profiles",
          .arguments = "",
          .summary = "lists the profiles and marks the one that auto chooses here",
          .details = "",
          .flags = {},
          .run = Run};
}

}  // namespace msyncspec
