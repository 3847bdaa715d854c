// SPDX-License-Identifier: MIT
#include <vector>

#include "model/argument_rules.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// The years in which msync changed most, from the history of the sources alone: nothing here was
// ever run. Written from the newest backwards, as in linux.cc.

constexpr absl::string_view kHistory = "linux-history";

// Returns the row of that id as it is today, with the answer that it had once.
ArgumentRule Once(absl::string_view id, Errno then, const Citation& order, const Citation& error) {
  for (ArgumentRule row : LinuxArgumentRules()) {
    if (row.rule.id != id) continue;
    row.rule.cites = {{order, error}};
    row.then = then;
    return row;
  }
  return {};
}

constexpr Citation kOldOrder = {kHistory, "1.3.21 order",
                                "a misaligned address is looked for first"};
constexpr Citation kEmpty = {kHistory, "1.3.21 empty", "A length that rounds up to 0 succeeds"};

// 1.3.21 to 2.4.18: alignment came first, and the flags behind the wrap.
std::span<const ArgumentRule> Rules1321() {
  constexpr Citation kError = {kHistory, "1.3.21 order", "The first three all answer EINVAL"};
  static const std::vector<ArgumentRule> kRows = {
      Once("address.unaligned", Errno::kEINVAL, kOldOrder, kError),
      Once("range.wraps", Errno::kEINVAL, kOldOrder, kError),
      Once("flags.unknown", Errno::kEINVAL, kOldOrder, kError),
      Once("range.empty", Errno::kOk, kOldOrder, kEmpty)};
  return kRows;
}

// 2.4.19 to the end of 2.4: the same, and both flags are refused.
std::span<const ArgumentRule> Rules2419() {
  constexpr Citation kError = {kHistory, "2.4.19 errors", "all four answer EINVAL"};
  static const std::vector<ArgumentRule> kRows = {
      Once("address.unaligned", Errno::kEINVAL, kOldOrder, kError),
      Once("range.wraps", Errno::kEINVAL, kOldOrder, kError),
      Once("flags.unknown", Errno::kEINVAL, kOldOrder, kError),
      Once("flags.async_and_sync", Errno::kEINVAL, kOldOrder, kError),
      Once("range.empty", Errno::kOk, kOldOrder, kEmpty)};
  return kRows;
}

// 2.5.23 to 2.5.25: the order of 1.3.21, and no error but ENOMEM.
std::span<const ArgumentRule> Rules2523() {
  constexpr Citation kError = {kHistory, "2.5.23 errors", "all three answer ENOMEM"};
  static const std::vector<ArgumentRule> kRows = {
      Once("address.unaligned", Errno::kENOMEM, kOldOrder, kError),
      Once("range.wraps", Errno::kENOMEM, kOldOrder, kError),
      Once("flags.unknown", Errno::kENOMEM, kOldOrder, kError),
      Once("range.empty", Errno::kOk, kOldOrder, kEmpty)};
  return kRows;
}

// 2.5.26 to 2.5.42: today's order and errors, but both flags are accepted.
std::span<const ArgumentRule> Rules2526() {
  constexpr Citation kOrder = {kHistory, "2.5.26 errors", "in today's order"};
  static const std::vector<ArgumentRule> kRows = {
      Once("flags.unknown", Errno::kEINVAL, kOrder, {}),
      Once("address.unaligned", Errno::kEINVAL, kOrder, {}),
      Once("range.wraps", Errno::kENOMEM, kOrder, {}),
      Once("range.empty", Errno::kOk, kOrder, kEmpty)};
  return kRows;
}

Profile Linux2617(Profile profile) {
  profile.name = "linux-2.6.17";
  profile.basis = "Linux 2.6.17 and 2.6.18: MS_ASYNC marks pages dirty, and the walk loses holes.";
  profile.eras = {{{{2, 6, 17}, {2, 6, 19}}}};
  profile.walk.unsynced = UnsyncedEffect::kMarksDirty;
  profile.walk.faults = LoopFaults::kLosesHoles;
  return profile;
}

Profile Linux2568(Profile profile) {
  profile.name = "linux-2.5.68";
  profile.basis =
      "Linux 2.5.68 to 2.6.16: MS_SYNC asks for data alone, and a file without an fsync operation "
      "is passed over.";
  profile.eras = {{{{2, 5, 68}, {2, 6, 17}}}};
  profile.walk.faults = LoopFaults::kNone;
  profile.walk.no_fsync = Errno::kOk;
  profile.walk.sync = SyncKind::kDataOnly;
  return profile;
}

Profile Linux2543(Profile profile) {
  profile.name = "linux-2.5.43";
  profile.basis = "Linux 2.5.43 to 2.5.67: MS_ASYNC starts the writing of the whole file.";
  profile.eras = {{{{2, 5, 43}, {2, 5, 68}}}};
  profile.walk.unsynced = UnsyncedEffect::kStartsWriteback;
  return profile;
}

Profile Linux2526(Profile profile) {
  profile.name = "linux-2.5.26";
  profile.basis = "Linux 2.5.26 to 2.5.42: locks are not looked for, and both flags are accepted.";
  profile.eras = {{{{2, 5, 26}, {2, 5, 43}}}};
  profile.arguments = Rules2526();
  profile.walk.lock_test = LockTest::kNone;
  return profile;
}

Profile Linux2523(Profile profile) {
  profile.name = "linux-2.5.23";
  profile.basis = "Linux 2.5.23 to 2.5.25: every bad argument is answered with ENOMEM.";
  profile.eras = {{{{2, 5, 23}, {2, 5, 26}}}};
  profile.arguments = Rules2523();
  return profile;
}

// The other branch: 2.4 took over from 2.5 what was ready.
Profile Linux2419(Profile profile) {
  profile.name = "linux-2.4.19";
  profile.basis =
      "Linux 2.4.19 to the last of 2.4: EFAULT has become ENOMEM, and locks are looked for.";
  profile.eras = {{{{2, 4, 19}, {2, 5, 0}}}};
  profile.arguments = Rules2419();
  profile.walk.lock_test = LockTest::kBeforeEachSync;
  return profile;
}

Profile Linux1321(Profile profile) {
  profile.name = "linux-1.3.21";
  profile.basis = "Linux 1.3.21 to 2.4.18, and 2.5.0 to 2.5.22: unmapped memory is EFAULT.";
  profile.eras = {{{{1, 3, 21}, {2, 4, 19}}, {{2, 5, 0}, {2, 5, 23}}}};
  profile.arguments = Rules1321();
  profile.walk.hole = Errno::kEFAULT;
  profile.walk.lock_test = LockTest::kNone;
  profile.walk.unsynced = UnsyncedEffect::kMarksDirty;
  profile.walk.sync = SyncKind::kFull;
  return profile;
}

}  // namespace

std::vector<Profile> EarlyLinux(const Profile& successor) {
  std::vector<Profile> eras;
  Profile profile = successor;
  for (Profile (*earlier)(Profile) :
       {Linux2617, Linux2568, Linux2543, Linux2526, Linux2523, Linux2419, Linux1321}) {
    profile = earlier(profile);
    eras.push_back(profile);
  }
  return eras;
}

}  // namespace msyncspec
