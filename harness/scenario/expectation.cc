// SPDX-License-Identifier: MIT
#include "harness/scenario/expectation.h"

#include "model/profiles/profiles.h"

namespace msyncspec {

bool IsAbout(const Expectation& expectation, const Profile& profile) {
  if (expectation.last_profile.empty()) return expectation.profile == profile.name;
  bool within = false;
  for (const Profile& each : LinuxProfiles()) {
    within |= each.name == expectation.profile;
    if (within && each.name == profile.name) return true;
    if (each.name == expectation.last_profile) return false;
  }
  return false;
}

}  // namespace msyncspec
