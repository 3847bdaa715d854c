// SPDX-License-Identifier: MIT
#include "harness/report/citation_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace msyncspec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Rule kCited = {.id = "document.locked",
                         .cites = {{{"man-pages-3.53", "ERRORS EBUSY", "a memory lock exists"},
                                    {"linux", "walk.lock", "VM_LOCKED"}}}};

TEST(CitationText, HasSourceClauseAndWords) {
  EXPECT_EQ(CitationText(kCited.cites[0]),
            "man-pages-3.53, ERRORS EBUSY: \"a memory lock exists\"");
}

TEST(CitationText, HasALineForEachPlaceWhereARuleIsWritten) {
  EXPECT_THAT(CitationTexts(kCited),
              ElementsAre("man-pages-3.53, ERRORS EBUSY: \"a memory lock exists\"",
                          "linux, walk.lock: \"VM_LOCKED\""));
  EXPECT_THAT(CitationTexts({.id = "silence.no_length"}), IsEmpty());
}

}  // namespace
}  // namespace msyncspec
