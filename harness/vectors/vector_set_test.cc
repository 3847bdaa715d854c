// SPDX-License-Identifier: MIT
#include "harness/vectors/vector_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "harness/generate/small_scope.h"
#include "harness/scenario/print.h"
#include "harness/vectors/call_classes.h"
#include "harness/vectors/vectors_json.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using ::testing::Contains;
using ::testing::UnorderedElementsAreArray;

const VectorSet& Newest() {
  static const VectorSet kSet = MakeVectors(*FindProfile("linux-6.18"));
  return kSet;
}

const VectorSet& Posix() {
  static const VectorSet kSet = MakeVectors(*FindProfile("posix-2017"));
  return kSet;
}

std::set<std::string> FlagsOf(const VectorSet& set) {
  std::set<std::string> flags;
  for (const Vector& vector : set.vectors) flags.insert(vector.flags.begin(), vector.flags.end());
  return flags;
}

// The vector of that scenario; fails where there is none.
const Vector& With(const VectorSet& set, absl::string_view scenario) {
  for (const Vector& vector : set.vectors) {
    if (Print(vector.scenario) == scenario) return vector;
  }
  ADD_FAILURE() << "no vector of\n" << scenario;
  return set.vectors.front();
}

// Every rule that some case of the small scope names.
std::set<std::string> RulesThatCanBeShown(const Profile& profile) {
  std::set<std::string> rules;
  const Profile* const profiles[] = {&profile};
  VisitSmallScope(profiles, [&](const SmallCase& each) {
    if (IsTagged(std::get<SymbolicCall>(each.scenario.actions.back()))) return;
    for (const TraceStep& step : each.explain(0).steps) rules.insert(std::string(step.rule->id));
  });
  return rules;
}

class VectorSetOf : public testing::TestWithParam<const char*> {};

TEST_P(VectorSetOf, ShowsEveryRuleThatCanBeShownAndSaysWhatEveryFlagMeans) {
  const VectorSet set = MakeVectors(*FindProfile(GetParam()));
  const std::set<std::string> flags = FlagsOf(set);
  for (const std::string& rule : RulesThatCanBeShown(*set.profile)) {
    EXPECT_TRUE(flags.count("rule:" + rule) + flags.count("passed:" + rule) > 0) << rule;
  }
  std::set<std::string> notes;
  for (const auto& [flag, note] : set.notes) notes.insert(flag);
  EXPECT_THAT(flags, UnorderedElementsAreArray(notes));
}

INSTANTIATE_TEST_SUITE_P(Profile, VectorSetOf,
                         testing::Values("linux-6.18", "linux-2.6.17", "linux-1.3.21",
                                         "linux-6.18-compat", "posix-2017", "man-pages-ru"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           for (char& letter : name) {
                             if (!isalnum(static_cast<unsigned char>(letter))) letter = '_';
                           }
                           return name;
                         });

TEST(VectorSet, HasNoIdAndNoScenarioTwice) {
  std::set<std::string> ids, scenarios;
  for (const Vector& vector : Newest().vectors) {
    EXPECT_TRUE(ids.insert(vector.id).second) << vector.id;
    EXPECT_TRUE(scenarios.insert(Print(vector.scenario)).second) << Print(vector.scenario);
  }
}

TEST(VectorSet, IsTheSameAtEveryCall) {
  EXPECT_EQ(VectorsJson(MakeVectors(*FindProfile("linux-6.18"))), VectorsJson(Newest()));
}

TEST(VectorSet, HasTheSmallestScenarioForARule) {
  const Vector& locked =
      With(Newest(), "map p0 1p private rw anon locked\ncall addr=p0 len=1p flags=MS_INVALIDATE\n");
  EXPECT_EQ(locked.flags.front(), "rule:mapping.locked");
  EXPECT_EQ(OutcomeText(locked.answers.front()), "EBUSY by mapping.locked");
  const Vector& empty = With(Newest(), "call addr=p0 len=0 flags=0\n");
  EXPECT_EQ(empty.flags.front(), "rule:range.empty");
  EXPECT_EQ(OutcomeText(empty.answers.front()), "0 by range.empty");
}

TEST(VectorSet, HasThePairsOfRulesThatCompete) {
  const std::set<std::string> flags = FlagsOf(Newest());
  for (const char* pair :
       {"flags.unknown>address.unaligned", "address.unaligned>flags.async_and_sync",
        "flags.async_and_sync>range.wraps", "address.unaligned>range.empty",
        "range.empty>hole.nothing_behind", "range.wraps>mapping.locked",
        "mapping.locked>hole.remembered", "mapping.locked>file.no_fsync",
        "file.no_fsync>mapping.locked", "file.no_fsync>hole.remembered",
        "file.fsync_error>mapping.locked", "file.fsync_error>hole.remembered"}) {
    EXPECT_THAT(flags, Contains(absl::StrCat("precedence:", pair)));
  }
}

TEST(VectorSet, NeverHasALaterRuleWinOverAnEarlierOne) {
  const std::set<std::string> flags = FlagsOf(Newest());
  for (const char* pair : {"address.unaligned>flags.unknown", "range.empty>range.wraps",
                           "mapping.locked>range.wraps", "hole.remembered>mapping.locked"}) {
    EXPECT_EQ(flags.count(absl::StrCat("precedence:", pair)), 0) << pair;
  }
}

TEST(VectorSet, HasEveryBoundary) {
  const std::set<std::string> flags = FlagsOf(Newest());
  for (const CallClass& one : CallClasses()) {
    EXPECT_THAT(flags, Contains(absl::StrCat("boundary:", one.name)));
  }
  EXPECT_THAT(flags, Contains("boundary:ends-before:mapping.locked"));
  EXPECT_THAT(flags, Contains("boundary:begins-behind:mapping.locked"));
}

TEST(VectorSet, HasALockJustBehindARangeThatEndsInAHole) {
  const Vector& vector =
      With(Newest(), "map p1 1p private rw anon locked\ncall addr=p0 len=1p flags=MS_INVALIDATE\n");
  EXPECT_EQ(OutcomeText(vector.answers.front()), "ENOMEM by hole.reaches_end");
}

TEST(VectorSet, HasHolesBehindMappings) {
  const std::set<std::string> flags = FlagsOf(Newest());
  EXPECT_THAT(flags, Contains("boundary:hole-at-end"));
  EXPECT_THAT(flags, Contains("boundary:hole-at-end-before-mapping"));
  std::set<std::string> outcomes;
  for (const Vector& vector : Newest().vectors) {
    if (absl::c_linear_search(vector.flags, "boundary:hole-between-mappings")) {
      outcomes.insert(OutcomeText(vector.answers.front()));
    }
  }
  for (const char* outcome : {"EBUSY by mapping.locked", "EINVAL by file.no_fsync",
                              "EIO by file.fsync_error, synced f0[2p,3p)!EIO",
                              "ENOMEM by hole.remembered, synced f0[2p,3p)"}) {
    EXPECT_THAT(outcomes, Contains(outcome));
  }
}

TEST(VectorSet, ShowsAClauseWhereNoOtherAddsOutcomes) {
  std::map<std::string, std::string> shown;
  for (const DocumentRule& clause : Posix().profile->clauses) {
    const Vector* vector = SmallestWith(Posix(), clause.rule);
    if (vector == nullptr) continue;
    shown[std::string(clause.rule.id)] = Text(vector->answers.front().outcomes);
  }
  EXPECT_EQ(shown["document.locked"], "EBUSY");
  EXPECT_EQ(shown["document.unaligned_may_fail"], "0|EINVAL");
  EXPECT_EQ(shown["silence.no_length"], "0|silent");
}

TEST(VectorSet, NamesEveryProfileOnceInEachVector) {
  std::vector<std::string> all;
  for (const Profile* profile : AllProfiles()) all.push_back(profile->name);
  for (const VectorSet* set : {&Newest(), &Posix()}) {
    for (const Vector& vector : set->vectors) {
      std::vector<std::string> named;
      for (const Answer& answer : vector.answers) {
        named.insert(named.end(), answer.profiles.begin(), answer.profiles.end());
      }
      EXPECT_THAT(named, UnorderedElementsAreArray(all)) << vector.id;
      EXPECT_THAT(vector.answers.front().profiles, Contains(set->profile->name)) << vector.id;
    }
  }
}

TEST(VectorSet, HoldsNoAddressFromWhichHardwareTakesATag) {
  for (const Vector& vector : Newest().vectors) EXPECT_FALSE(IsTagged(vector.call())) << vector.id;
}

TEST(VectorSet, HasEverySetOfOutcomesOfADocument) {
  std::set<std::string> sets, shown;
  const Profile* const profiles[] = {Posix().profile};
  VisitSmallScope(profiles, [&](const SmallCase& each) {
    if (IsTagged(std::get<SymbolicCall>(each.scenario.actions.back()))) return;
    sets.insert(Text(each.predictions[0].outcomes));
  });
  for (const Vector& vector : Posix().vectors) shown.insert(Text(vector.answers[0].outcomes));
  EXPECT_EQ(shown, sets);
}

}  // namespace
}  // namespace msyncspec
