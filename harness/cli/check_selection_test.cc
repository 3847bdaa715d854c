// SPDX-License-Identifier: MIT
#include "harness/cli/check_selection.h"

#include <gtest/gtest.h>

#include <set>

namespace msyncspec {
namespace {

TEST(NameFilter, WantsWhatAPatternMatchesAndNoneBehindTheHyphenDoes) {
  struct Row {
    const char* filter;
    const char* name;
    bool wanted;
  };
  const Row kRows[] = {
      {"*", "corpus/rules/a.msync", true},
      {"", "random", true},
      {"random", "random", true},
      {"random", "randoms", false},
      {"corpus/*", "corpus/rules/a.msync", true},
      {"corpus/*", "random", false},
      {"corpus/*:random", "random", true},
      {"*/0?-*", "corpus/traps/01-read-only.msync", true},
      {"*/0[2-9]-*", "corpus/traps/01-read-only.msync", false},
      {"-random", "random", false},
      {"-random", "served", true},
      {"*:-*fuse*:*disk*", "corpus/fuse.msync", false},
      {"*:-*fuse*:*disk*", "corpus/disk.msync", false},
      {"*:-*fuse*:*disk*", "corpus/memfd.msync", true},
      {"*01-read-only*", "corpus/traps/01-read-only.msync", true},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(NameFilter(row.filter).Wants(row.name), row.wanted) << row.filter << " " << row.name;
  }
}

TEST(Shard, EveryPositionIsInExactlyOne) {
  for (size_t position = 0; position < 20; ++position) {
    int holders = 0;
    for (const char* text : {"1/3", "2/3", "3/3"}) holders += ParseShard(text)->Has(position);
    EXPECT_EQ(holders, 1) << position;
  }
}

TEST(Shard, ScenariosOfOneBeginFarBehindThoseOfTheOneBefore) {
  EXPECT_EQ(ParseShard("1/3")->FirstScenario(), 0);
  EXPECT_EQ(ParseShard("2/3")->FirstScenario(), uint64_t{1} << 40);
  EXPECT_EQ(ParseShard("3/3")->FirstScenario(), uint64_t{1} << 41);
}

TEST(ParseShard, RefusesWhatIsNoPartOfAWhole) {
  for (const char* text :
       {"", "1", "/", "0/2", "3/2", "-1/2", "1/0", "a/b", "1/2/3", "1/99999999"}) {
    EXPECT_EQ(ParseShard(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

}  // namespace
}  // namespace msyncspec
