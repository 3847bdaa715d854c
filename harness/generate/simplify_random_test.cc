// SPDX-License-Identifier: MIT
//
// What holds of scenarios while they become simpler, whatever is in them.
#include <gtest/gtest.h>

#include <ostream>

#include "harness/generate/file_scenario.h"
#include "harness/generate/random_scenario.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "harness/scenario/simplify.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Random scenarios of one kind.
struct Source {
  const char* name;
  Scenario (*make)(uint64_t index);
};

void PrintTo(const Source& row, std::ostream* out) { *out << row.name; }

class SimplifiedRandom : public testing::TestWithParam<Source> {};

// The rule that decides the last call, on the newest kernel; null where it is not modelled.
const Rule* LastRule(const Scenario& scenario) {
  const ScenarioPrediction said =
      PredictScenario(scenario, *FindProfile("linux-6.18"), BareSurroundings());
  const Rule* last = nullptr;
  for (const ActionPrediction& action : said.actions) {
    if (action.call.prediction.rule != nullptr) last = action.call.prediction.rule;
  }
  return said.unmodelled.empty() ? last : nullptr;
}

bool HoldsWithoutAnAction(const Scenario& scenario, const Rule* rule) {
  for (size_t i = 0; i < scenario.actions.size(); ++i) {
    Scenario shorter = scenario;
    shorter.actions.erase(shorter.actions.begin() + static_cast<std::ptrdiff_t>(i));
    if (Validate(shorter).ok() && LastRule(shorter) == rule) return true;
  }
  return false;
}

TEST_P(SimplifiedRandom, IsValidCanonicalAndOfNeededActions) {
  int minimised = 0;
  for (uint64_t index = 0; index < 200; ++index) {
    const Scenario scenario = GetParam().make(index);
    const Rule* rule = LastRule(scenario);
    if (rule == nullptr) continue;
    const Scenario least =
        Minimise(scenario, ScenarioSimplifications(), [rule](const Scenario& candidate) {
          EXPECT_TRUE(Validate(candidate).ok()) << Print(candidate);
          EXPECT_EQ(Parse(Print(candidate)).value().scenario, candidate);
          return LastRule(candidate) == rule;
        });
    ++minimised;
    EXPECT_EQ(LastRule(least), rule) << index;
    EXPECT_FALSE(HoldsWithoutAnAction(least, rule)) << index << "\n" << Print(least);
  }
  EXPECT_GT(minimised, 100);
}

INSTANTIATE_TEST_SUITE_P(
    Scenario, SimplifiedRandom,
    testing::Values(
        Source{"Layouts",
               [](uint64_t index) {
                 RandomScenario random;
                 MakeRandomScenario(11, index, random);
                 return random.scenario;
               }},
        Source{"ServedFiles",
               [](uint64_t index) { return MakeFileScenario(11, index, Backing::kFuse); }},
        Source{"Disks",
               [](uint64_t index) { return MakeFileScenario(11, index, Backing::kExt4); }}),
    [](const testing::TestParamInfo<Source>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace msyncspec
