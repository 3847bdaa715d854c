// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_PLACE_H_
#define MSYNCSPEC_HARNESS_REPORT_PLACE_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "harness/differ/stage.h"

namespace msyncspec {

// A line of a file of this repository.
struct Place {
  std::string file;  // relative to the repository
  int line = 1;
};

// Where the id of a rule is written.
struct RulePlace {
  absl::string_view id;
  absl::string_view file;
  int line = 0;
};

// Returns where each rule is written; made from the sources when they are built.
std::span<const RulePlace> RulePlaces();

// Returns where a reader of `finding` begins. Where msync itself disagrees, that is the rule; else
// the line of the corpus, or what follows the step in the model of the layout.
Place PlaceOf(const Finding& finding);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_PLACE_H_
