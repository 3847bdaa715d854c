// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_PARSE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_PARSE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/scenario/expectation.h"

namespace msyncspec {

// Reads the text form of a scenario and what is expected of it. InvalidArgument says
// "LINE:COLUMN: expected WHAT, found WHAT" about the first place that is wrong. The grammar is in
// corpus/README.md.
absl::StatusOr<AnnotatedScenario> Parse(absl::string_view text);

// Returns the numbers of the lines on which the actions of `text` stand, which Parse accepts.
std::vector<int> ActionLines(absl::string_view text);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_PARSE_H_
