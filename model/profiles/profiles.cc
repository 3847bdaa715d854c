// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

#include "model/linux_walk.h"

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

const Rule* FindRule(absl::string_view id) {
  const std::span<const Profile> profiles = LinuxProfiles();
  for (auto profile = profiles.rbegin(); profile != profiles.rend(); ++profile) {
    for (const ArgumentRule& row : profile->arguments) {
      if (row.rule.id == id) return &row.rule;
    }
  }
  for (const Rule* rule : WalkRules()) {
    if (rule->id == id) return rule;
  }
  return nullptr;
}

}  // namespace msyncspec
