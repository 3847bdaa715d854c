// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_CLAUSE_REPORT_H_
#define MSYNCSPEC_HARNESS_REPORT_CLAUSE_REPORT_H_

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "harness/differ/clause_standing.h"
#include "model/profile.h"

namespace msyncspec {

// A document whose clauses were held against a kernel.
struct ClauseReport {
  const Profile* document = nullptr;
  const Profile* kernel = nullptr;
  std::string observed_on;  // the running kernel, or "nothing was run"
  std::vector<ClauseStanding> clauses;
  // Returns the names of the corpus scenarios in which that rule decides.
  std::function<std::vector<std::string>(const Rule&)> scenarios_of;
};

// Return every clause of the document with its words, its rules, how they stand to the kernel and
// the scenarios that show it; or why nothing can test it.
std::string ClausesText(const ClauseReport& report);
std::string ClausesMarkdown(const ClauseReport& report);  // a section, without a title of its own
nlohmann::ordered_json ClausesJson(const ClauseReport& report);

// Returns how many clauses stand in which way: "24 clauses: 9 true, …; 3 silences".
std::string ClausesSummary(const ClauseReport& report);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_CLAUSE_REPORT_H_
