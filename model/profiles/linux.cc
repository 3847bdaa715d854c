// SPDX-License-Identifier: MIT
#include <limits>

#include "model/argument_rules.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Written from the newest backwards: each profile is its successor with what was different then.

constexpr KernelVersion kNotYet = {std::numeric_limits<int>::max(), 0, 0};

Profile Linux618() {
  return {.name = "linux-6.18",
          .basis = "Linux 6.17 and later; measured on 6.18.44, source read in 6.12 and 7.2.",
          .source = "linux",
          .eras = {{{{6, 17, 0}, kNotYet}}},
          .layout = LayoutBehaviour{},
          .abi = Abi{},
          .arguments = LinuxArgumentRules(),
          .walk = WalkBehaviour{}};
}

Profile Linux64() {
  Profile profile = Linux618();
  profile.name = "linux-6.4";
  profile.basis = "Linux 6.4 to 6.16: mremap moves one mapping at a time. Measured on 6.12.";
  profile.source = "linux-history";
  profile.eras = {{{{6, 4, 0}, {6, 17, 0}}}};
  profile.layout = {.remap_moves_several = false,
                    .remap_order = RemapOrder::kSourceFirst,
                    .unmap_error = UnmapError::kAsAnswered};
  return profile;
}

Profile Linux518() {
  Profile profile = Linux64();
  profile.name = "linux-5.18";
  profile.basis = "Linux 5.18 to 6.3: x86 has no tagged addresses yet. Measured on 6.1.";
  profile.eras = {{{{5, 18, 0}, {6, 4, 0}}}};
  profile.abi.untagging = Untagging::kTopByte;
  return profile;
}

Profile Linux516() {
  Profile profile = Linux518();
  profile.name = "linux-5.16";
  profile.basis = "Linux 5.16 and 5.17: mlock2(MLOCK_ONFAULT) fails over PROT_NONE.";
  profile.eras = {{{{5, 16, 0}, {5, 18, 0}}}};
  profile.layout.lock_on_fault_needs_access = true;
  return profile;
}

Profile Linux54() {
  Profile profile = Linux516();
  profile.name = "linux-5.4";
  profile.basis =
      "Linux 5.4 to 5.15: mremap unmaps its target before it looks for its source. Measured on "
      "5.10.";
  profile.eras = {{{{5, 4, 0}, {5, 16, 0}}}};
  profile.layout.remap_order = RemapOrder::kTargetFirst;
  profile.walk.async_at_hole = AsyncAtHole::kGoesOn;
  return profile;
}

Profile Linux413() {
  Profile profile = Linux54();
  profile.name = "linux-4.13";
  profile.basis = "Linux 4.13 to 5.3: a tagged address is taken as it is.";
  profile.eras = {{{{4, 13, 0}, {5, 4, 0}}}};
  profile.abi.untagging = Untagging::kNone;
  return profile;
}

Profile Linux316() {
  Profile profile = Linux413();
  profile.name = "linux-3.16";
  profile.basis =
      "Linux 3.16 to 4.12: a writeback error is reported to one of the files that are open, not "
      "to each.";
  profile.eras = {{{{3, 16, 0}, {4, 13, 0}}}};
  profile.layout.error_report = ErrorReport::kOncePerFile;
  return profile;
}

Profile Linux2619() {
  Profile profile = Linux316();
  profile.name = "linux-2.6.19";
  profile.basis = "Linux 2.6.19 to 3.15: MS_SYNC syncs the whole file with all its metadata.";
  profile.eras = {{{{2, 6, 19}, {3, 16, 0}}}};
  profile.walk.extent = SyncExtent::kWholeFile;
  profile.walk.sync = SyncKind::kFull;
  return profile;
}

}  // namespace

std::vector<Profile> TodaysLinux() {
  return {Linux618(), Linux64(),  Linux518(), Linux516(),
          Linux54(),  Linux413(), Linux316(), Linux2619()};
}

}  // namespace msyncspec
