// SPDX-License-Identifier: MIT
//
// What the issue of a document's profile is about: its disagreements with others, by scenario.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "harness/differ/profile_diff.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

struct DifferenceRow {
  std::string name;
  std::string a, b;
  Relation relation;
  std::string scenario;
  std::string says_a, says_b;
};

constexpr char kSharedFile[] = "file f0 memfd 1p\nmap p0 1p shared rw f0@0\n";

std::string Text(const ProfileDifference& each) {
  return absl::StrCat(static_cast<int>(each.relation), "\n", Print(each.scenario),
                      each.sides[0].says, "\n", each.sides[1].says);
}

void ExpectContains(const std::string& a, const std::string& b,
                    const std::vector<DifferenceRow>& rows) {
  std::vector<std::string> found;
  for (const ProfileDifference& each : DiffProfiles(*FindProfile(a), *FindProfile(b)).differences) {
    found.push_back(Text(each));
  }
  for (const DifferenceRow& row : rows) {
    EXPECT_THAT(found, testing::Contains(absl::StrCat(static_cast<int>(row.relation), "\n",
                                                      row.scenario, row.says_a, "\n", row.says_b)))
        << row.name;
  }
}

TEST(ManPages353, DiffersFromTodaysLinux) {
  const std::string a = "man-pages-3.53", b = "linux-6.18", file = kSharedFile;
  ExpectContains(
      a, b,
      {{"a length that rounds up to 0", a, b, Relation::kExclude, "call addr=p0 len=max flags=0\n",
        "ENOMEM", "0"},
       {"length 0", a, b, Relation::kFirstOpen, "call addr=p0 len=0 flags=0\n", "0|silent", "0"},
       {"the order of errors", a, b, Relation::kFirstOpen, "call addr=p0+1 len=1p flags=0\n",
        "ENOMEM|EINVAL", "EINVAL"},
       {"MS_ASYNC", a, b, Relation::kFiles, file + "call addr=p0 len=1p flags=MS_ASYNC\n",
        "0, synced f0[0,1p)+scheduled", "0, synced none"},
       {"MS_INVALIDATE", a, b, Relation::kFiles, file + "call addr=p0 len=1p flags=MS_INVALIDATE\n",
        "0, synced f0[0,1p)+invalidated", "0, synced none"},
       {"a read-only descriptor", a, b, Relation::kFiles,
        "file f0 memfd 1p readonly\nmap p0 1p shared r f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n",
        "0, synced f0[0,1p)+updated", "0, synced none"},
       {"a file without fsync", a, b, Relation::kFirstOpen,
        "file f0 perf 1p\nmap p0 1p shared rw f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n",
        "0|silent, synced f0[0,1p)+updated", "EINVAL"},
       {"a file that fails", a, b, Relation::kFirstOpen,
        "file f0 fuse 1p fsync=EIO\nmap p0 1p shared rw f0@0\n"
        "call addr=p0 len=1p flags=MS_SYNC\n",
        "0|silent, synced f0[0,1p)+updated", "EIO, synced f0[0,1p)!EIO"}});
}

TEST(SymbianOpenC, DiffersFromHpUx) {
  const std::string a = "symbian-open-c", b = "hp-ux-11i-v3", file = kSharedFile;
  ExpectContains(
      a, b,
      {{"EBUSY", a, b, Relation::kSecondOpen,
        "file f0 memfd 1p\nmap p0 1p shared rw f0@0 locked\n"
        "call addr=p0 len=1p flags=MS_INVALIDATE\n",
        "0|EBUSY, synced f0[0,1p)+invalidated", "0|unspecified, synced f0[0,1p)+invalidated"},
       {"too long", a, b, Relation::kSecondOpen, "call addr=p0 len=max flags=0\n",
        "ENOMEM|EINVAL|some-error", "unspecified"},
       {"MS_ASYNC with MS_INVALIDATE", a, b, Relation::kSecondOpen,
        file + "call addr=p0 len=1p flags=MS_ASYNC|MS_INVALIDATE\n", "EINVAL",
        "0|unspecified, synced f0[0,1p)+scheduled,f0[0,1p)+invalidated"},
       {"not a region", a, b, Relation::kExclude, file + "call addr=p0 len=1 flags=MS_INVALIDATE\n",
        "0, synced f0[0,1p)+invalidated", "some-error"},
       {"the closed range", a, b, Relation::kFiles,
        "file f0 perf 1p\nfile f1 memfd 2p\nmap p0 1p shared rw f0@0\n"
        "map p1 1p shared rw f1@1p\ncall addr=p0 len=1p flags=MS_SYNC\n",
        "0|silent, synced f0[0,1p)+updated",
        "0|unspecified, synced f0[0,1p)+updated,f1[1p,2p)+updated"},
       {"private memory", a, b, Relation::kSecondOpen,
        "map p0 1p private rw anon\ncall addr=p0 len=1p flags=MS_INVALIDATE\n", "0",
        "0|undefined"}});
}

TEST(Love2007, DiffersFromManPages353InWhatItLacks) {
  const std::string a = "love-2007", b = "man-pages-3.53";
  ExpectContains(
      a, b,
      {{"EBUSY", a, b, Relation::kFirstOpen,
        "map p0 1p private rw anon locked\ncall addr=p0 len=1p flags=MS_ASYNC|MS_INVALIDATE\n",
        "0|silent", "EBUSY"},
       {"neither flag", a, b, Relation::kFirstOpen,
        "map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n", "0|silent", "0"}});
}

// What another system does, and when, is told beside the calls.
TEST(Documents, DifferInHistoryThatNoCallShows) {
  std::vector<std::string> rules;
  for (const UnshownDifference& each :
       DiffProfiles(*FindProfile("man-pages-3.53"), *FindProfile("man-pages-6.03")).unshown) {
    rules.emplace_back(each.rule->id);
    EXPECT_EQ(each.sides[0], "does not speak of it");
    EXPECT_EQ(each.sides[1], "says so");
  }
  EXPECT_THAT(rules, testing::UnorderedElementsAre("document.one_asked_for",
                                                   "document.neither_fails_elsewhere",
                                                   "document.async_is_nothing"));
}

}  // namespace
}  // namespace msyncspec
