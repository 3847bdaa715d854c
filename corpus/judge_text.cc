// SPDX-License-Identifier: MIT
#include "corpus/judge_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Returns the numbers of the lines on which the actions stand.
std::vector<size_t> ActionLines(absl::string_view text) {
  std::vector<size_t> lines;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripLeadingAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    if (absl::StartsWith(line, "file") || absl::StartsWith(line, "expect")) continue;
    lines.push_back(number);
  }
  return lines;
}

bool Names(const AnnotatedScenario& annotated, const Profile& profile) {
  for (const Expectation& expectation : annotated.expectations) {
    if (expectation.profile == profile.name) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> JudgeText(absl::string_view path, absl::string_view text) {
  const absl::StatusOr<AnnotatedScenario> annotated = Parse(text);
  if (!annotated.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ":", annotated.status().message()));
  }
  const Surroundings surroundings = BareSurroundings();
  const std::vector<size_t> action_lines = ActionLines(text);
  std::vector<std::string> mismatches;
  for (const Profile& profile : LinuxProfiles()) {
    if (!Names(*annotated, profile)) continue;
    const ScenarioPrediction prediction =
        PredictScenario(annotated->scenario, profile, surroundings);
    for (const ExpectationMismatch& mismatch :
         CompareExpectations(*annotated, profile, prediction, surroundings.machine.page_size)) {
      mismatches.push_back(absl::StrCat(path, ":", action_lines[mismatch.action], ": \"",
                                        mismatch.expected, "\", but the model says \"",
                                        mismatch.predicted, "\""));
    }
  }
  return mismatches;
}

}  // namespace msyncspec
