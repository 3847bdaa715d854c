// SPDX-License-Identifier: MIT
//
// The served stage on the running kernel, with the right profile and with wrong ones.
#include <gmock/gmock.h>

#include <algorithm>

#include "harness/differ/served_sweep.h"
#include "harness/differ/stage.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;

constexpr uint64_t kCount = 500;
constexpr absl::Duration kLong = absl::Minutes(5);  // a budget that nothing here uses up

const Profile& RightProfile() { return *ProfileFor(IdentifyKernel().version); }

class ServedStage : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto server = SweptServer::Start(ThisMachine().page_size); !server.ok()) {
      GTEST_SKIP() << server.status();
    }
  }

  static StageResult Run(const Profile& profile) {
    EffectsProvider provider;
    const auto go_on = [](const Progress&) { return Go::kOn; };
    return RunServedStage({profile, provider, go_on},
                          {.seed = 1, .count = kCount, .budget = kLong});
  }
};

TEST_F(ServedStage, AgreesAndComparesWhatReachesTheServer) {
  const StageResult result = Run(RightProfile());
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_TRUE(result.complete);
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_EQ(result.layouts, kCount);
  EXPECT_EQ(result.agreed, result.calls);
  const EffectCounts& seen = result.effects.at("fuse");
  EXPECT_GT(seen.fsyncs, kCount / 2);
  EXPECT_GT(seen.writes, 0u);
  EXPECT_GT(seen.bytes, 0u);
}

// Whether there is a finding about effects that came again each time.
bool FindsEffects(const StageResult& result) {
  return std::any_of(result.findings.begin(), result.findings.end(), [](const Finding& finding) {
    return finding.disagreement.subject == Subject::kEffect && finding.confirmed();
  });
}

TEST_F(ServedStage, FindsThatFsyncIsDataOnly) {
  Profile wrong = RightProfile();
  wrong.walk.sync = SyncKind::kFull;
  EXPECT_TRUE(FindsEffects(Run(wrong)));
}

TEST_F(ServedStage, FindsThatTheRangeAloneIsWritten) {
  Profile wrong = RightProfile();
  wrong.walk.extent = SyncExtent::kWholeFile;
  EXPECT_TRUE(FindsEffects(Run(wrong)));
}

}  // namespace
}  // namespace msyncspec
