// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_KTAP_H_
#define MSYNCSPEC_HARNESS_REPORT_KTAP_H_

#include <string>

#include "harness/differ/check.h"

namespace msyncspec {

// Returns the result of a check as KTAP version 1: a test for each stage, with a subtest for each
// case. A known deviation is "ok N NAME # XFAIL REASON", as kselftest prints it, so that a reader
// that does not know the directive falls back on a success.
std::string CheckKtap(const CheckResult& result);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_KTAP_H_
