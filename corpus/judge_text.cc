// SPDX-License-Identifier: MIT
#include "corpus/judge_text.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Returns the profiles that `annotated` names, in the order of AllProfiles; then those that it does
// not list, an ABI of an old kernel.
std::vector<const Profile*> Named(const AnnotatedScenario& annotated) {
  std::vector<const Profile*> named;
  const auto add = [&named](const Profile* profile) {
    if (std::find(named.begin(), named.end(), profile) == named.end()) named.push_back(profile);
  };
  for (const Profile* profile : AllProfiles()) {
    for (const Expectation& expectation : annotated.expectations) {
      if (IsAbout(expectation, *profile)) add(profile);
    }
  }
  for (const Expectation& expectation : annotated.expectations) {
    add(FindProfile(expectation.profile));
  }
  return named;
}

// What the hardware lets addresses carry: tags/ tells of machines that no other file speaks of.
AddressTag TagOf(absl::string_view path) {
  if (absl::StartsWith(path, "tags/arm64")) return kTopByteTag;
  if (absl::StartsWith(path, "tags/x86")) return kLinearAddressMask;
  return kNoTag;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> JudgeText(absl::string_view path, absl::string_view text) {
  const absl::StatusOr<AnnotatedScenario> annotated = Parse(text);
  if (!annotated.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ":", annotated.status().message()));
  }
  Surroundings surroundings = BareSurroundings();
  surroundings.machine.tag = TagOf(path);
  const std::vector<int> action_lines = ActionLines(text);
  std::vector<std::string> mismatches;
  for (const Profile* profile : Named(*annotated)) {
    const ScenarioPrediction prediction =
        PredictScenario(annotated->scenario, *profile, surroundings);
    for (const ExpectationMismatch& mismatch : CompareExpectations(
             *annotated, *profile, prediction, profile->abi.On(surroundings.machine).page_size)) {
      mismatches.push_back(absl::StrCat(path, ":", action_lines[mismatch.action], ": \"",
                                        mismatch.expected, "\", but the model says \"",
                                        mismatch.predicted, "\""));
    }
  }
  return mismatches;
}

}  // namespace msyncspec
