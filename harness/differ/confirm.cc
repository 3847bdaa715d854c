// SPDX-License-Identifier: MIT
#include "harness/differ/confirm.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/differ/judge.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

// What the sweep itself saw, in words.
Disagreement FromSuspect(const Suspect& suspect) {
  Disagreement disagreement = {.subject = suspect.subject,
                               .action = suspect.item,
                               .rule = suspect.rule == nullptr ? "" : std::string(suspect.rule->id),
                               .expected = ErrnoName(suspect.expected),
                               .observed = ErrnoName(suspect.observed)};
  if (suspect.subject == Subject::kCrash) disagreement.observed = "the process is killed";
  if (suspect.subject == Subject::kHang) disagreement.observed = "does not come back";
  if (suspect.subject == Subject::kLayout) {
    disagreement.expected = "the layout of the model";
    disagreement.observed = "another one in the kernel's own view";
  }
  return disagreement;
}

}  // namespace

bool Finding::confirmed() const { return confirmations == kConfirmations; }

void AddOnce(Finding finding, StageResult& result) {
  const bool known = std::any_of(
      result.findings.begin(), result.findings.end(),
      [&finding](const Finding& other) { return other.disagreement.SameAs(finding.disagreement); });
  if (!known) result.findings.push_back(std::move(finding));
}

void AddFindings(const StageContext& context, const Scenario& scenario, const Suspect& suspect,
                 const std::string& origin, const std::string& command, StageResult& result) {
  const ScenarioRun run = RunAndJudge({scenario, {}}, context.profile, context.provider);
  const std::string repeat = command.empty() ? CommandFor(scenario) : command;
  if (run.judgement.disagreements.empty()) {
    AddOnce({.scenario = scenario,
             .disagreement = FromSuspect(suspect),
             .origin = origin,
             .command = repeat},
            result);
    return;
  }
  // The first is what to look at; what follows in the same scenario often follows from it.
  const Disagreement& first = run.judgement.disagreements.front();
  AddOnce({.scenario = scenario,
           .disagreement = first,
           .origin = origin,
           .command = repeat,
           .confirmations = CountConfirmations(scenario, context.profile, context.provider, first)},
          result);
}

std::string CommandFor(const Scenario& scenario) {
  return absl::StrCat("msyncspec run - <<'END'\n", Print(scenario), "END");
}

void TakeCounts(const SweepCounts& counts, StageResult& result) {
  result.layouts = counts.layouts;
  result.steps = counts.steps;
  result.calls = counts.calls;
  result.walked = counts.walked;
  result.agreed = counts.calls - counts.disagreed;
  result.views = counts.views;
  if (counts.unsupported_calls > 0) {
    result.unsupported["no /proc/self/maps: what is mapped beyond the arena is not known"].calls +=
        counts.unsupported_calls;
  }
}

}  // namespace msyncspec
