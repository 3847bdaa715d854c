// SPDX-License-Identifier: MIT
//
// Neighbouring eras of Linux differ in what their history says, and in nothing else.
#include <gmock/gmock.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/differ/profile_diff.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Lines = std::set<std::string>;

std::string Answer(const Side& side) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(side.says, absl::MaxSplits(", ", 1));
  return absl::StrCat(side.rules.at(0)->id, " ", parts.first);
}

// "covered 0 | locked EBUSY" of calls, "files: …" and "RULE: …" of files and steps, each once.
Lines LinesOf(const ProfileDiff& diff) {
  Lines lines;
  for (const ProfileDifference& each : diff.differences) {
    const Side &a = each.sides[0], &b = each.sides[1];
    if (each.relation == Relation::kFiles) {
      lines.insert(absl::StrCat("files: ", a.says, " | ", b.says));
    } else if (each.relation == Relation::kLayout) {
      lines.insert(absl::StrCat(a.rules.at(0)->id, ": ", a.says, " | ", b.says));
    } else {
      EXPECT_EQ(each.relation, Relation::kExclude) << "of two kernels";
      lines.insert(absl::StrCat(Answer(a), " | ", Answer(b)));
    }
  }
  for (const UnshownDifference& each : diff.unshown) {
    lines.insert(
        absl::StrCat("unshown ", each.rule->id, ": ", each.sides[0], " | ", each.sides[1]));
  }
  return lines;
}

ProfileDiff Diff(const std::string& a, const std::string& b) {
  return DiffProfiles(*FindProfile(a), *FindProfile(b));
}

// A tag that is not taken out is an address where nothing is mapped, or behind the end.
const Lines kUntagging = {
    "hole.nothing_behind ENOMEM | range.covered 0",
    "hole.nothing_behind ENOMEM | mapping.locked EBUSY",
    "hole.nothing_behind ENOMEM | file.no_fsync EINVAL",
    "hole.nothing_behind ENOMEM | file.fsync_error EIO",
    "range.wraps ENOMEM | mapping.locked EBUSY",
    "range.wraps ENOMEM | file.no_fsync EINVAL",
    "range.wraps ENOMEM | file.fsync_error EIO",
    "files: ENOMEM, synced none | ENOMEM, synced f0[0,1p)",
};

TEST(History, Linux64TakesTheTagsOfX86OutOfAddr) {
  const ProfileDiff diff = Diff("linux-5.18", "linux-6.4");
  EXPECT_EQ(LinesOf(diff), kUntagging);
  for (const ProfileDifference& each : diff.differences) {
    EXPECT_EQ(each.tag, kLinearAddressMask);
  }
}

TEST(History, Linux54TakesTheTagsOfArmOutOfAddr) {
  const ProfileDiff diff = Diff("linux-4.13", "linux-5.4");
  EXPECT_EQ(LinesOf(diff), kUntagging);
  for (const ProfileDifference& each : diff.differences) EXPECT_EQ(each.tag, kTopByteTag);
}

struct HistoryRow {
  std::string before, since;
  Lines lines;
};

// The answers of 1.3.21 to calls that 2.4.19 refuses or finds a lock in.
TEST(History, NeighboursDifferInWhatItSays) {
  const HistoryRow kRows[] = {
      {"1.3.21",
       "2.4.19",
       {"hole.nothing_behind EFAULT | hole.nothing_behind ENOMEM",
        "hole.reaches_end EFAULT | hole.reaches_end ENOMEM",
        "hole.remembered EFAULT | hole.remembered ENOMEM",
        "hole.nothing_behind EFAULT | flags.async_and_sync EINVAL",
        "hole.reaches_end EFAULT | flags.async_and_sync EINVAL",
        "hole.remembered EFAULT | flags.async_and_sync EINVAL",
        "range.empty 0 | flags.async_and_sync EINVAL",
        "range.covered 0 | flags.async_and_sync EINVAL",
        "file.fsync_error EIO | flags.async_and_sync EINVAL",
        "range.covered 0 | mapping.locked EBUSY",
        "hole.nothing_behind EFAULT | mapping.locked EBUSY",
        "hole.reaches_end EFAULT | mapping.locked EBUSY",
        "hole.remembered EFAULT | mapping.locked EBUSY",
        "file.fsync_error EIO | mapping.locked EBUSY",
        "files: 0, synced f0[all)+metadata | 0, synced f0[all)",
        "files: 0, synced f0[0,1p)+marked-dirty | 0, synced f0[all)+scheduled"}},
      {"2.5.23",
       "2.5.26",
       {"address.unaligned ENOMEM | address.unaligned EINVAL",
        "flags.unknown ENOMEM | flags.unknown EINVAL",
        "address.unaligned ENOMEM | flags.unknown EINVAL",
        "range.wraps ENOMEM | flags.unknown EINVAL"}},
      {"2.5.26",
       "2.5.43",
       {"hole.nothing_behind ENOMEM | flags.async_and_sync EINVAL",
        "hole.reaches_end ENOMEM | flags.async_and_sync EINVAL",
        "hole.remembered ENOMEM | flags.async_and_sync EINVAL",
        "range.empty 0 | flags.async_and_sync EINVAL",
        "range.wraps ENOMEM | flags.async_and_sync EINVAL",
        "range.covered 0 | flags.async_and_sync EINVAL",
        "file.fsync_error EIO | flags.async_and_sync EINVAL",
        "range.covered 0 | mapping.locked EBUSY",
        "hole.nothing_behind ENOMEM | mapping.locked EBUSY",
        "hole.reaches_end ENOMEM | mapping.locked EBUSY",
        "hole.remembered ENOMEM | mapping.locked EBUSY",
        "file.fsync_error EIO | mapping.locked EBUSY"}},
      {"2.5.43",
       "2.5.68",
       {"files: 0, synced f0[all)+scheduled | 0, synced f0[0,1p)+marked-dirty"}},
      {"2.6.17",
       "2.6.19",
       {"hole.forgotten 0 | hole.nothing_behind ENOMEM",
        "hole.forgotten 0 | hole.remembered ENOMEM",
        "mapping.synced_behind 0 | hole.reaches_end ENOMEM",
        "file.no_fsync EINVAL | hole.reaches_end ENOMEM",
        "file.fsync_error EIO | hole.reaches_end ENOMEM",
        "files: 0, synced f0[0,1p)+marked-dirty | 0, synced none"}},
      {"2.6.19", "3.16", {"files: 0, synced f0[all)+metadata | 0, synced f0[0,1p)"}},
      {"3.16",
       "4.13",
       {"unshown errors.reported_once: to the first that asks | once to each open file"}},
      {"5.4",
       "5.16",
       {"mremap.order: ENOMEM | 0", "mremap.order: EINVAL | EFAULT",
        "unshown hole.async_goes_on: goes on | stops"}},
      {"5.16", "5.18", {"mlock2.on_fault_needs_access: ENOMEM | 0"}},
      {"6.4",
       "6.18",
       {"mremap.moves_several: EFAULT | 0", "mremap.order: ENOMEM | 0",
        "mremap.order: EFAULT | EINVAL"}},
  };
  for (const HistoryRow& row : kRows) {
    EXPECT_EQ(LinesOf(Diff("linux-" + row.before, "linux-" + row.since)), row.lines)
        << row.before << " and " << row.since;
  }
}

TEST(History, WhatNoScenarioShowsIsNoCaseOfTheScope) {
  const ProfileDiff diff = Diff("linux-3.16", "linux-4.13");
  EXPECT_TRUE(diff.differences.empty());
  EXPECT_EQ(diff.differing, 0u);
  ASSERT_EQ(diff.unshown.size(), 1u);
  EXPECT_EQ(diff.unshown[0].why, "a scenario cannot open one file twice yet");
}

struct PlantedRow {
  std::string name;
  void (*plant)(Profile& profile);
  Lines lines;
};

// A copy of the newest kernel with one thing changed: that is found, and nothing else.
TEST(PlantedDifference, IsFound) {
  const PlantedRow kRows[] = {
      {"another errno at holes",
       [](Profile& p) { p.walk.hole = Errno::kEFAULT; },
       {"hole.nothing_behind ENOMEM | hole.nothing_behind EFAULT",
        "hole.reaches_end ENOMEM | hole.reaches_end EFAULT",
        "hole.remembered ENOMEM | hole.remembered EFAULT",
        "hole.async_stops ENOMEM | hole.async_stops EFAULT"}},
      {"no lock test",
       [](Profile& p) { p.walk.lock_test = LockTest::kNone; },
       {"mapping.locked EBUSY | range.covered 0",
        "mapping.locked EBUSY | hole.nothing_behind ENOMEM",
        "mapping.locked EBUSY | hole.reaches_end ENOMEM",
        "mapping.locked EBUSY | hole.remembered ENOMEM",
        "mapping.locked EBUSY | file.no_fsync EINVAL",
        "mapping.locked EBUSY | file.fsync_error EIO"}},
      {"another kind of sync",
       [](Profile& p) { p.walk.sync = SyncKind::kFull; },
       {"files: 0, synced f0[0,1p) | 0, synced f0[0,1p)+metadata"}},
      {"the whole file",
       [](Profile& p) { p.walk.extent = SyncExtent::kWholeFile; },
       {"files: 0, synced f0[0,1p) | 0, synced f0[all)"}},
      {"what is not synced is marked, or written",
       [](Profile& p) { p.walk.unsynced = UnsyncedEffect::kStartsWriteback; },
       {"files: 0, synced none | 0, synced f0[all)+scheduled",
        "files: 0, synced none | 0, synced f0[0,1p)+marked-dirty"}},
      {"no tag is taken out",
       [](Profile& p) { p.abi.untagging = Untagging::kTopByte; },
       {"range.covered 0 | hole.nothing_behind ENOMEM",
        "mapping.locked EBUSY | hole.nothing_behind ENOMEM",
        "file.no_fsync EINVAL | hole.nothing_behind ENOMEM",
        "file.fsync_error EIO | hole.nothing_behind ENOMEM",
        "mapping.locked EBUSY | range.wraps ENOMEM", "file.no_fsync EINVAL | range.wraps ENOMEM",
        "file.fsync_error EIO | range.wraps ENOMEM",
        "files: ENOMEM, synced f0[0,1p) | ENOMEM, synced none"}},
      {"errors are reported once",
       [](Profile& p) { p.layout.error_report = ErrorReport::kOncePerFile; },
       {"unshown errors.reported_once: once to each open file | to the first that asks"}},
      {"a lock on fault needs access",
       [](Profile& p) { p.layout.lock_on_fault_needs_access = true; },
       {"mlock2.on_fault_needs_access: 0 | ENOMEM"}},
  };
  const Profile& newest = *FindProfile("linux-6.18");
  for (const PlantedRow& row : kRows) {
    Profile planted = newest;
    row.plant(planted);
    EXPECT_EQ(LinesOf(DiffProfiles(newest, planted)), row.lines) << row.name;
  }
}

}  // namespace
}  // namespace msyncspec
