// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_DOCUMENT_REPORT_H_
#define MSYNCSPEC_HARNESS_CLI_DOCUMENT_REPORT_H_

#include "harness/cli/shared_flags.h"
#include "harness/report/clause_report.h"
#include "model/profile.h"

namespace msyncspec {

// Holds every clause of `document` against the kernel profile that was chosen, and runs each
// scenario that shows something on this kernel, if it is the one that the profile was chosen for.
ClauseReport ReportOn(const Profile& document, const ChosenProfile& kernel);

// Returns the paths of the corpus files in which `rule` decides for `profile`.
std::vector<std::string> CorpusScenarios(const Profile& profile, const Rule& rule);

// Whether the harness found this kernel to do other than its profile says.
bool Refuted(const ClauseReport& report);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_DOCUMENT_REPORT_H_
