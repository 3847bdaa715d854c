// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_SHARED_FLAGS_H_
#define MSYNCSPEC_HARNESS_CLI_SHARED_FLAGS_H_

#include <string>
#include <vector>

#include "absl/flags/declare.h"
#include "absl/status/statusor.h"
#include "harness/report/text.h"
#include "model/profile.h"

ABSL_DECLARE_FLAG(std::string, profile);
ABSL_DECLARE_FLAG(std::string, format);
ABSL_DECLARE_FLAG(std::string, output);

namespace msyncspec {

// A profile, and why it is this one.
struct ChosenProfile {
  const Profile* profile = nullptr;
  std::string why;
};

// Returns the profile of the era that the running kernel is of, or null if there is none.
const Profile* RunningProfile();

// Returns the profile that --profile asks for; InvalidArgument as from ProfileNamed.
absl::StatusOr<ChosenProfile> ChooseProfile();

// Returns the profile of that name, or the running kernel's for "auto"; InvalidArgument begins with
// `place` and names those that are most like it.
absl::StatusOr<const Profile*> ProfileNamed(absl::string_view name, absl::string_view place);

enum class Format : uint8_t { kText, kJson, kMarkdown };

// Returns what --format asks for, which has to be among `offered`; the first of them where it is
// not given.
absl::StatusOr<Format> ChooseFormat(const std::vector<Format>& offered = {Format::kText,
                                                                          Format::kJson});

// Colours are on where standard output is a terminal and NO_COLOR is not set.
Colour ChooseColour();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_SHARED_FLAGS_H_
