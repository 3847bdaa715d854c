// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "harness/vectors/call_classes.h"
#include "harness/vectors/select.h"

namespace msyncspec {
namespace {

Flag FlagOf(const Rule& rule) {
  return {absl::StrCat("rule:", rule.id),
          {.description = absl::StrCat("The clause ", rule.id, " applies."), .rules = {&rule}}};
}

Flag FlagOf(const Outcomes& outcomes) {
  return {absl::StrCat("outcomes:", Text(outcomes)),
          {.description = absl::StrCat("The clauses together allow ", Text(outcomes), ".")}};
}

// Returns the place of `outcomes` among `known`, where it is put if it is new.
int NumberOf(const Outcomes& outcomes, std::vector<Outcomes>& known) {
  const auto place = std::find(known.begin(), known.end(), outcomes);
  const int number = static_cast<int>(place - known.begin());
  if (place == known.end()) known.push_back(outcomes);
  return number;
}

// Whether a clause that applies adds to what is allowed.
bool AddsOutcomes(const DocumentRule& clause) {
  return clause.force == Force::kMayFail || Decides(clause);
}

// Returns `found`, made costlier by each clause that adds outcomes to it: a clause is best shown by
// a call of which no other clause speaks.
SmallCase WithVoices(const SmallCase& found, const Explanation& explanation,
                     const std::set<const Rule*>& adding) {
  constexpr unsigned kVoice = 10000;  // a layout costs less than 1000
  SmallCase costlier = found;
  for (const TraceStep& step : explanation.steps) {
    if (adding.count(step.rule) != 0) costlier.cost += kVoice;
  }
  return costlier;
}

}  // namespace

void SelectForDocument(const Profile& profile, Finds& finds) {
  const std::array<const Profile*, 1> profiles = {&profile};
  std::set<const Rule*> adding;
  for (const DocumentRule& clause : profile.clauses) {
    if (AddsOutcomes(clause)) adding.insert(&clause.rule);
  }
  std::vector<Outcomes> known;
  VisitSmallScope(profiles, [&](const SmallCase& found) {
    if (IsTagged(std::get<SymbolicCall>(found.scenario.actions.back()))) return;
    const Explanation explanation = found.explain(0);
    const SmallCase each = WithVoices(found, explanation, adding);
    const Outcomes& outcomes = each.predictions[0].outcomes;
    finds.Offer(FlagKind::kOutcomes, NumberOf(outcomes, known), 0, each,
                [&] { return FlagOf(outcomes); });
    for (const TraceStep& step : explanation.steps) {
      finds.Offer(FlagKind::kRule, finds.NumberOf(*step.rule), 0, each,
                  [&] { return FlagOf(*step.rule); });
    }
  });
}

}  // namespace msyncspec
