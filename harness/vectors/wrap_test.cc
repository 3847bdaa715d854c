// SPDX-License-Identifier: MIT
#include "harness/vectors/wrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msyncspec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Wrap, BreaksAtBlanksBeforeTheLastColumn) {
  EXPECT_THAT(Wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrap("one two three", 6), ElementsAre("one", "two", "three"));
}

TEST(Wrap, LeavesAWordThatIsTooLongAlone) {
  EXPECT_THAT(Wrap("a longer b", 3), ElementsAre("a", "longer", "b"));
  EXPECT_THAT(Wrap("", 3), IsEmpty());
}

TEST(SemanticLines, EndWhereClausesAndSentencesEnd) {
  EXPECT_THAT(SemanticLines("It stops, here: now. And then.", 80),
              ElementsAre("It stops,", "here:", "now.", "And then."));
}

TEST(SemanticLines, KeepWithinTheirColumnsToo) {
  EXPECT_THAT(SemanticLines("one two three, four", 8), ElementsAre("one two", "three,", "four"));
}

}  // namespace
}  // namespace msyncspec
