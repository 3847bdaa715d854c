// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_SUBJECT_H_
#define MSYNCSPEC_HARNESS_REPORT_SUBJECT_H_

#include "absl/strings/string_view.h"
#include "harness/differ/verdict.h"

namespace msyncspec {

// Returns what has happened, in a sentence without its end.
absl::string_view SubjectText(Subject subject);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_SUBJECT_H_
