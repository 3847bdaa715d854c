// SPDX-License-Identifier: MIT
#include "harness/differ/confirm.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "harness/differ/run_and_judge.h"
#include "harness/executor/stopwatch.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

// What the sweep itself saw, in words.
Disagreement FromSuspect(const Suspect& suspect) {
  Disagreement disagreement = {.subject = suspect.subject,
                               .action = suspect.item,
                               .rule = suspect.rule == nullptr ? "" : std::string(suspect.rule->id),
                               .expected = Text(suspect.expected),
                               .observed = ErrnoName(suspect.observed)};
  if (suspect.subject == Subject::kCrash) disagreement.observed = "the process is killed";
  if (suspect.subject == Subject::kHang) disagreement.observed = "does not come back";
  if (suspect.subject == Subject::kEffect) {
    disagreement.expected = "what the model says of the files";
    disagreement.observed = "something else, twice";
  }
  if (suspect.subject == Subject::kLayout) {
    disagreement.expected = "the layout of the model";
    disagreement.observed = "another one in the kernel's own view";
  }
  return disagreement;
}

// Leaves out the steps behind an action. Among them may be one that the model cannot follow, and
// then the whole scenario could not be judged; calls change nothing, and one has to be there.
Scenario WithoutStepsBehind(Scenario scenario, size_t action) {
  std::vector<Action>& actions = scenario.actions;
  // A worker that was killed between two scenarios may name an action of the first in the second.
  const size_t kept = std::min(action + 1, actions.size());
  const auto behind = actions.begin() + static_cast<std::ptrdiff_t>(kept);
  actions.erase(
      std::remove_if(behind, actions.end(),
                     [](const Action& each) { return std::holds_alternative<Step>(each); }),
      actions.end());
  return scenario;
}

// A call disagrees once, by its answer or by what it does.
uint64_t CountDisagreeingCalls(const ScenarioRun& run) {
  std::set<size_t> calls;
  for (const Disagreement& disagreement : run.judgement.disagreements) {
    if (disagreement.subject == Subject::kCall || disagreement.subject == Subject::kEffect) {
      calls.insert(disagreement.action);
    }
  }
  return std::min<uint64_t>(calls.size(), run.judgement.calls);
}

void TakeJudgement(const ScenarioRun& run, StageResult& result) {
  const Judgement& judgement = run.judgement;
  if (!judgement.reason.empty()) {
    ++result.unsupported[judgement.reason].layouts;
  } else {
    ++result.layouts;
    result.views += run.observation->view->source() == KernelView::Source::kSmaps;
  }
  result.calls += judgement.calls;
  result.walked += judgement.walked;
  result.agreed += judgement.calls;
  result.agreed -= CountDisagreeingCalls(run);
  if (run.observation.ok()) {
    result.blind.insert(run.observation->effects.blind.begin(),
                        run.observation->effects.blind.end());
  }
  if (judgement.beyond > 0) result.unsupported[kUnknownBeyondArena].calls += judgement.beyond;
  for (const auto& [backing, counts] : judgement.effects) result.effects[backing] += counts;
}

bool IsKnown(const Disagreement& disagreement, const StageResult& result) {
  return std::any_of(result.findings.begin(), result.findings.end(),
                     [&](const Finding& other) { return other.disagreement.SameAs(disagreement); });
}

}  // namespace

bool Finding::confirmed() const { return confirmations == kConfirmations; }

CaseResult RunInStage(const StageContext& context, const AnnotatedScenario& annotated,
                      const std::string& origin, StageResult& result) {
  const Stopwatch stopwatch;
  const ScenarioRun run = RunAndJudge(annotated, context.profile, context.provider);
  const Judgement& judgement = run.judgement;
  CaseResult whole = {.name = origin,
                      .verdict = judgement.verdict,
                      .reason = judgement.reason,
                      .duration = stopwatch.Elapsed(),
                      .disagreements = judgement.disagreements};
  if (judgement.verdict == Verdict::kBroken) {
    result.status = absl::InternalError(absl::StrCat(origin, ": ", judgement.reason));
    return whole;
  }
  TakeJudgement(run, result);
  for (const Disagreement& disagreement : judgement.disagreements) {
    if (IsKnown(disagreement, result)) continue;
    const int confirmations =
        CountConfirmations(annotated.scenario, context.profile, context.provider, disagreement);
    result.findings.push_back({.scenario = annotated.scenario,
                               .disagreement = disagreement,
                               .origin = origin,
                               .command = CommandFor(annotated, context.profile),
                               .confirmations = confirmations});
  }
  return whole;
}

CaseResult AsOneCase(const StageResult& result) {
  CaseResult whole = {.name = kWholeStage, .verdict = Verdict::kAgree, .duration = result.duration};
  for (const Finding& finding : result.findings) {
    whole.disagreements.push_back(finding.disagreement);
  }
  if (!result.status.ok()) {
    whole.verdict = Verdict::kBroken;
    whole.reason = std::string(result.status.message());
  } else if (!result.findings.empty()) {
    whole.verdict = Verdict::kDisagree;
  } else if (result.calls == 0) {
    whole.verdict = Verdict::kUnsupported;
    whole.reason =
        result.unsupported.empty() ? "nothing was compared" : result.unsupported.begin()->first;
  }
  return whole;
}

void AddOnce(Finding finding, StageResult& result) {
  if (!IsKnown(finding.disagreement, result)) result.findings.push_back(std::move(finding));
}

void AddFindings(const StageContext& context, const Scenario& whole, const Suspect& suspect,
                 const std::string& origin, const std::string& command, StageResult& result) {
  const Scenario scenario = WithoutStepsBehind(whole, suspect.item);
  const ScenarioRun run = RunAndJudge({scenario, {}}, context.profile, context.provider);
  const std::string repeat =
      command.empty() ? CommandFor({scenario, {}}, context.profile) : command;
  if (run.judgement.disagreements.empty()) {
    AddOnce({.scenario = scenario,
             .disagreement = FromSuspect(suspect),
             .origin = origin,
             .command = repeat},
            result);
    return;
  }
  // That of the suspect; or else the first, from which others in the same scenario often follow.
  const std::vector<Disagreement>& all = run.judgement.disagreements;
  const auto suspected = std::find_if(all.begin(), all.end(), [&suspect](const Disagreement& each) {
    return each.subject == suspect.subject && each.action == suspect.item;
  });
  const Disagreement& what = suspected == all.end() ? all.front() : *suspected;
  AddOnce({.scenario = scenario,
           .disagreement = what,
           .origin = origin,
           .command = repeat,
           .confirmations = CountConfirmations(scenario, context.profile, context.provider, what)},
          result);
}

std::string CommandFor(const AnnotatedScenario& annotated, const Profile& profile) {
  return absl::StrCat("msyncspec run --profile=", profile.name, " - <<'END'\n", Print(annotated),
                      "END");
}

void TakeSweep(const SweepResult& sweep, const SweepCounts& counts, absl::Duration duration,
               StageResult& result) {
  result.duration = duration;
  result.complete = sweep.complete;
  result.status = sweep.status;
  result.died = sweep.died;
  result.layouts = counts.layouts;
  result.steps = counts.steps;
  result.calls = counts.calls;
  result.walked = counts.walked;
  result.agreed = counts.calls - counts.disagreed;
  result.views = counts.views;
  if (counts.unsupported_calls > 0) {
    result.unsupported[kUnknownBeyondArena].calls += counts.unsupported_calls;
  }
}

}  // namespace msyncspec
