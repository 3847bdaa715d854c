// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/executor/this_process.h"
#include "model/source.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

std::string VersionText(const KernelVersion& version) {
  return version.patch == 0 && version.major > 2
             ? absl::StrCat(version.major, ".", version.minor)
             : absl::StrCat(version.major, ".", version.minor, ".", version.patch);
}

// "5.4 up to but without 5.16", "1.3.21 …, 2.5.0 …"; "" for what is no era of Linux.
std::string EraText(const Profile& profile) {
  std::vector<std::string> eras;
  for (const Era& era : profile.eras) {
    if (era.until == KernelVersion{}) continue;
    eras.push_back(
        era.until.major == std::numeric_limits<int>::max()
            ? absl::StrCat("from ", VersionText(era.since), " on")
            : absl::StrCat("from ", VersionText(era.since), " to before ", VersionText(era.until)));
  }
  return absl::StrJoin(eras, " and ");
}

std::string ProfilesText(const Profile* running) {
  std::string text;
  const auto list = [&](absl::string_view heading, std::span<const Profile> profiles) {
    absl::StrAppend(&text, text.empty() ? "" : "\n", heading, "\n");
    for (const Profile& profile : profiles) {
      const std::string era = EraText(profile);
      const absl::Status checkable = CanCheck(profile);
      absl::StrAppendFormat(&text, "  %-18s %s%s\n  %-18s %s%ssource %s\n", profile.name,
                            profile.basis, &profile == running ? " [auto]" : "", "", era,
                            era.empty() ? "" : "; ", profile.source);
      if (!checkable.ok()) absl::StrAppendFormat(&text, "  %-18s %s\n", "", checkable.message());
    }
  };
  list("Linux, by era:", LinuxProfiles());
  list("Documents:", DocumentProfiles());
  list("Linux for other callers (every era has these: linux-5.4-compat and so on):", AbiProfiles());
  return text;
}

std::string ProfilesJson(const Profile* running) {
  Json profiles = Json::array();
  for (const Profile* profile : AllProfiles()) {
    const Source* source = FindSource(profile->source);
    const absl::Status checkable = CanCheck(*profile);
    Json json = {{"name", profile->name},
                 {"kind", profile->IsDocument() ? "document" : "kernel"},
                 {"basis", profile->basis},
                 {"era", EraText(*profile)},
                 {"source", std::string(profile->source)},
                 {"edition", source->edition},
                 {"auto", profile == running},
                 {"checkable", checkable.ok()}};
    if (!checkable.ok()) json["reason"] = std::string(checkable.message());
    profiles.push_back(json);
  }
  return Json({{"schema", "msyncspec-profiles-1"}, {"profiles", profiles}}).dump(2) + "\n";
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) return UsageError("profiles takes no files");
  const absl::StatusOr<Format> format = ChooseFormat();
  if (!format.ok()) return UsageError(format.status().message());
  const Profile* running = RunningProfile();
  absl::PrintF("%s", *format == Format::kJson ? ProfilesJson(running) : ProfilesText(running));
  return kExitAgree;
}

}  // namespace

Command ProfilesCommand() {
  return {.name = "profiles",
          .arguments = "",
          .summary = "lists the profiles and marks the one that auto chooses here",
          .details =
              "Says of each what it stands for, the era of kernels that it covers, and the "
              "file of\nmodel/sources/ in which it is written.",
          .flags = {"format"},
          .run = Run};
}

}  // namespace msyncspec
