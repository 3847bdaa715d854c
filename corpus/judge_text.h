// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_CORPUS_JUDGE_TEXT_H_
#define MSYNCSPEC_CORPUS_JUDGE_TEXT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace msyncspec {

// Holds every expectation of `text`, a scenario, against the model, and returns a line
// "PATH:LINE: WHAT" for each that the model does not meet. LINE is that of the step or call.
// InvalidArgument where the text is wrong.
absl::StatusOr<std::vector<std::string>> JudgeText(absl::string_view path, absl::string_view text);

}  // namespace msyncspec

#endif  // MSYNCSPEC_CORPUS_JUDGE_TEXT_H_
