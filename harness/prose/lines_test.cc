// SPDX-License-Identifier: MIT
#include "harness/prose/lines.h"

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

TEST(Wrap, ForgetsTheLinesThatWereThere) {
  EXPECT_THAT(Wrap("one\ntwo  three\n", 13), ElementsAre("one two three"));
}

TEST(Wrap, CountsCharactersNotBytes) { EXPECT_THAT(Wrap("é é é", 3), ElementsAre("é é", "é")); }

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

TEST(Indented, PutsAMarginBeforeEveryLineThatIsNotEmpty) {
  EXPECT_EQ(Indented("a\n  b\n\nc\n", "\t"), "\ta\n\t  b\n\n\tc\n");
  EXPECT_EQ(Indented("a", "  "), "  a\n");
  EXPECT_EQ(Indented("", "  "), "");
}

}  // namespace
}  // namespace msyncspec
