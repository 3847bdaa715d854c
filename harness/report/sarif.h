// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_SARIF_H_
#define MSYNCSPEC_HARNESS_REPORT_SARIF_H_

#include <string>

#include "absl/strings/string_view.h"
#include "harness/differ/check.h"

namespace msyncspec {

// Returns the result of a check as SARIF 2.1.0: a result for each finding, at its PlaceOf, and one
// that is suppressed for each known deviation. What agrees is no result, because some services make
// an alert of whatever they find there; what is unsupported or broken is a notification. `version`
// is that of msyncspec, `exit_code` the one that the check ends with.
std::string CheckSarif(const CheckResult& result, absl::string_view version, int exit_code);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_SARIF_H_
