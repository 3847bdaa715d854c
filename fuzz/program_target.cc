// SPDX-License-Identifier: MIT
#include "fuzz/program_target.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/c_program.h"
#include "fuzz/finding.h"
#include "fuzz/require.h"
#include "harness/differ/run_and_judge.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "harness/scenario/reproducer.h"
#include "harness/scenario/reproducer_scope.h"

namespace msyncspec {
namespace {

// The exit statuses of a reproducer.
enum : int { kGone = 0, kThere = 1, kCannot = 4 };

// For each action whether it is a call whose answer a program compares.
std::vector<bool> ComparedCalls(const Scenario& scenario, const Profile& profile) {
  std::vector<bool> compared(scenario.actions.size());
  const ScenarioPrediction said = PredictScenario(scenario, profile, BareSurroundings());
  if (!said.unmodelled.empty()) return compared;
  const ReproducerScope scope = ScopeOf(scenario, profile, said);
  for (size_t i = 0; i < compared.size(); ++i) {
    const bool is_call = std::holds_alternative<SymbolicCall>(scenario.actions[i]);
    compared[i] =
        is_call && !(scope.depends_on_others[i] && said.actions[i].call.prediction.walked);
  }
  return compared;
}

// The exit status of a program that sees what the harness saw. A disagreement about a layout is
// about what a program does not see.
int StatusFor(const Judgement& judgement, const std::vector<bool>& compared) {
  bool layout_is_built = judgement.verdict != Verdict::kUnsupported;
  for (const Disagreement& each : judgement.disagreements) {
    const Subject subject = each.subject;
    if (subject == Subject::kCrash || subject == Subject::kHang) return kThere;
    if (subject == Subject::kCall && compared[each.action]) return kThere;
    if (subject == Subject::kStep) layout_is_built = false;
  }
  const bool any = std::find(compared.begin(), compared.end(), true) != compared.end();
  return layout_is_built && any ? kGone : kCannot;
}

}  // namespace

ProgramTarget::ProgramTarget(FileProvider& provider) : provider_(provider) {
  if (absl::Status status = TryOneCall(); !status.ok()) NothingCanBeRun(status.message());
  if (absl::Status status = CanCheck(FuzzedProfile()); !status.ok()) {
    NothingCanBeRun(status.message());
  }
  const absl::StatusOr<ProgramEnd> nothing = RunC("int main(void) { return 0; }\n");
  if (!nothing.ok()) NothingCanBeRun(nothing.status().message());
}

void ProgramTarget::Check(const Scenario& scenario) {
  const Profile& profile = FuzzedProfile();
  const std::string source = ReproducerC(scenario, profile, {});
  const absl::StatusOr<ProgramEnd> end = RunC(source);
  Require(end.ok(), "the C program of a scenario compiles and runs",
          [&] { return absl::StrCat(end.status().message(), "\n", source); });
  const Judgement judgement = RunAndJudge({scenario, {}}, profile, provider_).judgement;
  Require(judgement.verdict != Verdict::kBroken, "the harness performs what a program performs",
          [&] { return absl::StrCat(judgement.reason, "\n", Print(scenario)); });
  const int status = StatusFor(judgement, ComparedCalls(scenario, profile));
  Require(end->status == status, "a C program says of this kernel what the harness says", [&] {
    return absl::StrCat("its exit status is ", end->status, ", and should be ", status, ":\n",
                        end->output, Print(scenario));
  });
  ++ended_[end->status];
}

void ProgramTarget::PrintCounts() const {
  for (const auto& [status, count] : ended_) {
    absl::FPrintF(stderr, "%d programs ended with %d\n", count, status);
  }
}

}  // namespace msyncspec
