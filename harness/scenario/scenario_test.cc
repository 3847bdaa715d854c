// SPDX-License-Identifier: MIT
#include "harness/scenario/scenario.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

Scenario Parsed(absl::string_view steps) {
  return Parse(absl::StrCat(steps, "call addr=p0 len=0 flags=0\n")).value().scenario;
}

// Returns the steps of each interleaving, without the call.
std::vector<std::string> Steps(const Scenario& scenario, int fsyncs) {
  std::vector<std::string> texts;
  for (const Scenario& one : Interleavings(scenario, fsyncs)) {
    const std::string text = Print(one);
    texts.push_back(text.substr(0, text.find("call ")));
  }
  return texts;
}

TEST(Interleavings, AreTheScenarioAloneWhereNothingHappensAtAnyMoment) {
  const std::string steps = "meanwhile 2 unlock-all\n";
  EXPECT_EQ(Steps(Parsed(steps), 3), std::vector{steps});
  EXPECT_EQ(Steps(Parsed("unlock-all\n"), 3), std::vector<std::string>{"unlock-all\n"});
}

TEST(Interleavings, AreBeforeTheCallAtEachWaitAndAfterIt) {
  const std::vector<std::string> without_waits = {"unlock-all\n", "meanwhile 1 unlock-all\n"};
  const std::vector<std::string> with_two = {"unlock-all\n", "meanwhile 1 unlock-all\n",
                                             "meanwhile 2 unlock-all\n",
                                             "meanwhile 3 unlock-all\n"};
  const Scenario scenario = Parsed("meanwhile any unlock-all\n");
  EXPECT_EQ(Steps(scenario, 0), without_waits);
  EXPECT_EQ(Steps(scenario, 2), with_two);
}

TEST(Interleavings, KeepStepsOfOneMomentTogether) {
  EXPECT_EQ(Steps(Parsed("meanwhile any lock-all current\nmeanwhile any unlock-all\n"), 0),
            (std::vector<std::string>{"lock-all current\nunlock-all\n",
                                      "meanwhile 1 lock-all current\nmeanwhile 1 unlock-all\n"}));
}

TEST(Scenario, SaysWhetherAnotherThreadActsAndWhetherAtAnyMoment) {
  EXPECT_FALSE(HasMeanwhile(Parsed("unlock-all\n")));
  EXPECT_TRUE(HasMeanwhile(Parsed("meanwhile 1 unlock-all\n")));
  EXPECT_FALSE(HasAnyMoment(Parsed("meanwhile 1 unlock-all\n")));
  EXPECT_TRUE(HasMeanwhile(Parsed("meanwhile any unlock-all\n")));
  EXPECT_TRUE(HasAnyMoment(Parsed("meanwhile any unlock-all\n")));
}

}  // namespace
}  // namespace msyncspec
