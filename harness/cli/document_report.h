// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_DOCUMENT_REPORT_H_
#define MSYNCSPEC_HARNESS_CLI_DOCUMENT_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "harness/differ/verdict.h"
#include "harness/report/clause_report.h"
#include "model/profile.h"

namespace msyncspec {

// Whether scenarios can show here what `kernel` does. FailedPrecondition means that it stands for
// another kernel, so that only its predictions are asked for; else as TryOneCall says.
absl::Status CanShow(const Profile& kernel);

// Holds every clause of `document` against the profile `kernel`, and runs each scenario that shows
// something on this kernel, where `can_show` has it so.
ClauseReport ReportOn(const Profile& document, const Profile& kernel, const absl::Status& can_show);

// Returns the paths of the corpus files in which `rule` decides for `profile`.
std::vector<std::string> CorpusScenarios(const Profile& profile, const Rule& rule);

// Returns what came of each case of `report` that was to be run.
std::vector<Verdict> VerdictsOf(const ClauseReport& report);

// Returns the exit code of `verdicts`; where nothing was to be run, that of predictions alone, and
// where nothing could be, one that says so.
int ExitCodeFor(const absl::Status& can_show, const std::vector<Verdict>& verdicts);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_DOCUMENT_REPORT_H_
