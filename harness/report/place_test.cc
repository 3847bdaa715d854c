// SPDX-License-Identifier: MIT
#include "harness/report/place.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

std::string LineOf(const RulePlace& place) {
  std::ifstream file(std::filesystem::path(MSYNCSPEC_SOURCE_DIR) / std::string(place.file));
  std::string line;
  for (int i = 0; i < place.line; ++i) std::getline(file, line);
  return line;
}

std::map<std::string, RulePlace> PlacesById() {
  std::map<std::string, RulePlace> places;
  for (const RulePlace& place : RulePlaces()) {
    EXPECT_TRUE(places.emplace(std::string(place.id), place).second) << place.id;
  }
  return places;
}

TEST(RulePlaces, HaveEveryRuleThatAProfileCanName) {
  const std::map<std::string, RulePlace> places = PlacesById();
  for (const Profile* profile : AllProfiles()) {
    for (const Rule* rule : RulesOf(*profile)) {
      EXPECT_EQ(places.count(std::string(rule->id)), 1) << rule->id;
    }
  }
}

TEST(RulePlaces, NameTheLineWhereTheIdIsWritten) {
  for (const RulePlace& place : RulePlaces()) {
    EXPECT_TRUE(absl::StrContains(LineOf(place), absl::StrCat(".id = \"", place.id, "\"")))
        << place.file << ":" << place.line;
  }
}

TEST(StepPlaces, AreFilesThatExist) {
  for (const char* kind : {"map", "unmap", "protect", "lock", "lock-on-fault", "unlock", "lock-all",
                           "unlock-all", "remap", "write", "truncate", "advise", "fork"}) {
    const Place place = PlaceOf({.disagreement = {.subject = Subject::kStep, .rule = kind}});
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(MSYNCSPEC_SOURCE_DIR) / place.file))
        << place.file;
  }
}

}  // namespace
}  // namespace msyncspec
