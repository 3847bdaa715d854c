// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_JUNIT_H_
#define MSYNCSPEC_HARNESS_REPORT_JUNIT_H_

#include <string>

#include "harness/differ/check.h"

namespace msyncspec {

// Returns the result of a check as JUnit XML: a testsuite for each stage, a testcase for each case.
// It is valid by schemas/junit-10.xsd. A known deviation is skipped, and its message says so.
std::string CheckJunit(const CheckResult& result);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_JUNIT_H_
