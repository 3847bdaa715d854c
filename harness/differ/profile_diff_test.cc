// SPDX-License-Identifier: MIT
//
// What is true of the difference of any two profiles.
#include "harness/differ/profile_diff.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;

struct Pair {
  std::string a, b;
};

const Pair kPairs[] = {
    {"linux-1.3.21", "linux-2.4.19"},   {"linux-2.6.17", "linux-2.6.19"},
    {"linux-2.6.19", "linux-3.16"},     {"linux-5.4", "linux-5.16"},
    {"linux-5.18", "linux-6.4"},        {"linux-6.4", "linux-6.18"},
    {"linux-6.18", "linux-6.18-64k"},   {"linux-6.18", "linux-6.18-compat"},
    {"man-pages-3.53", "linux-6.18"},   {"posix-2017", "linux-6.18"},
    {"linux-1.3.21", "love-2007"},      {"symbian-open-c", "hp-ux-11i-v3"},
    {"man-pages-3.53", "man-pages-ru"}, {"posix-2017", "man-pages-6.03"},
};

ProfileDiff Diff(const Pair& pair) {
  return DiffProfiles(*FindProfile(pair.a), *FindProfile(pair.b));
}

size_t Ways(const ProfileDiff& diff) { return diff.differences.size() + diff.unshown.size(); }

TEST(ProfileDiff, OfAProfileWithItselfIsEmpty) {
  for (const Profile* profile : AllProfiles()) {
    const ProfileDiff diff = DiffProfiles(*profile, *profile);
    EXPECT_THAT(diff.differences, IsEmpty()) << profile->name;
    EXPECT_THAT(diff.unshown, IsEmpty()) << profile->name;
    EXPECT_EQ(diff.differing, 0u) << profile->name;
    EXPECT_GT(diff.cases, 1000000u) << profile->name;
  }
}

TEST(ProfileDiff, OfTwoEditionsThatSayTheSameIsEmpty) {
  const ProfileDiff diff = Diff({"man-pages-ru", "man-pages-6.03"});
  EXPECT_THAT(diff.differences, IsEmpty());
  EXPECT_THAT(diff.unshown, IsEmpty());
}

Relation Mirrored(Relation relation) {
  if (relation == Relation::kFirstOpen) return Relation::kSecondOpen;
  return relation == Relation::kSecondOpen ? Relation::kFirstOpen : relation;
}

// The fields of a step are copied from the second to the first, so only calls are compared here.
std::vector<std::string> CallLines(const ProfileDiff& diff, bool mirror) {
  std::vector<std::string> lines;
  for (const ProfileDifference& each : diff.differences) {
    if (each.relation == Relation::kLayout) continue;
    const Relation relation = mirror ? Mirrored(each.relation) : each.relation;
    lines.push_back(absl::StrCat(static_cast<int>(relation), " ", Print(each.scenario), " ",
                                 each.sides[mirror ? 1 : 0].says, " / ",
                                 each.sides[mirror ? 0 : 1].says, " ", each.cases));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(ProfileDiff, IsSymmetric) {
  for (const Pair& pair : kPairs) {
    const ProfileDiff there = Diff(pair), back = Diff({pair.b, pair.a});
    EXPECT_EQ(Ways(there), Ways(back)) << pair.a << " " << pair.b;
    EXPECT_EQ(CallLines(there, false), CallLines(back, true)) << pair.a << " " << pair.b;
  }
}

const ActionPrediction& Said(const ScenarioPrediction& prediction, size_t action) {
  static const ActionPrediction kNone;
  EXPECT_LT(action, prediction.actions.size()) << prediction.unmodelled;
  return action < prediction.actions.size() ? prediction.actions[action] : kNone;
}

// What a reader sees who takes the scenario to `msyncspec predict`.
void ExpectItShows(const Pair& pair, const ProfileDifference& difference) {
  SCOPED_TRACE(absl::StrCat(pair.a, " ", pair.b, "\n", Print(difference.scenario)));
  Surroundings around = BareSurroundings();
  around.machine.tag = difference.tag;
  const Profile &a = *FindProfile(pair.a), &b = *FindProfile(pair.b);
  const ScenarioPrediction all_a = PredictScenario(difference.scenario, a, around);
  const ScenarioPrediction all_b = PredictScenario(difference.scenario, b, around);
  const ActionPrediction& says_a = Said(all_a, difference.action);
  const ActionPrediction& says_b = Said(all_b, difference.action);
  ASSERT_TRUE(Validate(difference.scenario).ok());
  if (std::holds_alternative<Step>(difference.scenario.actions[difference.action])) {
    EXPECT_NE(says_a.step.result, says_b.step.result);
    return;
  }
  const Prediction &call_a = says_a.call.prediction, &call_b = says_b.call.prediction;
  if (difference.relation == Relation::kLayout) {
    EXPECT_NE(call_a.outcomes, call_b.outcomes);
    return;
  }
  const auto key = DifferenceOf(a, call_a, b, call_b);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->relation, difference.relation);
  EXPECT_TRUE(absl::StartsWith(difference.sides[0].says, Text(call_a.outcomes)));
  EXPECT_TRUE(absl::StartsWith(difference.sides[1].says, Text(call_b.outcomes)));
}

TEST(ProfileDiff, GivesScenariosThatShowWhatItSays) {
  for (const Pair& pair : kPairs) {
    const ProfileDiff diff = Diff(pair);
    EXPECT_GT(Ways(diff), 0u) << pair.a << " " << pair.b;
    for (const ProfileDifference& each : diff.differences) ExpectItShows(pair, each);
  }
}

TEST(ProfileDiff, CountsTheCasesOfEachWay) {
  const ProfileDiff diff = Diff({"linux-1.3.21", "linux-2.4.19"});
  uint64_t counted = 0;
  for (const ProfileDifference& each : diff.differences) counted += each.cases;
  EXPECT_EQ(counted, diff.differing);
}

TEST(ProfileDiff, IsOrderedByRelation) {
  const ProfileDiff diff = Diff({"symbian-open-c", "hp-ux-11i-v3"});
  EXPECT_TRUE(std::is_sorted(diff.differences.begin(), diff.differences.end(),
                             [](const ProfileDifference& left, const ProfileDifference& right) {
                               return left.relation < right.relation;
                             }));
}

// A kernel's rules all have a source; a document's may be silences.
TEST(ProfileDiff, NamesTheRulesOfBothSides) {
  for (const ProfileDifference& each : Diff({"linux-2.6.17", "linux-2.6.19"}).differences) {
    for (const Side& side : each.sides) {
      ASSERT_FALSE(side.rules.empty()) << side.says;
      for (const Rule* rule : side.rules) EXPECT_FALSE(rule->cites[0].source.empty()) << rule->id;
    }
  }
}

}  // namespace
}  // namespace msyncspec
