// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

struct VersionRow {
  KernelVersion version;
  const char* profile;  // or null
};

// The last kernel before each change, and the first behind it.
constexpr VersionRow kVersions[] = {
    {{1, 2, 13}, nullptr},         {{1, 3, 20}, nullptr},         {{1, 3, 21}, "linux-1.3.21"},
    {{2, 2, 26}, "linux-1.3.21"},  {{2, 4, 0}, "linux-1.3.21"},   {{2, 4, 18}, "linux-1.3.21"},
    {{2, 4, 19}, "linux-2.4.19"},  {{2, 4, 37}, "linux-2.4.19"},  {{2, 5, 0}, "linux-1.3.21"},
    {{2, 5, 10}, "linux-1.3.21"},  {{2, 5, 22}, "linux-1.3.21"},  {{2, 5, 23}, "linux-2.5.23"},
    {{2, 5, 25}, "linux-2.5.23"},  {{2, 5, 26}, "linux-2.5.26"},  {{2, 5, 42}, "linux-2.5.26"},
    {{2, 5, 43}, "linux-2.5.43"},  {{2, 5, 67}, "linux-2.5.43"},  {{2, 5, 68}, "linux-2.5.68"},
    {{2, 6, 0}, "linux-2.5.68"},   {{2, 6, 16}, "linux-2.5.68"},  {{2, 6, 17}, "linux-2.6.17"},
    {{2, 6, 18}, "linux-2.6.17"},  {{2, 6, 19}, "linux-2.6.19"},  {{2, 6, 39}, "linux-2.6.19"},
    {{3, 0, 101}, "linux-2.6.19"}, {{3, 15, 10}, "linux-2.6.19"}, {{3, 16, 0}, "linux-3.16"},
    {{4, 12, 14}, "linux-3.16"},   {{4, 13, 0}, "linux-4.13"},    {{5, 3, 18}, "linux-4.13"},
    {{5, 4, 0}, "linux-5.4"},      {{5, 15, 200}, "linux-5.4"},   {{5, 16, 0}, "linux-5.16"},
    {{5, 17, 15}, "linux-5.16"},   {{5, 18, 0}, "linux-5.18"},    {{6, 3, 13}, "linux-5.18"},
    {{6, 4, 0}, "linux-6.4"},      {{6, 16, 12}, "linux-6.4"},    {{6, 17, 0}, "linux-6.18"},
    {{6, 18, 44}, "linux-6.18"},   {{7, 2, 13}, "linux-6.18"},    {{100, 0, 0}, "linux-6.18"},
};

std::string NameFor(const KernelVersion& version) {
  const Profile* profile = ProfileFor(version);
  return profile == nullptr ? "none" : profile->name;
}

std::string VersionText(const KernelVersion& version) {
  return absl::StrCat(version.major, ".", version.minor, ".", version.patch);
}

TEST(ProfileFor, ChoosesTheEraThatTheVersionLiesIn) {
  for (const VersionRow& row : kVersions) {
    EXPECT_EQ(NameFor(row.version), row.profile == nullptr ? "none" : row.profile)
        << VersionText(row.version);
  }
}

// Every era with its profile; an era that is not used holds no version.
struct NamedEra {
  Era era;
  std::string name;
};

std::vector<NamedEra> Eras() {
  std::vector<NamedEra> eras;
  for (const Profile& profile : LinuxProfiles()) {
    for (const Era& era : profile.eras) {
      if (era.since < era.until) eras.push_back({era, profile.name});
    }
  }
  std::sort(eras.begin(), eras.end(),
            [](const NamedEra& a, const NamedEra& b) { return a.era.since < b.era.since; });
  return eras;
}

TEST(Eras, FollowOneAnotherWithoutAGapOrAnOverlapFrom1321On) {
  const std::vector<NamedEra> eras = Eras();
  EXPECT_EQ(eras.front().era.since, (KernelVersion{1, 3, 21}));
  for (size_t i = 1; i < eras.size(); ++i) {
    EXPECT_EQ(eras[i].era.since, eras[i - 1].era.until) << eras[i - 1].name << ", " << eras[i].name;
  }
  EXPECT_GT(eras.back().era.until, (KernelVersion{1000000, 0, 0}));
}

TEST(Eras, AreThoseOfFifteenProfilesOfWhichTheOldestHasTwo) {
  std::vector<std::string> names;
  for (const NamedEra& era : Eras()) names.push_back(era.name);
  EXPECT_THAT(names, ElementsAre("linux-1.3.21", "linux-2.4.19", "linux-1.3.21", "linux-2.5.23",
                                 "linux-2.5.26", "linux-2.5.43", "linux-2.5.68", "linux-2.6.17",
                                 "linux-2.6.19", "linux-3.16", "linux-4.13", "linux-5.4",
                                 "linux-5.16", "linux-5.18", "linux-6.4", "linux-6.18"));
}

KernelVersion VersionIn(absl::string_view name) {
  absl::ConsumePrefix(&name, "linux-");
  KernelVersion version;
  int* const parts[] = {&version.major, &version.minor, &version.patch};
  size_t i = 0;
  for (const absl::string_view part : absl::StrSplit(name, '.')) {
    EXPECT_TRUE(i < 3 && absl::SimpleAtoi(part, parts[i++])) << name;
  }
  return version;
}

TEST(KernelProfiles, AreNamedForAVersionOfTheirEra) {
  for (const Profile& profile : LinuxProfiles()) {
    EXPECT_EQ(NameFor(VersionIn(profile.name)), profile.name);
  }
}

TEST(KernelProfiles, StandTheOldestFirst) {
  for (size_t i = 1; i < LinuxProfiles().size(); ++i) {
    EXPECT_LT(VersionIn(LinuxProfiles()[i - 1].name), VersionIn(LinuxProfiles()[i].name));
  }
}

using Answers = std::vector<std::pair<absl::string_view, Errno>>;

Answers ArgumentAnswers(const Profile& profile) {
  Answers answers;
  for (const ArgumentRule& row : profile.arguments) answers.emplace_back(row.rule.id, row.then);
  return answers;
}

TEST(KernelProfiles, DifferFromTheirNeighboursInAFieldOrARow) {
  const std::span<const Profile> all = LinuxProfiles();
  for (size_t i = 1; i < all.size(); ++i) {
    const Profile &older = all[i - 1], &newer = all[i];
    EXPECT_FALSE(older.layout == newer.layout && older.walk == newer.walk &&
                 older.abi.untagging == newer.abi.untagging &&
                 ArgumentAnswers(older) == ArgumentAnswers(newer))
        << older.name << ", " << newer.name;
  }
}

TEST(KernelProfiles, AnswerByArgumentsAndWalkAndHaveNoClauses) {
  for (const Profile& profile : LinuxProfiles()) {
    EXPECT_FALSE(profile.IsDocument()) << profile.name;
    EXPECT_FALSE(profile.arguments.empty()) << profile.name;
  }
}

TEST(DocumentProfiles, StandInTheOrderInWhichTheyWereWritten) {
  std::vector<std::string> names;
  for (const Profile& profile : DocumentProfiles()) names.push_back(profile.name);
  EXPECT_THAT(names, ElementsAre("symbian-open-c", "hp-ux-11i-v3", "posix-2017", "love-2007",
                                 "man-pages-3.53", "man-pages-ru", "man-pages-6.03"));
}

TEST(DocumentProfiles, AnswerByClausesAloneAndAreNamedForTheirSource) {
  for (const Profile& profile : DocumentProfiles()) {
    EXPECT_TRUE(profile.IsDocument()) << profile.name;
    EXPECT_TRUE(profile.arguments.empty()) << profile.name;
    EXPECT_EQ(profile.name, std::string(profile.source));
    for (const Era& era : profile.eras) EXPECT_FALSE(era.since < era.until) << profile.name;
  }
}

TEST(DocumentProfiles, SpeakOfNoSystemThatHasNoProfile) {
  for (const Profile& profile : DocumentProfiles()) {
    for (const DocumentRule& clause : profile.clauses) {
      if (clause.of.empty()) continue;
      EXPECT_NE(FindProfile(clause.of), nullptr) << profile.name << ", " << clause.rule.id;
    }
  }
}

constexpr const char* kAbis[] = {"-compat", "-32bit", "-alpha", "-parisc", "-16k", "-64k"};

TEST(AbiProfiles, ExistByNameForEveryEra) {
  for (const Profile& era : LinuxProfiles()) {
    for (const char* suffix : kAbis) {
      const Profile* variant = FindProfile(absl::StrCat(era.name, suffix));
      ASSERT_NE(variant, nullptr) << era.name << suffix;
      EXPECT_EQ(variant->walk, era.walk) << variant->name;
      EXPECT_EQ(variant->layout, era.layout) << variant->name;
      EXPECT_EQ(ArgumentAnswers(*variant), ArgumentAnswers(era)) << variant->name;
      EXPECT_EQ(variant->abi.untagging, era.abi.untagging) << variant->name;
    }
  }
}

TEST(AbiProfiles, AreListedForTheNewestEraAlone) {
  std::vector<std::string> names;
  for (const Profile& profile : AbiProfiles()) names.push_back(profile.name);
  EXPECT_THAT(names,
              UnorderedElementsAre("linux-6.18-compat", "linux-6.18-32bit", "linux-6.18-alpha",
                                   "linux-6.18-parisc", "linux-6.18-16k", "linux-6.18-64k"));
}

TEST(AbiProfiles, AreChosenForNoVersion) {
  for (const Profile& profile : AbiProfiles()) {
    for (const Era& era : profile.eras) EXPECT_FALSE(era.since < era.until) << profile.name;
  }
}

TEST(AllProfiles, HaveANameOfTheirOwnUnderWhichTheyAreFound) {
  std::set<std::string> names;
  for (const Profile* profile : AllProfiles()) {
    EXPECT_TRUE(names.insert(profile->name).second) << profile->name;
    EXPECT_EQ(FindProfile(profile->name), profile);
    EXPECT_NE(profile->basis, "") << profile->name;
  }
  EXPECT_EQ(names.size(), 15u + 7u + 6u);
  EXPECT_EQ(FindProfile("linux"), nullptr);
  EXPECT_EQ(FindProfile("linux-6.17"), nullptr);
  EXPECT_EQ(FindProfile(""), nullptr);
}

TEST(FindRule, FindsARuleAsTheNewestKernelThatHasItStatesIt) {
  EXPECT_EQ(std::string(FindRule("address.unaligned")->cites[0].source), "man-pages-3.53");
  EXPECT_EQ(FindRule("no.such_rule"), nullptr);
}

TEST(FindRule, FindsARuleAsItsOwnProfileStatesIt) {
  const Profile& early = *FindProfile("linux-1.3.21");
  EXPECT_EQ(std::string(FindRule(early, "address.unaligned")->cites[0].source), "linux-history");
  const Profile& standard = *FindProfile("posix-2017");
  EXPECT_EQ(std::string(FindRule(standard, "document.locked")->cites[0].source), "posix-2017");
  EXPECT_EQ(FindRule(standard, "address.unaligned"), FindRule("address.unaligned"));
}

}  // namespace
}  // namespace msyncspec
