// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_CHECK_CASES_H_
#define MSYNCSPEC_HARNESS_REPORT_CHECK_CASES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "harness/differ/check.h"

namespace msyncspec {

// How a case ended, for the reports that list cases.
enum class Ending : uint8_t {
  kPassed,
  kFailed,   // a finding
  kKnown,    // known deviations, and no finding
  kSkipped,  // unsupported here
  kBroken,
};

// One line of such a report.
struct ReportedCase {
  std::string name;  // of printable ASCII without '#'; unique, even by its [A-Za-z0-9_-] alone
  Ending ending = Ending::kPassed;
  std::string reason;  // why it is known, skipped or broken; on one line
  absl::Duration duration;
  std::vector<const Finding*> findings;  // known ones as well; they live in the CheckResult
};

struct ReportedStage {
  std::string name;
  absl::Duration duration;
  std::vector<ReportedCase> cases;  // at least one
};

// Returns what a check did as cases. Findings of a stage that makes its own scenarios are cases of
// their own, named by their key, beside that of the stage. What kept the check from being run, or
// from running to its end, is a case of the stage "check". `result` has to outlive the cases.
std::vector<ReportedStage> ReportedStages(const CheckResult& result);

// Returns how many of the cases of all stages ended so.
int Count(const std::vector<ReportedStage>& stages, Ending ending);

// Returns the parts of the description of `finding` that are the same in every report, a line each:
// what has happened, expected, observed, rule, origin, confirmed, its folder; then the command.
std::vector<std::string> FindingLines(const Finding& finding, const Profile& profile);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_CHECK_CASES_H_
