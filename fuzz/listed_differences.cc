// SPDX-License-Identifier: MIT
#include "fuzz/listed_differences.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

// A document's clause, and the rule by which Linux answers otherwise: mostly 0 for a range that the
// length's rounding makes empty, of which no document speaks.
struct Listed {
  absl::string_view document, clause, rule;
};

constexpr auto kListed = std::to_array<Listed>({
    {"symbian-open-c", "document.async_and_invalidate", "range.covered"},
    {"symbian-open-c", "document.async_and_invalidate", "range.empty"},
    {"symbian-open-c", "document.too_long", "range.empty"},
    {"man-pages-3.53", "document.locked", "range.empty"},
    {"man-pages-3.53", "document.unmapped", "range.empty"},
    {"hp-ux-11i-v3", "document.not_a_region", "range.covered"},
    {"hp-ux-11i-v3", "document.not_a_region", "range.empty"},
    {"man-pages-ru", "document.locked", "range.empty"},
    {"man-pages-ru", "document.unmapped", "range.empty"},
    {"love-2007", "document.unmapped", "range.empty"},
    {"man-pages-6.03", "document.locked", "range.empty"},
    {"man-pages-6.03", "document.unmapped", "range.empty"},
    {"posix-2017", "document.invalid_flags", "range.covered"},
    {"posix-2017", "document.invalid_flags", "range.empty"},
    {"posix-2017", "document.locked", "range.empty"},
    {"posix-2017", "document.outside", "range.empty"},
    {"posix-2017", "document.unmapped", "range.empty"},
});

}  // namespace

bool AllowsOrListed(const Profile& document, const Prediction& says, const Prediction& linux_says) {
  const Errno answer = linux_says.outcomes[0];
  if (says.outcomes.Allow(answer)) return true;
  return std::any_of(kListed.begin(), kListed.end(), [&](const Listed& listed) {
    return listed.document == document.name && listed.clause == says.rule->id &&
           listed.rule == linux_says.rule->id;
  });
}

std::string Difference(const Profile& document, const Prediction& says, const Scenario& scenario,
                       size_t action) {
  return absl::StrCat(document.name, " says ", Text(says.outcomes), " by ", says.rule->id,
                      " of action ", action + 1, " of\n", Print(scenario));
}

}  // namespace msyncspec
