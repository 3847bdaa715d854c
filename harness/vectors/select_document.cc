// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

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

}  // namespace

void SelectForDocument(const Profile& profile, Finds& finds) {
  const std::array<const Profile*, 1> profiles = {&profile};
  std::vector<const Rule*> clauses;
  for (const DocumentRule& clause : profile.clauses) clauses.push_back(&clause.rule);
  std::vector<Outcomes> known;
  VisitSmallScope(profiles, [&](const SmallCase& each) {
    if (IsTagged(std::get<SymbolicCall>(each.scenario.actions.back()))) return;
    const Outcomes& outcomes = each.predictions[0].outcomes;
    finds.Offer(FlagKind::kOutcomes, NumberOf(outcomes, known), 0, each,
                [&] { return FlagOf(outcomes); });
    // An explanation is slow: it is only made where it could bring something smaller.
    const bool wanted = std::any_of(clauses.begin(), clauses.end(), [&](const Rule* rule) {
      return finds.Wants(FlagKind::kRule, finds.NumberOf(*rule), 0, each.cost);
    });
    if (!wanted) return;
    for (const TraceStep& step : each.explain(0).steps) {
      finds.Offer(FlagKind::kRule, finds.NumberOf(*step.rule), 0, each,
                  [&] { return FlagOf(*step.rule); });
    }
  });
}

}  // namespace msyncspec
