// SPDX-License-Identifier: MIT
#include "harness/differ/minimise_finding.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "harness/differ/compare_predictions.h"
#include "harness/differ/confirm.h"
#include "harness/differ/judge.h"
#include "harness/differ/run_and_judge.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "harness/scenario/simplify.h"

namespace msyncspec {
namespace {

// Returns the action at which a scenario shows what is sought, or nothing if it does not.
using Seeker = absl::FunctionRef<std::optional<size_t>(const Scenario&)>;

std::optional<size_t> ActionOf(const Disagreement& sought,
                               const std::vector<Disagreement>& disagreements) {
  const auto found =
      std::find_if(disagreements.begin(), disagreements.end(),
                   [&sought](const Disagreement& each) { return each.SameAs(sought); });
  if (found == disagreements.end()) return std::nullopt;
  return found->action;
}

// Returns `finding` with the simplest scenario in which `seek` finds something, and where.
Finding Simplest(Finding finding, const Simplifications<Scenario>& simplifications, Seeker seek,
                 MinimiseWatcher watcher) {
  const absl::Time end = absl::Now() + kMinimiseTime;
  bool goes_on = true;
  MinimiseProgress progress = {.actions = finding.scenario.actions.size()};
  size_t action = finding.disagreement.action;
  finding.scenario =
      Minimise(std::move(finding.scenario), simplifications, [&](const Scenario& candidate) {
        if (!goes_on || absl::Now() >= end) return false;
        const std::optional<size_t> found = seek(candidate);
        ++progress.tried;
        if (found.has_value()) {
          action = *found;
          progress.actions = candidate.actions.size();
        }
        goes_on = watcher(progress);
        return found.has_value();
      });
  finding.disagreement.action = action;
  return finding;
}

// Whether the model says of the action `i` of both scenarios that it meets the same mappings.
bool MeetsTheSame(const ActionPrediction& a, const ActionPrediction& b) {
  return std::equal(a.space.mappings().begin(), a.space.mappings().end(),
                    b.space.mappings().begin(), b.space.mappings().end());
}

Finding MinimiseExpectation(const Finding& finding, const Profile& profile) {
  const AnnotatedScenario whole = WithExpectation(finding);
  if (whole.expectations.empty()) return finding;
  Expectation expectation = whole.expectations[0];
  const size_t at = expectation.action;
  const ScenarioPrediction told = PredictScenario(whole.scenario, profile, BareSurroundings());
  if (at >= told.actions.size()) return finding;
  const auto seek = [&](const Scenario& candidate) -> std::optional<size_t> {
    const ScenarioPrediction said = PredictScenario(candidate, profile, BareSurroundings());
    for (size_t i = 0; i < said.actions.size(); ++i) {
      const bool is_it = candidate.actions[i] == whole.scenario.actions[at] &&
                         MeetsTheSame(said.actions[i], told.actions[at]);
      expectation.action = i;
      if (is_it &&
          ActionOf(finding.disagreement, CompareWithAuthor({candidate, {expectation}}, profile))) {
        return i;
      }
    }
    return std::nullopt;
  };
  Finding least = Simplest(finding, FewerActions(), seek, WatchNothing);
  least.command = CommandFor(WithExpectation(least), profile);
  return least;
}

}  // namespace

Finding MinimiseFinding(const Finding& finding, const Profile& profile, FileProvider& provider,
                        MinimiseWatcher watcher) {
  if (!finding.confirmed() || finding.disagreement.subject == Subject::kDeviation) return finding;
  if (finding.disagreement.subject == Subject::kExpectation) {
    return MinimiseExpectation(finding, profile);
  }
  const auto seek = [&](const Scenario& candidate) {
    return ActionOf(finding.disagreement,
                    RunAndJudge({candidate, {}}, profile, provider).judgement.disagreements);
  };
  Finding least = Simplest(finding, ScenarioSimplifications(), seek, watcher);
  if (least.scenario == finding.scenario) return finding;
  least.command = CommandFor({least.scenario, {}}, profile);
  least.confirmations = CountConfirmations(least.scenario, profile, provider, least.disagreement);
  return least.confirmed() ? least : finding;
}

Finding MinimiseDifference(const Finding& finding, const Profile& profile, const Profile& other) {
  const auto seek = [&](const Scenario& candidate) {
    return ActionOf(finding.disagreement, ComparePredictions(candidate, profile, other));
  };
  return Simplest(finding, ScenarioSimplifications(), seek, WatchNothing);
}

AnnotatedScenario WithExpectation(const Finding& finding) {
  const Disagreement& what = finding.disagreement;
  AnnotatedScenario bare = {finding.scenario, {}};
  if (what.subject != Subject::kExpectation) return bare;
  // Its text is that of a line behind the action.
  std::vector<std::string> lines = absl::StrSplit(Print(finding.scenario), '\n');
  const size_t line = finding.scenario.files.size() + what.action + 1;
  if (line > lines.size()) return bare;
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(line), what.expected);
  absl::StatusOr<AnnotatedScenario> annotated = Parse(absl::StrJoin(lines, "\n"));
  return annotated.ok() ? *std::move(annotated) : bare;
}

}  // namespace msyncspec
