// SPDX-License-Identifier: MIT
// The holes that the walk of 2.6.17 and 2.6.18 lost, and those that it did not.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "model/drawn_layout.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

struct Row {
  const char* claim;
  const char* pages;  // the layout, which may reach beyond the range
  uint64_t length;    // of the range, in pages from the first on
  std::vector<uint64_t> flags;
  const char* answer;
  const char* by;
  std::vector<FileId> synced = {};  // whose fsync was asked, in order
};

const std::vector<uint64_t> kAll = {
    0, kAsync, kInvalidate, kAsync | kInvalidate, kSync, kSync | kInvalidate};
const std::vector<uint64_t> kWithSync = {kSync, kSync | kInvalidate};
const std::vector<uint64_t> kWithoutSync = {0, kAsync, kInvalidate, kAsync | kInvalidate};

const Row kRows[] = {
    // A hole at the end, with nothing behind it.
    {"a hole at the end is forgotten, whatever the flags are", "p.", 2, kAll, "0",
     "hole.forgotten"},
    {"even where nothing is synced at all", "s.", 2, {0, kInvalidate}, "0", "hole.forgotten"},
    {"what precedes it is synced", "s.", 2, kWithSync, "0", "hole.forgotten", {kDisk}},
    {"holes that were remembered are forgotten with it", ".p.p.", 5, kAll, "0", "hole.forgotten"},
    {"a lock before it is EBUSY all the same",
     "P.",
     2,
     {kInvalidate, kSync | kInvalidate},
     "EBUSY",
     "mapping.locked"},
    {"an error of a file before it is told",
     "f.",
     2,
     kWithSync,
     "EIO",
     "file.fsync_error",
     {kFailing}},
    {"a file without fsync before it is told", "n.", 2, kWithSync, "EINVAL", "file.no_fsync"},

    // A hole at the end, with a mapping behind it.
    {"a shared mapping behind the range is synced, and the hole forgotten",
     "p.s",
     2,
     kWithSync,
     "0",
     "mapping.synced_behind",
     {kDisk}},
    {"so it is where all of the range is a hole",
     "..s",
     2,
     kWithSync,
     "0",
     "mapping.synced_behind",
     {kDisk}},
    {"it is synced after what the range holds",
     "s.f",
     2,
     kWithSync,
     "EIO",
     "file.fsync_error",
     {kDisk, kFailing}},
    {"its failure is the answer", "p.f", 2, kWithSync, "EIO", "file.fsync_error", {kFailing}},
    {"its want of an fsync is the answer", "p.n", 2, kWithSync, "EINVAL", "file.no_fsync"},
    {"its lock is not looked for",
     "p.S",
     2,
     {kSync | kInvalidate},
     "0",
     "mapping.synced_behind",
     {kDisk}},
    {"shared memory without a file of its own is one too", "p.a", 2, kWithSync, "0",
     "mapping.synced_behind"},
    {"a private one is not synced, and the hole is told", "p.p", 2, kAll, "ENOMEM",
     "hole.reaches_end"},
    {"nor is one from a read-only descriptor", "p.r", 2, kAll, "ENOMEM", "hole.reaches_end"},
    {"a locked private one is not looked at either", "p.P", 2, kAll, "ENOMEM", "hole.reaches_end"},
    {"without MS_SYNC it is not synced, and the hole is told", "p.f", 2, kWithoutSync, "ENOMEM",
     "hole.reaches_end"},

    // A hole that is remembered.
    {"a last mapping that is synced has the hole forgotten",
     "p.s",
     3,
     kWithSync,
     "0",
     "hole.forgotten",
     {kDisk}},
    {"so has one that reaches beyond the range",
     ".ss",
     2,
     kWithSync,
     "0",
     "hole.forgotten",
     {kDisk}},
    {"so has shared memory without a file of its own", "p.a", 3, kWithSync, "0", "hole.forgotten"},
    {"one that is private has it told", "s.p", 3, kWithSync, "ENOMEM", "hole.remembered", {kDisk}},
    {"one from a read-only descriptor has it told",
     "s.r",
     3,
     kWithSync,
     "ENOMEM",
     "hole.remembered",
     {kDisk}},
    {"only the last one counts", "p.sp", 4, kWithSync, "ENOMEM", "hole.remembered", {kDisk}},
    {"and it counts wherever the hole was", ".ps", 3, kWithSync, "0", "hole.forgotten", {kDisk}},
    {"without MS_SYNC the hole is told", "p.f", 3, {0, kInvalidate}, "ENOMEM", "hole.remembered"},
    {"with MS_ASYNC too", "p.p", 3, {kAsync, kAsync | kInvalidate}, "ENOMEM", "hole.remembered"},
    {"a lock of the last mapping is EBUSY",
     "p.S",
     3,
     {kInvalidate, kSync | kInvalidate},
     "EBUSY",
     "mapping.locked"},
    {"a failure of the last mapping is told",
     "p.f",
     3,
     kWithSync,
     "EIO",
     "file.fsync_error",
     {kFailing}},
    {"its want of an fsync is told", "p.n", 3, kWithSync, "EINVAL", "file.no_fsync"},

    // No hole, or nothing else.
    {"nothing mapped at all is ENOMEM", "", 1, kAll, "ENOMEM", "hole.nothing_behind"},
    {"a range without a hole is covered", "ps", 2, kWithSync, "0", "range.covered", {kDisk}},
    {"a range without a hole is covered", "pp", 2, kAll, "0", "range.covered"},
};

Prediction PredictFor(absl::string_view profile, const Row& row, uint64_t flags) {
  Prediction prediction;
  Predict(*FindProfile(profile), Machine{}, Draw(row.pages),
          {kFirstPage, {row.length * kPage}, SyncFlags(flags)}, prediction);
  return prediction;
}

TEST(LoopFaults, LoseAndKeepHolesAsTheTableSays) {
  for (const Row& row : kRows) {
    for (const uint64_t flags : row.flags) {
      SCOPED_TRACE(absl::StrCat(row.claim, ", flags ", flags));
      const Prediction prediction = PredictFor("linux-2.6.17", row, flags);
      EXPECT_EQ(Text(prediction.outcomes), row.answer);
      EXPECT_EQ(prediction.rule->id, row.by);
      std::vector<FileId> synced;
      for (const SyncedRange& range : prediction.syncs) {
        if (range.kind == SyncKind::kFull) synced.push_back(range.file);
      }
      EXPECT_EQ(synced, row.synced);
    }
  }
}

TEST(LoopFaults, LoseNoHoleWhereTheRangeBeginsAboveAllMappings) {
  Prediction prediction;
  Predict(*FindProfile("linux-2.6.17"), Machine{}, Draw("s"),
          {kFirstPage + Bytes{kPage}, {kPage}, SyncFlags(kSync)}, prediction);
  EXPECT_EQ(Text(prediction.outcomes), "ENOMEM");
  EXPECT_EQ(prediction.rule->id, "hole.nothing_behind");
}

struct NeighbourRow {
  const char* pages;
  uint64_t length;
};

TEST(LoopFaults, AreThoseOfTwoVersionsAlone) {
  for (const absl::string_view era : {"linux-2.5.68", "linux-2.6.19", "linux-6.18"}) {
    for (const NeighbourRow& row : {NeighbourRow{"s.", 2}, {"p.s", 2}, {"p.s", 3}, {".p.p.", 5}}) {
      const Row call = {.pages = row.pages, .length = row.length};
      EXPECT_EQ(Text(PredictFor(era, call, kSync).outcomes), "ENOMEM") << era << ", " << row.pages;
    }
  }
}

}  // namespace
}  // namespace msyncspec
