// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
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
  return text;
}

// The functions of one program, as they are written.
class Functions {
 public:
  // Everything outlives it.
  Functions(const Scenario& scenario, const Profile& profile, const ScenarioPrediction& prediction,
            const Reproduction& reproduction)
      : scenario_(scenario),
        prediction_(prediction),
        reproduction_(reproduction),
        scope_(ScopeOf(scenario, profile, prediction)) {}

  std::string Text() {
    const std::vector<File>& files = scenario_.files;
    std::string body = absl::StrCat("\tint got;\n\n", Requirements(scenario_, scope_),
                                    "\tp = find_arena();\n", FileStatements(scenario_));
    for (size_t i = 0; i < scenario_.actions.size(); ++i) AppendAction(i, body);
    if (!reproduction_.unseen.empty()) {
      const std::string why =
          absl::StrCat("no answer of msync shows ", reproduction_.unseen, ": msyncspec run does");
      absl::StrAppend(&body, "\n\tif (!differs)\n\t", Statement("cannot(", {Quoted(why)}, ");"));
    }
    // What two threads use stands in front of both.
    const bool shared = HasMeanwhile(scenario_);
    return absl::StrCat(ServedTable(files),
                        shared ? absl::StrCat(FileDeclarations(files, "static "), "\n") : "",
                        others_, "static void perform(void)\n{\n",
                        shared ? "" : FileDeclarations(files, "\t"), body, "}\n");
  }

 private:
  void AppendAction(size_t i, std::string& body) {
    const Step* step = std::get_if<Step>(&scenario_.actions[i]);
    if (step != nullptr && !step->moment.InTurn()) {
      meanwhile_.push_back(i);
    } else {
      absl::StrAppend(&body, "\n", step != nullptr ? ForStep(i) : ForCall(i));
    }
  }

  std::string ForStep(size_t i) const {
    const Step& step = std::get<Step>(scenario_.actions[i]);
    const bool in_question = reproduction_.step == i;
    std::string text = StepStatements(step, scenario_.files, prediction_.actions[i].step,
                                      in_question ? OnAnother::kDiffers : OnAnother::kCannotBuild);
    // The child's own mappings know nothing of its parent's userfaultfd.
    if (step.kind == StepKind::kFork && HasUserfault(scenario_)) {
      absl::StrAppend(&text, "\tuffd = -1;\n");
    }
    return text;
  }

  std::string ForCall(size_t i) {
    const Prediction& said = prediction_.actions[i].call.prediction;
    const bool depends = said.walked && scope_.depends_on_others[i];
    BesideCall beside;
    if (!meanwhile_.empty()) {
      const std::string name = absl::StrCat("meanwhile_", i);
      beside = {.before = Statement("start_thread(",
                                    {name, absl::StrCat(MomentOf(meanwhile_.front()))}, ");"),
                .behind = "\tend_thread();\n"};
      absl::StrAppend(&others_, "static void ", name, "(void)\n{\n", ThreadBody(), "}\n\n");
      meanwhile_.clear();
    }
    return CallStatements(std::get<SymbolicCall>(scenario_.actions[i]), said,
                          depends ? OnAnother::kIsPrinted : OnAnother::kDiffers, beside);
  }

  // Of all moments that are meant by any, the first wait is one.
  int MomentOf(size_t i) const {
    const Moment& moment = std::get<Step>(scenario_.actions[i]).moment;
    return moment.IsAny() ? 1 : moment.number();
  }

  std::string ThreadBody() const {
    std::string text = "\tawait_fsync();\n";
    for (size_t k = 0; k < meanwhile_.size(); ++k) {
      const int before = k == 0 ? 0 : MomentOf(meanwhile_[k - 1]);
      const int now = MomentOf(meanwhile_[k]);
      if (k > 0 && now != before) {
        absl::StrAppend(&text, "\trelease(", now - before, ");\n\tawait_fsync();\n");
      }
      absl::StrAppend(&text, ForStep(meanwhile_[k]));
    }
    const bool answers = absl::StrContains(text, "got");
    return absl::StrCat(answers ? "\tint got;\n\n" : "", text, "\trelease(0);\n");
  }

  const Scenario& scenario_;
  const ScenarioPrediction& prediction_;
  const Reproduction& reproduction_;
  const ReproducerScope scope_;
  std::vector<size_t> meanwhile_;  // the steps that await the next call
  std::string others_;             // the functions of other threads
};

// Whether all served files of `scenario` are on one connection, and there are some.
bool HasOneServer(const Scenario& scenario) {
  std::set<int> connections;
  for (const File& file : scenario.files) {
    if (file.backing != Backing::kFuse || file.origin != Origin::kNew) continue;
    connections.insert(ConnectionOf(file));
  }
  return connections.size() == 1;
}

// Says why no program can perform `scenario`; empty if one can.
std::string WhyNot(const Scenario& scenario, const ScenarioPrediction& prediction) {
  if (!prediction.unmodelled.empty()) return absl::StrCat("not modelled: ", prediction.unmodelled);
  const bool can = !HasMeanwhile(scenario) || HasOneServer(scenario);
  return can ? "" : "`meanwhile` needs fuse files, and all of them on one connection";
}

std::string FunctionsOf(const Scenario& scenario, const Profile& profile,
                        const Reproduction& reproduction) {
  const ScenarioPrediction prediction = PredictScenario(scenario, profile, BareSurroundings());
  if (const std::string why = WhyNot(scenario, prediction); !why.empty()) {
    return absl::StrCat("static void perform(void)\n{\n", Statement("cannot(", {Quoted(why)}, ");"),
                        "}\n");
  }
  return Functions(scenario, profile, prediction, reproduction).Text();
}

}  // namespace

std::string ReproducerC(const Scenario& scenario, const Profile& profile,
                        const Reproduction& reproduction) {
  return absl::StrCat(Head(scenario, profile, reproduction),
                      WithParts(FunctionsOf(scenario, profile, reproduction)));
}

}  // namespace msyncspec
