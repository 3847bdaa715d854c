// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_SHARED_FLAGS_H_
#define MSYNCSPEC_HARNESS_CLI_SHARED_FLAGS_H_

#include <string>

#include "absl/flags/declare.h"
#include "absl/status/statusor.h"
#include "harness/report/text.h"
#include "model/profile.h"

ABSL_DECLARE_FLAG(std::string, profile);
ABSL_DECLARE_FLAG(std::string, format);

namespace msyncspec {

// A profile, and why it is this one.
struct ChosenProfile {
  const Profile* profile = nullptr;
  std::string why;
};

// Returns the profile that --profile asks for; InvalidArgument names those that are most like it.
absl::StatusOr<ChosenProfile> ChooseProfile();

enum class Format : uint8_t { kText, kJson };

// Returns what --format asks for.
absl::StatusOr<Format> ChooseFormat();

// Colours are on where standard output is a terminal and NO_COLOR is not set.
Colour ChooseColour();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_SHARED_FLAGS_H_
