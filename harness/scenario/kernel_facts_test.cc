// SPDX-License-Identifier: MIT
#include "harness/scenario/kernel_facts.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(KernelFacts, AreThoseOfTheTableUntilTheKernelHasSpoken) {
  const KernelFacts facts;
  for (const BackingFacts& row : AllBackings()) {
    EXPECT_FALSE(facts.Said(row.backing).has_value()) << row.name;
    EXPECT_EQ(facts.LockabilityOf(row.backing), row.lockability) << row.name;
  }
  EXPECT_THAT(facts.Differences(), IsEmpty());
}

TEST(KernelFacts, TellOnlyWhereTheKernelDiffers) {
  KernelFacts facts;
  facts.Learn(Backing::kMemfd, Lockability::kLockable);
  facts.Learn(Backing::kSecret, Lockability::kIgnoresLocks);
  facts.Learn(Backing::kPerf, Lockability::kLockable);
  EXPECT_THAT(facts.Differences(),
              ElementsAre("secret (memfd_secret(2)) is not mapped locked and ignores locks; the "
                          "specification says that it is mapped locked",
                          "perf (the control page of a perf event) takes locks; the specification "
                          "says that it is not mapped locked and ignores locks"));
}

struct Row {
  const char* backing;
  Lockability said;
  Errno unlocked, locked;  // what MS_INVALIDATE answers before mlock and after it
};

TEST(KernelFacts, AreWhatLayoutsGoBy) {
  const Row kRows[] = {
      {"secret", Lockability::kAlwaysLocked, Errno::kEBUSY, Errno::kEBUSY},
      {"secret", Lockability::kIgnoresLocks, Errno::kOk, Errno::kOk},
      {"bpf_array", Lockability::kIgnoresLocks, Errno::kOk, Errno::kOk},
      {"bpf_array", Lockability::kLockable, Errno::kOk, Errno::kEBUSY},
      {"disk", Lockability::kIgnoresLocks, Errno::kOk, Errno::kOk},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.backing);
    const Scenario scenario = Parse(absl::StrCat("file f0 ", row.backing,
                                                 " 1p\n"
                                                 "map p0 1p shared rw f0@0\n"
                                                 "call addr=p0 len=1p flags=MS_INVALIDATE\n"
                                                 "lock p0 1p\n"
                                                 "call addr=p0 len=1p flags=MS_INVALIDATE\n"))
                                  .value()
                                  .scenario;
    Surroundings surroundings = BareSurroundings();
    surroundings.kernel.Learn(*BackingFromName(row.backing), row.said);
    const ScenarioPrediction told =
        PredictScenario(scenario, *FindProfile("linux-6.18"), surroundings);
    EXPECT_TRUE(told.actions[1].call.prediction.outcomes.Allow(row.unlocked));
    EXPECT_TRUE(told.actions[3].call.prediction.outcomes.Allow(row.locked));
  }
}

}  // namespace
}  // namespace msyncspec
