// SPDX-License-Identifier: MIT
#include "harness/cli/shared_flags.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/cli/command.h"
#include "harness/executor/this_process.h"
#include "model/profiles/profiles.h"

ABSL_FLAG(
    std::string, profile, "auto",
    "the profile to predict with, one that msyncspec profiles lists; auto takes the one whose "
    "era the running kernel is of");
ABSL_FLAG(std::string, format, "",
          "text, which most verbs print unless told otherwise, or json; some verbs write others "
          "too, and say so");
ABSL_FLAG(std::string, output, "", "a folder that gets a folder for each finding");

namespace msyncspec {

const Profile* RunningProfile() { return ProfileOf(IdentifyKernel()); }

absl::StatusOr<ChosenProfile> ChooseProfile() {
  const std::string name = absl::GetFlag(FLAGS_profile);
  const absl::StatusOr<const Profile*> named =
      ProfileNamed(name, absl::StrCat("--profile=", name, ": "));
  if (!named.ok()) return named.status();
  if (name != "auto") return ChosenProfile{*named, "named by --profile"};
  return ChosenProfile{*named, IdentifyKernel().IsGvisor()
                                   ? "auto, the era that gVisor follows"
                                   : "auto, by the version that uname tells"};
}

absl::StatusOr<const Profile*> ProfileNamed(absl::string_view name, absl::string_view place) {
  if (name == "auto") {
    if (const Profile* running = RunningProfile(); running != nullptr) return running;
    return absl::InvalidArgumentError(absl::StrCat(place, "no profile covers Linux ",
                                                   IdentifyKernel().release,
                                                   "; name one that msyncspec profiles lists"));
  }
  if (const Profile* profile = FindProfile(name); profile != nullptr) return profile;
  KernelVersion version;
  // "linux-6.12" is no name, but it is clear what is meant.
  const int parts = sscanf(std::string(name).c_str(), "linux-%d.%d.%d", &version.major,
                           &version.minor, &version.patch);
  if (const Profile* era = ProfileFor(version); parts >= 2 && era != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(place, "no such profile; Linux ", version.major,
                                                   ".", version.minor, " is of the era ",
                                                   era->name));
  }
  std::vector<absl::string_view> names = {"auto"};
  for (const Profile* profile : AllProfiles()) names.push_back(profile->name);
  return absl::InvalidArgumentError(
      absl::StrCat(place, "no such profile; did you mean ", Nearest(name, names), "?"));
}

absl::StatusOr<Format> ChooseFormat(const std::vector<Format>& offered) {
  const std::string name = absl::GetFlag(FLAGS_format);
  if (name.empty()) return offered.front();
  std::vector<std::string> names;
  for (const Format format : offered) {
    names.emplace_back(format == Format::kText   ? "text"
                       : format == Format::kJson ? "json"
                                                 : "markdown");
    if (names.back() == name) return format;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--format=", name, ": expected ", absl::StrJoin(names, " or ")));
}

Colour ChooseColour() {
  const char* no_colour = getenv("NO_COLOR");
  const bool refused = no_colour != nullptr && no_colour[0] != '\0';
  return !refused && isatty(STDOUT_FILENO) == 1 ? Colour::kOn : Colour::kOff;
}

}  // namespace msyncspec
