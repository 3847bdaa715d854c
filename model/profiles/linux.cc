// SPDX-License-Identifier: MIT
#include <array>
#include <limits>

#include "model/argument_rules.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Written from the newest backwards: each profile is its successor with what was different then.

Profile Linux618() {
  return {.name = "linux-6.18",
          .basis = "Linux 6.17 and later; measured on 6.18.44, source read in 6.12 and 7.2.",
          .since = {6, 17, 0},
          .until = {std::numeric_limits<int>::max(), 0, 0},
          .arguments = LinuxArgumentRules(),
          .walk = WalkBehaviour{},
          .layout = LayoutBehaviour{}};
}

Profile Linux518() {
  Profile profile = Linux618();
  profile.name = "linux-5.18";
  profile.basis = "Linux 5.18 to 6.16: as later, but mremap moves one mapping at a time.";
  profile.since = {5, 18, 0};
  profile.until = {6, 17, 0};
  profile.layout = {.remap_moves_several = false, .remap_order = RemapOrder::kSourceFirst};
  return profile;
}

Profile Linux316() {
  Profile profile = Linux518();
  profile.name = "linux-3.16";
  profile.basis =
      "Linux 3.16 to 5.17: as later, but mremap unmaps its target before it looks, and "
      "mlock2(MLOCK_ONFAULT) fails over PROT_NONE. Measured on 5.10.";
  profile.since = {3, 16, 0};
  profile.until = {5, 18, 0};
  profile.layout.remap_order = RemapOrder::kTargetFirst;
  profile.layout.lock_on_fault_needs_access = true;
  return profile;
}

Profile Linux1321() {
  Profile profile = Linux316();
  profile.name = "linux-1.3.21";
  profile.basis = "Linux 1.3.21 to 2.4.18, from the history of the sources; never run here.";
  profile.since = {1, 3, 21};
  profile.until = {2, 4, 19};
  profile.arguments = EarlyLinuxArgumentRules();
  profile.walk = {.hole = Errno::kEFAULT,
                  .async_at_hole = AsyncAtHole::kGoesOn,
                  .lock_test = LockTest::kNone,
                  .no_fsync = Errno::kOk,
                  .extent = SyncExtent::kWholeFile,
                  .detail = SyncDetail::kFull};
  return profile;
}

}  // namespace

std::span<const Profile> LinuxProfiles() {
  static const std::array kProfiles = {Linux1321(), Linux316(), Linux518(), Linux618()};
  return kProfiles;
}

}  // namespace msyncspec
