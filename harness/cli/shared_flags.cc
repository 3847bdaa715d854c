// SPDX-License-Identifier: MIT
#include "harness/cli/shared_flags.h"

#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "harness/cli/command.h"
#include "harness/executor/this_process.h"
#include "model/profiles/profiles.h"

ABSL_FLAG(
    std::string, profile, "auto",
    "the profile to predict with, one that msyncspec profiles lists; auto takes the one whose "
    "era the running kernel is of");
ABSL_FLAG(std::string, format, "text", "text or json");

namespace msyncspec {

absl::StatusOr<ChosenProfile> ChooseProfile() {
  const std::string name = absl::GetFlag(FLAGS_profile);
  if (name == "auto") {
    const KernelIdentity kernel = IdentifyKernel();
    const Profile* profile = ProfileFor(kernel.version);
    if (profile == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("--profile=auto: no profile covers Linux ",
                                                     kernel.release,
                                                     "; name one that msyncspec profiles lists"));
    }
    return ChosenProfile{profile, "auto, by the version that uname tells"};
  }
  if (const Profile* profile = FindProfile(name); profile != nullptr) {
    return ChosenProfile{profile, "named by --profile"};
  }
  std::vector<absl::string_view> names = {"auto"};
  for (const Profile& profile : LinuxProfiles()) names.push_back(profile.name);
  return absl::InvalidArgumentError(absl::StrCat(
      "--profile=", name, ": no such profile; did you mean ", Nearest(name, names), "?"));
}

absl::StatusOr<Format> ChooseFormat() {
  const std::string name = absl::GetFlag(FLAGS_format);
  if (name == "text") return Format::kText;
  if (name == "json") return Format::kJson;
  return absl::InvalidArgumentError(absl::StrCat("--format=", name, ": expected text or json"));
}

Colour ChooseColour() {
  const char* no_colour = getenv("NO_COLOR");
  const bool refused = no_colour != nullptr && no_colour[0] != '\0';
  return !refused && isatty(STDOUT_FILENO) == 1 ? Colour::kOn : Colour::kOff;
}

}  // namespace msyncspec
