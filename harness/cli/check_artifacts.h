// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_CHECK_ARTIFACTS_H_
#define MSYNCSPEC_HARNESS_CLI_CHECK_ARTIFACTS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "harness/differ/check.h"
#include "harness/executor/file_provider.h"

namespace msyncspec {

// Makes the folder that --artifacts asks for, before anything is run, and returns its path; empty
// where none is asked for. InvalidArgument says why nothing can be written there.
absl::StatusOr<std::string> OpenArtifacts();

// Makes a folder in `parent` for each finding of `result`, with its scenario minimised, and says in
// the finding where it is; one that is there already is left as it is. `watch` is told the
// progress; once it returns false, `result` is interrupted, and what follows is written without
// being minimised. The error says which folder could not be written, and why.
absl::Status WriteArtifacts(const std::string& parent, FileProvider& provider,
                            absl::FunctionRef<bool(const Progress&)> watch, CheckResult& result);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_CHECK_ARTIFACTS_H_
