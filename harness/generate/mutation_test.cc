// SPDX-License-Identifier: MIT
#include "harness/generate/mutation.h"

#include <gtest/gtest.h>

#include <set>

#include "harness/generate/random_scenario.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr char kSmall[] =
    "file f0 memfd 4p\n"
    "map p0 2p shared rw f0@0\n"
    "lock p1 1p\n"
    "call addr=p0 len=2p flags=MS_SYNC\n";

Scenario FromText(const char* text) { return Parse(text)->scenario; }

Scenario Mutated(uint64_t seed, int rounds, Scenario scenario) {
  RandomSource source(seed, 0);
  for (int i = 0; i < rounds; ++i) Mutate(source, scenario);
  return scenario;
}

TEST(Mutation, LeavesEveryScenarioValid) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Scenario scenario = Mutated(seed, 40, FromText(kSmall));
    EXPECT_TRUE(Validate(scenario).ok()) << Validate(scenario) << "\n" << Print(scenario);
  }
}

TEST(Mutation, KeepsScenariosOfEveryKindOfFileValid) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    RandomSource source(seed, 1);
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 200; ++i) bytes.push_back(static_cast<uint8_t>(source.Next()));
    const Scenario scenario = Mutated(seed, 10, Decode(bytes));
    EXPECT_TRUE(Validate(scenario).ok()) << Validate(scenario) << "\n" << Print(scenario);
  }
}

TEST(Mutation, DependsOnTheSeedAlone) {
  EXPECT_EQ(Mutated(7, 20, FromText(kSmall)), Mutated(7, 20, FromText(kSmall)));
  EXPECT_NE(Mutated(7, 20, FromText(kSmall)), Mutated(8, 20, FromText(kSmall)));
}

TEST(Mutation, MakesEveryKindOfStepOfAScenarioWithoutAny) {
  std::set<StepKind> kinds;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    const Scenario scenario = Mutated(seed, 8, FromText("call addr=p0 len=1p flags=0\n"));
    for (const Action& action : scenario.actions) {
      if (const Step* step = std::get_if<Step>(&action)) kinds.insert(step->kind);
    }
  }
  // A signal needs a step's answer that somebody waits for, and a descriptor to open again one
  // that was opened again.
  kinds.insert({StepKind::kSignal, StepKind::kReopen});
  EXPECT_EQ(kinds.size(), static_cast<size_t>(kStepKinds));
}

TEST(Mutation, PutsMappingsSideBySideThatDoNotJoin) {
  bool found = false;
  for (uint64_t seed = 0; seed < 200 && !found; ++seed) {
    const Scenario scenario = Mutated(seed, 3,
                                      FromText("map p0 1p private rw anon\n"
                                               "call addr=p0 len=1p flags=0\n"));
    found = Print(scenario).find(
                "map p1 1p private r anon\nmap p2 1p private rw anon\n"
                "map p3 1p private r anon\n") != std::string::npos;
  }
  EXPECT_TRUE(found);
}

TEST(Crossing, TakesActionsAndFilesOfBothAndIsValid) {
  const Scenario first = FromText(kSmall);
  const Scenario second = FromText(
      "file f0 secret 1p\n"
      "map p0 1p shared r f0@0\n"
      "call addr=p0 len=1p flags=MS_INVALIDATE\n");
  bool found = false;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    RandomSource source(seed, 0);
    const Scenario crossed = Cross(source, first, second);
    ASSERT_TRUE(Validate(crossed).ok()) << Print(crossed);
    found |= Print(crossed) ==
             "file f0 memfd 4p\n"
             "file f1 secret 1p\n"
             "map p0 2p shared rw f0@0\n"
             "lock p1 1p\n"
             "map p0 1p shared r f1@0\n"
             "call addr=p0 len=1p flags=MS_INVALIDATE\n";
  }
  EXPECT_TRUE(found);
}

TEST(Crossing, KeepsTheBoundsOfLargeScenarios) {
  RandomScenario one, other;
  for (uint64_t i = 0; i < 200; ++i) {
    MakeRandomScenario(1, i, one);
    MakeRandomScenario(2, i, other);
    RandomSource source(i, 0);
    Scenario crossed = one.scenario;
    for (int round = 0; round < 20; ++round) crossed = Cross(source, crossed, other.scenario);
    EXPECT_TRUE(Validate(crossed).ok()) << Print(crossed);
  }
}

}  // namespace
}  // namespace msyncspec
