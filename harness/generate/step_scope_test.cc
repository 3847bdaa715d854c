// SPDX-License-Identifier: MIT
#include "harness/generate/step_scope.h"

#include <gmock/gmock.h>

#include <array>
#include <map>
#include <set>

#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::Contains;

TEST(StepScope, HasSequencesOfOneToThreeStepsAndACallForEachPage) {
  const std::array<const Profile*, 2> two = {FindProfile("linux-5.4"), FindProfile("linux-6.18")};
  std::map<size_t, uint64_t> of_length;
  VisitStepScope(two, [&](const StepCase& each) {
    ASSERT_EQ(each.steps.size(), 2u);
    ASSERT_EQ(each.predictions.size(), 2u);
    ++of_length[each.steps[0].size()];
    for (size_t i = 0; i < two.size(); ++i) {
      ASSERT_EQ(each.steps[i].size() + each.predictions[i].size(), each.scenario.actions.size());
    }
    ASSERT_TRUE(Validate(each.scenario).ok()) << Print(each.scenario);
  });
  EXPECT_EQ(of_length.size(), 3u);
  for (size_t length = 1; length <= 3; ++length) EXPECT_GT(of_length[length], 0u) << length;
}

TEST(StepScope, HasTheStepsAboutWhichKernelsDiffer) {
  std::set<std::string> seen;
  const std::array<const Profile*, 1> one = {FindProfile("linux-6.18")};
  VisitStepScope(one, [&seen](const StepCase& each) {
    const std::string text = Print(each.scenario);
    seen.insert(text.substr(0, text.find("call")));
  });
  EXPECT_THAT(seen, Contains("map p0 1p private none anon\nlock-on-fault p0 1p\n"));
  EXPECT_THAT(seen, Contains("map p0 1p private rw anon\nremap p0 2p 2p to=p4\n"));
  EXPECT_THAT(seen, Contains("map p4 1p private rw anon\nremap p0 1p 1p to=p4\n"));
  EXPECT_THAT(seen, Contains("map p0 1p private rw anon\nmap p1 1p private r anon\n"
                             "remap p0 2p 2p to=p4\n"));
}

}  // namespace
}  // namespace msyncspec
