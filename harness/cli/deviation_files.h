// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_DEVIATION_FILES_H_
#define MSYNCSPEC_HARNESS_CLI_DEVIATION_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/differ/known_deviation.h"

namespace msyncspec {

// Returns the deviations of corpus/known_deviations, as they were when the program was built.
absl::StatusOr<std::vector<KnownDeviation>> EmbeddedDeviations();

// Returns those of the files *.msync of `folder`, by name. InvalidArgument names what is wrong.
absl::StatusOr<std::vector<KnownDeviation>> DeviationsIn(const std::string& folder);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_DEVIATION_FILES_H_
