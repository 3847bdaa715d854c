// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

namespace msyncspec {

const Profile* FindProfile(absl::string_view name) {
  for (const Profile& profile : LinuxProfiles()) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

const Profile* ProfileFor(const KernelVersion& version) {
  for (const Profile& profile : LinuxProfiles()) {
    if (profile.since <= version && version < profile.until) return &profile;
  }
  return nullptr;
}

}  // namespace msyncspec
