// SPDX-License-Identifier: MIT
#include "harness/generate/random_scenario.h"

#include <gtest/gtest.h>

#include <set>

#include "harness/generate/random_source.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

std::string TextOf(uint64_t seed, uint64_t index) {
  RandomScenario random;
  MakeRandomScenario(seed, index, random);
  return Print(random.scenario);
}

TEST(RandomSource, GivesTheSameNumbersForEver) {
  RandomSource source(1, 2);
  EXPECT_EQ(source.Next(), 0x5072f87657172324u);
  EXPECT_EQ(source.Below(100), 68u);
}

TEST(RandomSource, StaysBelowItsBoundAndReachesAllOfIt) {
  RandomSource source(7, 7);
  std::set<uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(source.Below(6));
  EXPECT_EQ(seen, (std::set<uint64_t>{0, 1, 2, 3, 4, 5}));
}

TEST(RandomScenario, IsAlwaysValid) {
  RandomScenario random;
  for (uint64_t index = 0; index < 100000; ++index) {
    MakeRandomScenario(3, index, random);
    ASSERT_TRUE(Validate(random.scenario).ok())
        << index << ": " << Validate(random.scenario) << "\n"
        << Print(random.scenario);
  }
}

TEST(RandomScenario, DependsOnSeedAndIndexAlone) {
  EXPECT_EQ(TextOf(5, 1000), TextOf(5, 1000));
  EXPECT_NE(TextOf(5, 1000), TextOf(5, 1001));
  EXPECT_NE(TextOf(5, 1000), TextOf(6, 1000));
}

// A golden text: a change of the generator makes old seeds name other scenarios, which users of a
// recorded finding have to be told.
TEST(RandomScenario, IsTheSameOnEveryMachine) {
  EXPECT_EQ(TextOf(1, 0),
            "file f0 secret 16p\n"
            "file f1 memfd 64p\n"
            "remap p15 2p 2p\n"
            "map p46 6p shared w f0@12p\n"
            "protect p58 5p w\n"
            "map p3 5p shared rw f1@54p populate\n"
            "protect p51 10p rw\n"
            "map p2 5p private w f1@61p\n"
            "map p55 5p private rw f1@27p\n"
            "map p9 5p shared rw f0@9p\n"
            "truncate f1 11p\n"
            "protect p34 4p none\n"
            "map p23 4p shared r f0@4p\n"
            "map p45 7p private rw f1@0\n"
            "map p24 3p shared r anon\n"
            "truncate f1 34p\n"
            "call addr=p23 len=7p flags=MS_ASYNC\n"
            "call addr=p0 len=45p flags=0\n");
}

TEST(RandomScenario, ReachesEveryKindOfStepAndFile) {
  std::set<StepKind> kinds;
  std::set<Backing> backings;
  RandomScenario random;
  for (uint64_t index = 0; index < 5000; ++index) {
    MakeRandomScenario(1, index, random);
    for (const File& file : random.scenario.files) backings.insert(file.backing);
    for (const Action& action : random.scenario.actions) {
      const Step* step = std::get_if<Step>(&action);
      if (step != nullptr) kinds.insert(step->kind);
    }
  }
  // What a sweep could not clean up behind itself, in the process that goes on.
  for (const StepKind kind : {StepKind::kFork, StepKind::kSeal, StepKind::kUserfault}) {
    EXPECT_FALSE(kinds.contains(kind));
  }
  EXPECT_EQ(kinds.size(), size_t{kStepKinds} - 5);
  EXPECT_EQ(backings.size(), 11u - 1u) << "all but fuse, whose server is not the kernel's";
}

TEST(RandomScenario, ChoosesTheFilesThatItNamesAndNoneTwice) {
  RandomScenario random;
  for (uint64_t index = 0; index < 1000; ++index) {
    MakeRandomScenario(9, index, random);
    for (size_t i = 0; i < random.scenario.files.size(); ++i) {
      EXPECT_EQ(RandomFiles()[random.choice[i]], random.scenario.files[i]);
      for (size_t j = 0; j < i; ++j) EXPECT_NE(random.choice[i], random.choice[j]);
    }
  }
}

}  // namespace
}  // namespace msyncspec
