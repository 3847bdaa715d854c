// SPDX-License-Identifier: MIT
#include "fuzz/kernel_coverage.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace msyncspec {
namespace {

// The number that the next descriptor gets.
int NextDescriptor() {
  const int next = dup(STDERR_FILENO);
  close(next);
  return next;
}

TEST(KernelCoverage, DoesNothingWhereTheKernelHasNone) {
  if (access("/sys/kernel/debug/kcov", F_OK) == 0) GTEST_SKIP() << "this kernel has KCOV";
  const int next = NextDescriptor();
  KernelCoverage coverage;
  EXPECT_FALSE(coverage.is_there());
  EXPECT_EQ(NextDescriptor(), next);
  coverage.Begin();
  coverage.End();
  coverage.End();
}

}  // namespace
}  // namespace msyncspec
