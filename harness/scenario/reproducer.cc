// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "harness/scenario/reproducer_files.h"
#include "harness/scenario/reproducer_lines.h"
#include "harness/scenario/reproducer_parts.h"
#include "harness/scenario/reproducer_scope.h"
#include "harness/scenario/reproducer_steps.h"

namespace msyncspec {
namespace {

bool CallsCompat(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
    const SymbolicCall* call = std::get_if<SymbolicCall>(&action);
    return call != nullptr && call->caller == Caller::kCompat32;
  });
}

bool HasUserfault(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    return step != nullptr && step->kind == StepKind::kUserfault;
  });
}

std::string Head(const Scenario& scenario, const Profile& profile, const Reproduction& about) {
  std::vector<std::string> lines = about.about;
  if (!lines.empty()) lines.emplace_back();
  lines.push_back(
      absl::StrCat("Performs this scenario and compares what msync(2) answers with "
                   "what the profile ",
                   profile.name, " of msyncspec predicts:"));
  lines.emplace_back();
  for (const absl::string_view line : absl::StrSplit(Print(scenario), '\n', absl::SkipEmpty())) {
    lines.push_back(absl::StrCat("\t", line));
  }
  lines.emplace_back();
  lines.emplace_back(
      "Exits with 0 if all answers are as predicted, 1 if one is not, and 4 if the layout cannot "
      "be built here, or nothing can be compared. Build with");
  lines.emplace_back("\tgcc -static -Wall -Wextra -Werror -o repro repro.c");
  return absl::StrCat("/* SPDX-License-Identifier: MIT */\n", BlockComment(lines));
}

// Returns the statements that leave what needs another machine alone.
std::string Requirements(const Scenario& scenario, const ReproducerScope& scope) {
  std::string text;
  if (scope.page_size.has_value()) {
    absl::StrAppend(&text, "\tif (page != ", scope.page_size->count, ")\n\t\tcannot(\"pages of ",
                    scope.page_size->count, " bytes are needed\");\n");
  }
  if (scope.needs_wide_registers) {
    absl::StrAppend(&text,
                    "\tif (sizeof(long) < 8)\n\t\tcannot(\"registers of 64 bits are needed\");\n");
  }
  if (CallsCompat(scenario)) absl::StrAppend(&text, "\tneed_compat();\n");
  if (HasMeanwhile(scenario)) {
    absl::StrAppend(&text, "\tcannot(\"this program has no other thread\");\n");
  }
  return text;
}

std::string ActionStatements(const Scenario& scenario, const ScenarioPrediction& prediction,
                             const ReproducerScope& scope, const Reproduction& reproduction,
                             size_t i) {
  const ActionPrediction& said = prediction.actions[i];
  if (const SymbolicCall* call = std::get_if<SymbolicCall>(&scenario.actions[i])) {
    const bool depends = said.call.prediction.walked && scope.depends_on_others[i];
    return CallStatements(*call, said.call.prediction,
                          depends ? OnAnother::kIsPrinted : OnAnother::kDiffers);
  }
  const Step& step = std::get<Step>(scenario.actions[i]);
  const bool in_question = reproduction.step == i;
  std::string text = StepStatements(step, scenario.files, said.step,
                                    in_question ? OnAnother::kDiffers : OnAnother::kCannotBuild);
  // The child's own mappings know nothing of its parent's userfaultfd.
  if (step.kind == StepKind::kFork && HasUserfault(scenario)) {
    absl::StrAppend(&text, "\tuffd = -1;\n");
  }
  return text;
}

std::string PerformFunction(const Scenario& scenario, const Profile& profile,
                            const Reproduction& reproduction) {
  const ScenarioPrediction prediction = PredictScenario(scenario, profile, BareSurroundings());
  if (!prediction.unmodelled.empty()) {
    const std::string why = absl::StrCat("not modelled: ", prediction.unmodelled);
    return absl::StrCat(ServedTable(scenario.files), "static void perform(void)\n{\n",
                        Statement("cannot(", {Quoted(why)}, ");"), "}\n");
  }
  const ReproducerScope scope = ScopeOf(scenario, profile, prediction);
  std::string text = absl::StrCat(ServedTable(scenario.files), "static void perform(void)\n{\n",
                                  FileDeclarations(scenario.files), "\tint got;\n\n",
                                  Requirements(scenario, scope), "\tp = find_arena();\n",
                                  FileStatements(scenario));
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    absl::StrAppend(&text, "\n", ActionStatements(scenario, prediction, scope, reproduction, i));
  }
  return absl::StrCat(text, "}\n");
}

}  // namespace

std::string ReproducerC(const Scenario& scenario, const Profile& profile,
                        const Reproduction& reproduction) {
  return absl::StrCat(Head(scenario, profile, reproduction),
                      WithParts(PerformFunction(scenario, profile, reproduction)));
}

}  // namespace msyncspec
