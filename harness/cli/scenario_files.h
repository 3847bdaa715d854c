// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_SCENARIO_FILES_H_
#define MSYNCSPEC_HARNESS_CLI_SCENARIO_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/scenario/expectation.h"

namespace msyncspec {

// A scenario and the file it stands in.
struct NamedScenario {
  std::string name;
  AnnotatedScenario annotated;
};

// Reads all of `files`, "-" being standard input. InvalidArgument names file, line and column of
// the first thing that is wrong; then nothing is to be executed.
absl::StatusOr<std::vector<NamedScenario>> ReadScenarios(const std::vector<std::string>& files);

// Returns the text of a file that is to be a scenario. InvalidArgument names the file.
absl::StatusOr<std::string> ReadScenarioFile(const std::string& file);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_SCENARIO_FILES_H_
