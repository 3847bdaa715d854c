// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_CASE_STANDING_H_
#define MSYNCSPEC_HARNESS_DIFFER_CASE_STANDING_H_

#include <cstdint>
#include <span>
#include <vector>

#include "harness/scenario/scenario.h"
#include "model/document_rules.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// Whether a rule alone makes the difference in a case, or others speak as well.
enum class Blame : uint8_t { kAlone, kShared };

// How one rule of a document stands to what a kernel does in one case.
struct CaseStanding {
  const DocumentRule* rule = nullptr;
  Standing standing = Standing::kTrue;
  Blame blame = Blame::kAlone;

  friend bool operator==(const CaseStanding&, const CaseStanding&) = default;
};

// Returns how each rule of `document` that a case tells something about stands to what the kernel
// does there; `said` is what the document says of the case's one call. Where others speak as well,
// the blame is shared, and counts only for rules that no case shows alone.
std::vector<CaseStanding> JudgeCase(const Profile& document, const Scenario& scenario,
                                    const Explanation& said, const Prediction& kernel);

// Returns what documents are silent about as a rule: which of several errors is returned, and what
// has been done by the time of an error. They are nobody's clauses, and JudgeCase may name them.
std::span<const DocumentRule* const> CommonSilences();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_CASE_STANDING_H_
