// SPDX-License-Identifier: MIT
#include "harness/vectors/vector_set.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "harness/scenario/print.h"
#include "harness/vectors/answers.h"
#include "harness/vectors/select.h"
#include "harness/vectors/vector_id.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Returns one sentence: what is special about the vector, and what comes out.
std::string CommentOn(const Vector& vector, const Note& note) {
  const absl::string_view special = absl::StripSuffix(note.description, ".");
  const std::string flags = note.kind == FlagKind::kMemory
                                ? absl::StrCat(", with flags ", Print(vector.call().flags))
                                : "";
  return absl::StrCat(special, flags, ": ", OutcomeText(vector.answers.front()), ".");
}

Vector MakeVector(const Find& find, const Finds& finds, const Profile& profile) {
  Vector vector = {.id = VectorId(find.scenario),
                   .flags = find.flags,
                   .scenario = find.scenario,
                   .answers = AnswersOf(find.scenario, profile),
                   .conditions = ConditionsOf(find.scenario, profile)};
  vector.comment = CommentOn(vector, finds.notes().at(vector.flags.front()));
  return vector;
}

// Returns the place of a rule among those of the profile; silence.no_clause, which is none of them,
// comes behind all.
size_t PlaceOf(const std::vector<const Rule*>& rules, absl::string_view id) {
  const auto is_it = [id](const Rule* rule) { return rule->id == id; };
  return static_cast<size_t>(std::find_if(rules.begin(), rules.end(), is_it) - rules.begin());
}

const Vector* WithFlag(const VectorSet& set, const std::string& flag) {
  for (const Vector& vector : set.vectors) {
    if (std::find(vector.flags.begin(), vector.flags.end(), flag) != vector.flags.end()) {
      return &vector;
    }
  }
  return nullptr;
}

}  // namespace

VectorSet MakeVectors(const Profile& profile) {
  const Finds finds = SelectScenarios(profile);
  const std::vector<const Rule*> rules = RulesOf(profile);
  using Place = std::tuple<size_t, unsigned, std::string>;
  std::vector<std::pair<Place, Vector>> placed;
  for (const Find& find : finds.All()) {
    Vector vector = MakeVector(find, finds, profile);
    Place place = {PlaceOf(rules, vector.answers.front().rule), find.cost, Print(find.scenario)};
    placed.emplace_back(std::move(place), std::move(vector));
  }
  std::sort(placed.begin(), placed.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  VectorSet set = {.profile = &profile, .notes = finds.notes()};
  for (auto& [place, vector] : placed) set.vectors.push_back(std::move(vector));
  return set;
}

const Vector* SmallestWith(const VectorSet& set, const Rule& rule) {
  const Vector* deciding = WithFlag(set, absl::StrCat("rule:", rule.id));
  return deciding != nullptr ? deciding : WithFlag(set, absl::StrCat("passed:", rule.id));
}

std::string OutcomeText(const Answer& answer) {
  std::string text = absl::StrCat(Text(answer.outcomes), " by ", answer.rule);
  if (!answer.syncs.empty()) absl::StrAppend(&text, ", synced ", PrintSyncs(answer.syncs));
  return text;
}

absl::string_view FlagKindName(FlagKind kind) {
  switch (kind) {
    case FlagKind::kRule:
      return "rule";
    case FlagKind::kPassed:
      return "passed";
    case FlagKind::kOutcomes:
      return "outcomes";
    case FlagKind::kPrecedence:
      return "precedence";
    case FlagKind::kMemory:
      return "memory";
    case FlagKind::kBoundary:
      return "boundary";
  }
  return "";
}

}  // namespace msyncspec
