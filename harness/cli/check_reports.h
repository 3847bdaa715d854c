// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_CHECK_REPORTS_H_
#define MSYNCSPEC_HARNESS_CLI_CHECK_REPORTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/differ/check.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// A report that is to be written: its format, and where to.
struct ReportTarget {
  std::string format;  // "ktap", "junit", "sarif", "json"
  std::string path;    // "-" is standard output
  OpenedFile file;     // open and empty
};

// Opens what --report asks for, before anything is run. InvalidArgument says what is wrong, also
// where a file cannot be written.
absl::StatusOr<std::vector<ReportTarget>> OpenReports();

// Whether one of `targets` is standard output, which then carries nothing else.
bool TakesStandardOutput(const std::vector<ReportTarget>& targets);

// Writes the reports. The error says which could not be written, and why.
absl::Status WriteReports(const std::vector<ReportTarget>& targets, const CheckResult& result,
                          int exit_code);

// Returns a line "::error file=…" for each finding, as GitHub's runners read them.
std::string GithubAnnotations(const CheckResult& result);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_CHECK_REPORTS_H_
