// SPDX-License-Identifier: MIT
#include "harness/differ/profile_diff.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/differ/difference.h"
#include "harness/generate/small_scope.h"
#include "harness/generate/step_scope.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/layout_rules.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Whether a clause says what is done to files, rather than what is returned.
bool IsAboutFiles(const Profile& document, const Rule& rule) {
  const DocumentRule* clause = FindClause(document, rule);
  return clause != nullptr &&
         (clause->force == Force::kSyncs || clause->force == Force::kSyncsAnyway);
}

// Returns the rules that matter in an explanation, the deciding one first; each once. A kernel's
// answer is one rule's; what it does to files is told by all the steps of its walk, and a
// document's clauses speak together.
std::vector<const Rule*> RulesIn(const Profile& profile, const Explanation& explanation,
                                 bool about_files) {
  std::vector<const Rule*> rules;
  if (!about_files) {
    rules.push_back(explanation.prediction.rule);
    if (!profile.IsDocument()) return rules;
  }
  for (const TraceStep& step : explanation.steps) {
    if (profile.IsDocument() && IsAboutFiles(profile, *step.rule) != about_files) continue;
    if (std::find(rules.begin(), rules.end(), step.rule) == rules.end()) rules.push_back(step.rule);
  }
  return rules;
}

Side SideOf(const Profile& profile, const Scenario& scenario, const AddressTag& tag, size_t action,
            bool about_files) {
  Surroundings surroundings = BareSurroundings();
  surroundings.machine.tag = tag;
  const ScenarioPrediction said = PredictScenario(scenario, profile, surroundings);
  if (std::holds_alternative<Step>(scenario.actions[action])) {
    const StepPrediction& step = said.actions[action].step;
    return {.says = step.kind == StepPrediction::Kind::kFaults ? SignalName(step.signal)
                                                               : ErrnoName(step.result)};
  }
  const Explanation& call = said.actions[action].call;
  const Bytes page_size = profile.abi.On(surroundings.machine).page_size;
  Side side = {.says = Text(call.prediction.outcomes),
               .rules = RulesIn(profile, call, about_files)};
  if (about_files || !call.prediction.syncs.empty()) {
    absl::StrAppend(&side.says, ", synced ",
                    PrintSyncs(Expected(call.prediction.syncs, page_size)));
  }
  return side;
}

// The smallest scenario so far that shows a difference.
struct Smallest {
  Scenario scenario;
  AddressTag tag;
  unsigned cost = 0;
  uint64_t cases = 0;
};

void DiffCalls(const Profile& a, const Profile& b, ProfileDiff& diff) {
  std::map<DifferenceKey, Smallest> found;
  const std::array<const Profile*, 2> both = {&a, &b};
  VisitSmallScope(both, [&](const SmallCase& each) {
    ++diff.cases;
    const std::optional<DifferenceKey> key =
        DifferenceOf(a, each.predictions[0], b, each.predictions[1]);
    if (!key.has_value()) return;
    ++diff.differing;
    const auto [place, is_new] = found.try_emplace(*key);
    Smallest& smallest = place->second;
    ++smallest.cases;
    if (!is_new && smallest.cost <= each.cost) return;
    smallest.scenario = each.scenario;
    smallest.tag = each.tag;
    smallest.cost = each.cost;
  });
  std::vector<std::pair<const DifferenceKey*, const Smallest*>> sorted;
  for (const auto& [key, smallest] : found) sorted.emplace_back(&key, &smallest);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& left, const auto& right) {
    return std::pair(left.first->relation, left.second->cost) <
           std::pair(right.first->relation, right.second->cost);
  });
  for (const auto& [key, smallest] : sorted) {
    const bool about_files = key->relation == Relation::kFiles;
    const size_t action = smallest->scenario.actions.size() - 1;
    ProfileDifference difference = {.scenario = smallest->scenario,
                                    .tag = smallest->tag,
                                    .relation = key->relation,
                                    .action = action,
                                    .cases = smallest->cases};
    for (size_t i = 0; i < both.size(); ++i) {
      difference.sides[i] =
          SideOf(*both[i], smallest->scenario, smallest->tag, action, about_files);
    }
    diff.differences.push_back(std::move(difference));
  }
}

// The fields of LayoutBehaviour, each with the rule that tells it.
struct LayoutField {
  const Rule* rule;
  void (*copy)(const LayoutBehaviour& from, LayoutBehaviour& to);
};

constexpr LayoutField kLayoutFields[] = {
    {&layout_rules::kRemapMovesSeveral,
     [](const LayoutBehaviour& from, LayoutBehaviour& to) {
       to.remap_moves_several = from.remap_moves_several;
     }},
    {&layout_rules::kRemapOrder,
     [](const LayoutBehaviour& from, LayoutBehaviour& to) { to.remap_order = from.remap_order; }},
    {&layout_rules::kLockOnFaultNeedsAccess, [](const LayoutBehaviour& from, LayoutBehaviour& to) {
       to.lock_on_fault_needs_access = from.lock_on_fault_needs_access;
     }}};

std::string StepsText(const Scenario& scenario, size_t steps) {
  std::string text;
  for (size_t i = 0; i < steps; ++i) {
    absl::StrAppend(&text, Print(std::get<Step>(scenario.actions[i])), "\n");
  }
  return text;
}

// Where two profiles part in a sequence of steps: the first step, or the first call behind them.
std::optional<size_t> FirstDifference(const StepCase& each) {
  const size_t steps = each.steps[0].size();
  for (size_t i = 0; i < steps; ++i) {
    const StepPrediction &a = each.steps[0][i], &b = each.steps[1][i];
    if (a.kind != b.kind || a.result != b.result || a.signal != b.signal) return i;
  }
  for (size_t i = 0; i < each.predictions[0].size(); ++i) {
    if (each.predictions[0][i].outcomes != each.predictions[1][i].outcomes) return steps + i;
  }
  return std::nullopt;
}

// Returns the steps up to the difference, and one call: the one that differs, if one does.
Scenario ShownAt(const Scenario& scenario, size_t steps, size_t& action) {
  Scenario shown;
  const size_t kept = std::min(action + 1, steps);
  shown.actions.assign(scenario.actions.begin(),
                       scenario.actions.begin() + static_cast<std::ptrdiff_t>(kept));
  shown.actions.push_back(scenario.actions[std::max(action, steps)]);
  if (action >= steps) action = kept;
  return shown;
}

// Two profiles that differ in one field of LayoutBehaviour alone, in the order of the diff.
using FieldSides = std::array<const Profile*, 2>;

void DiffField(const FieldSides& sides, const LayoutField& field,
               std::set<std::vector<std::string>>& known, ProfileDiff& diff) {
  std::set<std::string> differing;  // the sequences of steps behind which the two differ
  VisitStepScope(sides, [&](const StepCase& each) {
    ++diff.cases;
    std::optional<size_t> action = FirstDifference(each);
    if (!action.has_value()) return;
    ++diff.differing;
    const size_t steps = each.steps[0].size();
    differing.insert(StepsText(each.scenario, steps));
    // What differed already without the last step is not its doing.
    if (differing.count(StepsText(each.scenario, steps - 1)) > 0) return;
    const Scenario shown = ShownAt(each.scenario, steps, *action);
    const Step& last = std::get<Step>(each.scenario.actions[std::min(*action, steps - 1)]);
    ProfileDifference difference = {
        .scenario = shown, .relation = Relation::kLayout, .action = *action, .cases = 1};
    std::vector<std::string> key = {absl::StrCat(static_cast<int>(last.kind))};
    for (size_t i = 0; i < sides.size(); ++i) {
      difference.sides[i] = SideOf(*sides[i], shown, kNoTag, *action, false);
      difference.sides[i].rules = {field.rule};
      key.push_back(difference.sides[i].says);
    }
    if (known.insert(key).second) diff.differences.push_back(difference);
  });
}

void DiffSteps(const Profile& a, const Profile& b, ProfileDiff& diff) {
  if (a.IsDocument() || b.IsDocument()) return;
  for (const LayoutField& field : kLayoutFields) {
    // One field at a time, so that each difference has one cause; beside the other fields of either
    // profile, so that it does not matter which of the two is the first.
    Profile like_a = a, like_b = b;
    field.copy(b.layout, like_a.layout);
    if (like_a.layout == a.layout) continue;
    field.copy(a.layout, like_b.layout);
    std::set<std::vector<std::string>> known;
    DiffField({&a, &like_a}, field, known, diff);
    if (like_b.layout != a.layout) DiffField({&like_b, &b}, field, known, diff);
  }
}

// Whether a clause has its say in what a call returns or does.
bool ShowsInCalls(const DocumentRule& clause) {
  const bool advice = clause.force == Force::kForbids && clause.latitude == Latitude::kDetermined;
  return clause.of.empty() && !advice && clause.force != Force::kStates &&
         clause.force != Force::kSyncsNothing;
}

// What one document says and another does not, where that is advice, history or about times.
void DiffAdvice(const Profile& a, const Profile& b, ProfileDiff& diff) {
  const std::array<const Profile*, 2> both = {&a, &b};
  for (size_t i = 0; i < both.size(); ++i) {
    for (const DocumentRule& clause : both[i]->clauses) {
      if (ShowsInCalls(clause) || FindClause(*both[1 - i], clause.rule) != nullptr) continue;
      UnshownDifference difference = {.rule = &clause.rule,
                                      .why = "it is no matter of what a call returns or writes"};
      difference.sides[i] = "says so";
      difference.sides[1 - i] = "does not speak of it";
      diff.unshown.push_back(difference);
    }
  }
}

void DiffFields(const Profile& a, const Profile& b, ProfileDiff& diff) {
  if (a.IsDocument() && b.IsDocument()) DiffAdvice(a, b, diff);
  if (a.IsDocument() || b.IsDocument()) return;
  const auto report = [](const Profile& profile) -> std::string {
    return profile.layout.error_report == ErrorReport::kOncePerFile ? "to the first that asks"
                                                                    : "once to each open file";
  };
  if (a.layout.error_report != b.layout.error_report) {
    diff.unshown.push_back({&layout_rules::kErrorReport,
                            {report(a), report(b)},
                            "a scenario cannot open one file twice yet"});
  }
  const auto at_hole = [](const Profile& profile) -> std::string {
    return profile.walk.async_at_hole == AsyncAtHole::kStops ? "stops" : "goes on";
  };
  if (a.walk.async_at_hole != b.walk.async_at_hole) {
    diff.unshown.push_back({&layout_rules::kAsyncAtHole,
                            {at_hole(a), at_hole(b)},
                            "the answer is the same, and nothing is done on the way"});
  }
}

}  // namespace

void DiffBesidesCalls(const Profile& a, const Profile& b, ProfileDiff& diff) {
  DiffSteps(a, b, diff);
  DiffFields(a, b, diff);
}

ProfileDiff DiffProfiles(const Profile& a, const Profile& b) {
  ProfileDiff diff;
  DiffCalls(a, b, diff);
  DiffBesidesCalls(a, b, diff);
  return diff;
}

}  // namespace msyncspec
