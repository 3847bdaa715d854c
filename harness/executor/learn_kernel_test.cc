// SPDX-License-Identifier: MIT
#include "harness/executor/learn_kernel.h"

#include <gmock/gmock.h>

#include "harness/executor/this_process.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;

TEST(LearnKernelFacts, LeavesOutWhatNobodyAsksFor) {
  const KernelFacts facts = LearnKernelFacts({{.backing = Backing::kTmpfs}});
  EXPECT_FALSE(facts.Said(Backing::kDeleted).has_value());
}

TEST(LearnKernelFacts, HearsThatAMemfdTakesLocksUnlessNothingMayBeLockedHere) {
  const std::optional<Lockability> said =
      LearnKernelFacts({{.backing = Backing::kMemfd}}).Said(Backing::kMemfd);
  if (!said.has_value()) GTEST_SKIP() << "the kernel does not say, or allows no locks";
  EXPECT_EQ(*said, Lockability::kLockable);
}

TEST(LearnKernelFacts, CanBeAskedOfEveryBacking) {
  const KernelFacts facts = LearnKernelFacts(SmallestFiles());
  const KernelIdentity kernel = IdentifyKernel();
  if (kernel.version.major != 6 || kernel.version.minor != 18) {
    GTEST_SKIP() << "the table was measured on another kernel";
  }
  EXPECT_THAT(facts.Differences(), IsEmpty());
}

TEST(SmallestFiles, AreValidAndOneOfEachKind) {
  const std::vector<File> files = SmallestFiles();
  ASSERT_EQ(files.size(), AllBackings().size());
  for (size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(files[i].backing, AllBackings()[i].backing);
    EXPECT_TRUE(Validate(files[i], {}).ok()) << AllBackings()[i].name;
  }
}

}  // namespace
}  // namespace msyncspec
