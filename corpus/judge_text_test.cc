// SPDX-License-Identifier: MIT
#include "corpus/judge_text.h"

#include <gmock/gmock.h>

#include <string>

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

TEST(JudgeText, NamesTheLineOfTheCallAndBothSides) {
  const auto mismatches = JudgeText("a.msync",
                                    "# why\n"
                                    "map p0 1p private rw anon\n"
                                    "call addr=p0 len=1p flags=0  # fine\n"
                                    "expect linux-6.18 0\n"
                                    "call addr=p0+1 len=1p flags=0\n"
                                    "expect linux-6.18 ENOMEM by=range.wraps\n");
  ASSERT_TRUE(mismatches.ok());
  EXPECT_THAT(*mismatches,
              ElementsAre("a.msync:5: \"expect linux-6.18 ENOMEM by=range.wraps\", but the model "
                          "says \"expect linux-6.18 EINVAL by=address.unaligned\""));
}

TEST(JudgeText, CountsWhatIsExpectedBehindAStepThatIsNotModelledAsAMismatch) {
  const auto mismatches = JudgeText("a.msync",
                                    "map p0 1p private rw anon\n"
                                    "remap p0 0 1p\n"
                                    "call addr=p0 len=1p flags=0\n"
                                    "expect linux-6.18 0\n");
  ASSERT_TRUE(mismatches.ok());
  EXPECT_THAT(*mismatches,
              ElementsAre(StartsWith(
                  "a.msync:3: \"expect linux-6.18 0\", but the model says \"not modelled: ")));
}

TEST(JudgeText, WrongTextIsAnInvalidArgumentWithItsPlace) {
  EXPECT_EQ(JudgeText("a.msync", "map p0\n").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(JudgeText("a.msync", "map p0\n").status().message()),
              StartsWith("a.msync:1:"));
}

TEST(JudgeText, JudgesDocumentsLinesOfKernelsAndAbisOfOldKernels) {
  const auto mismatches = JudgeText("a.msync",
                                    "map p0 1p private rw anon\n"
                                    "call addr=p0+1 len=1 flags=0\n"
                                    "expect posix-2017 ENOMEM\n"
                                    "expect linux-2.4.19..linux-2.5.26 EINVAL\n"
                                    "expect linux-1.3.21-32bit 0\n");
  ASSERT_TRUE(mismatches.ok());
  EXPECT_THAT(*mismatches,
              ElementsAre("a.msync:2: \"expect linux-2.4.19..linux-2.5.26 EINVAL\", but the model "
                          "says \"expect linux-2.4.19..linux-2.5.26 ENOMEM\"",
                          "a.msync:2: \"expect posix-2017 ENOMEM\", but the model says \"expect "
                          "posix-2017 EINVAL\"",
                          "a.msync:2: \"expect linux-1.3.21-32bit 0\", but the model says "
                          "\"expect linux-1.3.21-32bit EINVAL\""));
}

TEST(JudgeText, CountsPagesInThoseOfTheProfile) {
  const auto mismatches = JudgeText("a.msync",
                                    "file f0 memfd 2p\n"
                                    "map p0 2p shared rw f0@0\n"
                                    "call addr=p0 len=4097 flags=MS_SYNC\n"
                                    "expect linux-6.18 0 synced=f0[0,2p)\n"
                                    "expect linux-6.18-64k 0 synced=f0[0,1p)\n");
  ASSERT_TRUE(mismatches.ok());
  EXPECT_THAT(*mismatches, IsEmpty());
}

}  // namespace
}  // namespace msyncspec
