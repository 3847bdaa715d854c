// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_DRIFT_REPORT_H_
#define MSYNCSPEC_HARNESS_REPORT_DRIFT_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/differ/run_and_judge.h"
#include "harness/scenario/expectation.h"
#include "model/profile.h"

namespace msyncspec {

// One way in which a manual page has drifted from the kernel: the files of one folder of
// corpus/drift/.
struct DriftEntry {
  std::string name;      // of the folder
  std::string title;     // what the kernel does, in a sentence
  std::string clause;    // of the page, by the label of its source
  std::string sentence;  // of the page, verbatim
  std::string kind;      // "contradicted", "imprecise" or "silent"
  std::string needs;     // what the program needs of the system
  std::string why;       // what a reader of the page gets wrong
  std::string wording;   // that the page could have instead, in man(7)
  std::string scenario;  // the text of a scenario
  std::string program;   // a C program that shows it
  std::string output;    // what that prints
};

// Reads the head and the sections of an entry.txt into `entry`; InvalidArgument says what is wrong.
absl::Status ReadEntry(absl::string_view text, DriftEntry& entry);

// An entry, with what the page and the kernel say of its scenario and what this kernel did.
struct DriftFinding {
  const DriftEntry* entry = nullptr;
  AnnotatedScenario annotated;
  ScenarioRun run;
};

// What the findings are about.
struct DriftReport {
  const Profile* page = nullptr;
  const Profile* kernel = nullptr;
  std::string observed_on;
  std::vector<DriftFinding> findings;  // in the order of the page
};

// Return the report for maintainers of the page.
std::string DriftText(const DriftReport& report);
std::string DriftMarkdown(const DriftReport& report);
std::string DriftJson(const DriftReport& report);  // "msyncspec-drift-1"

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_DRIFT_REPORT_H_
