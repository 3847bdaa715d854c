// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PROFILES_PROFILES_H_
#define MSYNCSPEC_MODEL_PROFILES_PROFILES_H_

#include <span>

#include "absl/strings/string_view.h"
#include "model/profile.h"

namespace msyncspec {

// Returns the kernel profiles, the oldest first. They live as long as the program.
std::span<const Profile> LinuxProfiles();

// Returns the profile of that name, or null.
const Profile* FindProfile(absl::string_view name);

// Returns the kernel profile in whose era `version` lies, or null if no profile covers it.
const Profile* ProfileFor(const KernelVersion& version);

// Returns the rule of that id, as the newest profile that has it states it, or null.
const Rule* FindRule(absl::string_view id);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PROFILES_PROFILES_H_
