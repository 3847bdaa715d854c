// SPDX-License-Identifier: MIT
#include "harness/generate/served_scenario.h"

#include <gtest/gtest.h>

#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr uint64_t kSeed = 3;

std::string TextOf(uint64_t seed, uint64_t index) {
  Scenario scenario;
  MakeServedScenario(seed, index, scenario);
  return Print(scenario);
}

TEST(ServedScenario, IsAlwaysValid) {
  Scenario scenario;
  for (uint64_t index = 0; index < 100000; ++index) {
    MakeServedScenario(kSeed, index, scenario);
    ASSERT_TRUE(Validate(scenario).ok()) << index << ": " << Validate(scenario) << "\n"
                                         << Print(scenario);
  }
}

TEST(ServedScenario, DependsOnSeedAndIndexAlone) {
  EXPECT_EQ(TextOf(kSeed, 5), TextOf(kSeed, 5));
  EXPECT_NE(TextOf(kSeed, 5), TextOf(kSeed, 6));
  EXPECT_NE(TextOf(kSeed, 5), TextOf(kSeed + 1, 5));
}

}  // namespace
}  // namespace msyncspec
