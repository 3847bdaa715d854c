// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_JSON_H_
#define MSYNCSPEC_HARNESS_REPORT_JSON_H_

#include <string>
#include <vector>

#include "harness/differ/check.h"
#include "harness/differ/run_and_judge.h"
#include "harness/scenario/expectation.h"

namespace msyncspec {

// Return JSON texts whose fields stay what they are as long as `schema` is the same.

// "msyncspec-check-1": the result of a check.
std::string CheckJson(const CheckResult& result);

// "msyncspec-run-1": what became of the named scenarios.
struct NamedRun {
  std::string name;
  AnnotatedScenario annotated;
  ScenarioRun run;
};
std::string RunJson(const KernelIdentity& kernel, const Profile& profile,
                    const std::vector<NamedRun>& runs);

// Returns the word for a verdict: "agree", "disagree", "unsupported", "broken".
std::string VerdictName(Verdict verdict);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_JSON_H_
