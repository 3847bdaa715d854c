// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/vectors/c_runner.h"
#include "harness/vectors/manual_page.h"
#include "harness/vectors/markdown.h"
#include "harness/vectors/vector_set.h"
#include "harness/vectors/vectors_json.h"

namespace msyncspec {
namespace {

struct Rendering {
  absl::string_view format;
  absl::StatusOr<std::string> (*render)(const VectorSet& set);
};

constexpr Rendering kRenderings[] = {
    {"json", [](const VectorSet& set) -> absl::StatusOr<std::string> { return VectorsJson(set); }},
    {"c", [](const VectorSet& set) { return CRunner(set, Report::kFlat); }},
    {"ktap-c", [](const VectorSet& set) { return CRunner(set, Report::kNested); }},
    {"markdown",
     [](const VectorSet& set) -> absl::StatusOr<std::string> { return VectorsMarkdown(set); }},
    {"man", [](const VectorSet& set) -> absl::StatusOr<std::string> { return ManualPage(set); }},
};

// Returns the rendering that --format names, the first where it is not given; null if it names
// none.
const Rendering* ChooseRendering() {
  const std::string format = absl::GetFlag(FLAGS_format);
  if (format.empty()) return &kRenderings[0];
  for (const Rendering& each : kRenderings) {
    if (each.format == format) return &each;
  }
  return nullptr;
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) return UsageError("vectors takes no files");
  const Rendering* rendering = ChooseRendering();
  if (rendering == nullptr) {
    return UsageError(absl::StrCat("--format=", absl::GetFlag(FLAGS_format),
                                   ": expected json, c, ktap-c, markdown or man"));
  }
  const absl::StatusOr<ChosenProfile> profile = ChooseProfile();
  if (!profile.ok()) return UsageError(profile.status().message());
  const absl::StatusOr<std::string> text = rendering->render(MakeVectors(*profile->profile));
  if (!text.ok()) return UsageError(text.status().message());
  absl::PrintF("%s", *text);
  return kExitAgree;
}

}  // namespace

Command VectorsCommand() {
  return {
      .name = "vectors",
      .arguments = "",
      .summary = "prints test vectors for others to run, with what every profile says of them",
      .details =
          "--format is json (unless it is given), c (a program that runs the vectors), ktap-c "
          "(the same, with\na test for each rule), markdown or man. The vectors are the smallest "
          "that show each rule, each pair\nof rules that compete, and each boundary. No vector is "
          "run: with --profile=auto, the default, uname is\nasked which profile to take, and "
          "otherwise no system is asked at all. Exit codes: 0 printed; 2 wrong\nusage, a profile "
          "that is not there, or c or ktap-c for a profile of another ABI.",
      .flags = {"profile", "format"},
      .run = Run};
}

}  // namespace msyncspec
