// SPDX-License-Identifier: MIT
#include "harness/differ/verdict.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace msyncspec {
namespace {

using testing::MatchesRegex;
using testing::SizeIs;
using testing::StartsWith;

struct Case {
  const char* name;
  Disagreement what;
  const char* key;
};

void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

class KeyOfDisagreement : public testing::TestWithParam<Case> {};

TEST_P(KeyOfDisagreement, NamesSubjectOrRuleExpectedAndObserved) {
  EXPECT_EQ(KeyOf(GetParam().what), GetParam().key);
}

INSTANTIATE_TEST_SUITE_P(
    Verdict, KeyOfDisagreement,
    testing::Values(
        Case{"Call",
             {.rule = "mapping.locked", .expected = "EBUSY", .observed = "0"},
             "mapping.locked-EBUSY-got-0"},
        Case{"CallWithoutRule", {.expected = "EBUSY", .observed = "0"}, "call-EBUSY-got-0"},
        Case{"Step",
             {.subject = Subject::kStep, .rule = "lock-all", .expected = "0", .observed = "EPERM"},
             "step.lock-all-0-got-EPERM"},
        // The hashes were worked out apart from this program.
        Case{"Alternatives",
             {.rule = "document.locked", .expected = "ENOMEM|EBUSY", .observed = "0"},
             "document.locked-ENOMEM_EBUSY-got-0-d53fc80b"},
        Case{"Sentence",
             {.subject = Subject::kLayout, .expected = "p0: private, rw", .observed = "unmapped"},
             "layout-p0_private_rw-got-unmapped-fd408877"}),
    [](const testing::TestParamInfo<Case>& row) { return std::string(row.param.name); });

TEST(KeyOf, IsFitForAFolderHoweverLongTheTextIs) {
  const std::string key = KeyOf({.subject = Subject::kEffect,
                                 .rule = "mapping.synced",
                                 .expected = std::string(1000, 'x') + "/../\n\xff",
                                 .observed = "something else"});
  EXPECT_THAT(key, SizeIs(81));
  EXPECT_THAT(key, MatchesRegex("[A-Za-z0-9_.-]+"));
  EXPECT_THAT(key, StartsWith("effect.mapping.synced-xxx"));
}

TEST(KeyOf, TellsApartWhatIsCutOrReplaced) {
  const std::string long_text(1000, 'x');
  EXPECT_NE(KeyOf({.rule = "a", .expected = long_text + "1", .observed = "0"}),
            KeyOf({.rule = "a", .expected = long_text + "2", .observed = "0"}));
  EXPECT_NE(KeyOf({.rule = "a", .expected = "b|c", .observed = "0"}),
            KeyOf({.rule = "a", .expected = "b/c", .observed = "0"}));
}

TEST(KeyOf, DoesNotDependOnWhereInTheScenarioItIs) {
  EXPECT_EQ(KeyOf({.action = 1, .rule = "a", .expected = "0", .observed = "EIO"}),
            KeyOf({.action = 9, .rule = "a", .expected = "0", .observed = "EIO"}));
}

}  // namespace
}  // namespace msyncspec
