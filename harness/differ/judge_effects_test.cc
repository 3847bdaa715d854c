// SPDX-License-Identifier: MIT
//
// Nothing is run here: what was seen of files is written by hand, and so is what has to be said.
#include "harness/differ/judge_effects.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = ObservedRequest::Kind;

constexpr Bytes kPage = {4096};

// A served file of which two pages are stored to and one is synced: action 2 is the call.
constexpr char kServed[] =
    "file f0 fuse 4p\n"
    "map p0 4p shared rw f0@0\n"
    "write p0 2p\n"
    "call addr=p0 len=1p flags=MS_SYNC\n";
constexpr size_t kCall = 2;

// Returns "expected / observed" of each disagreement, and counts what was compared.
std::vector<std::string> Compared(const std::string& text, const ObservedEffects& observed,
                                  EffectsSeen& seen) {
  const Scenario scenario = Parse(text).value().scenario;
  const ScenarioPrediction prediction =
      PredictScenario(scenario, *FindProfile("linux-6.18"), BareSurroundings());
  std::vector<std::string> texts;
  for (const Disagreement& disagreement :
       CompareEffects(scenario, prediction, observed, kPage, scenario.actions.size(), seen)) {
    EXPECT_EQ(disagreement.subject, Subject::kEffect);
    texts.push_back(absl::StrCat(disagreement.expected, " / ", disagreement.observed));
  }
  return texts;
}

std::vector<std::string> Compared(const std::string& text, const ObservedEffects& observed) {
  EffectsSeen seen;
  return Compared(text, observed, seen);
}

ObservedRequest Fsync(size_t action, uint32_t open_file = 0, Errno answer = Errno::kOk) {
  return {.action = action,
          .kind = Kind::kFsync,
          .file = 0,
          .open_file = open_file,
          .data_only = true,
          .answer = answer};
}

ObservedRequest Write(size_t action, uint64_t begin, uint64_t end) {
  return {.action = action, .file = 0, .range = {{begin * kPage.count}, {end * kPage.count}}};
}

// What a server sees, up to the last action.
ObservedEffects Requests(std::vector<ObservedRequest> requests, size_t last = kCall) {
  return {.requests = std::move(requests), .sees_servers = true, .last_seen = last};
}

TEST(CompareEffects, AgreesWhereTheServerIsAskedWhatIsPredicted) {
  EffectsSeen seen;
  EXPECT_THAT(Compared(kServed, Requests({Write(kCall, 0, 1), Fsync(kCall)}), seen), IsEmpty());
  EXPECT_EQ(seen["fuse"].fsyncs, 1u);
  EXPECT_EQ(seen["fuse"].writes, 1u);
}

struct RequestRow {
  const char* name;
  std::vector<ObservedRequest> requests;
  std::string said;
};

TEST(CompareEffects, FindsEachWayInWhichTheServerIsAskedOtherwise) {
  ObservedRequest full = Fsync(kCall), other_file = Fsync(kCall);
  full.data_only = false;
  other_file.file = 1;
  const std::string expected = "what the server is asked: fsync of f0 (open file 0, data only) / ";
  const RequestRow kRows[] = {
      {"not at all", {}, "nothing"},
      {"during another action", {Fsync(1)}, "nothing"},
      {"twice",
       {Fsync(kCall), Fsync(kCall)},
       "fsync of f0 (open file 0, data only), fsync of f0 (open file 0, data only)"},
      {"with metadata", {full}, "fsync of f0 (open file 0)"},
      {"of another file", {other_file}, "fsync of f1 (open file 0, data only)"},
      {"through another open file", {Fsync(kCall, 1)}, "fsync of f0 (open file 1, data only)"},
      {"with another answer",
       {Fsync(kCall, 0, Errno::kEIO)},
       "fsync of f0 (open file 0, data only): EIO"},
  };
  for (const RequestRow& row : kRows) {
    EXPECT_THAT(Compared(kServed, Requests(row.requests)), ElementsAre(expected + row.said))
        << row.name;
  }
}

TEST(CompareEffects, FindsFilesThatTheScenarioHasNot) {
  ObservedRequest fsync = Fsync(kCall), write = Write(kCall, 0, 1);
  fsync.file = write.file = 7;
  EXPECT_THAT(Compared(kServed, Requests({Fsync(kCall), fsync})),
              ElementsAre("what the server is asked: fsync of f0 (open file 0, data only) / fsync "
                          "of f0 (open file 0, data only), fsync of f7 (open file 0, data only)"));
  EXPECT_THAT(Compared(kServed, Requests({Fsync(kCall), write})),
              ElementsAre("no write beyond what is synced / f7[0p,1p) is written"));
  ObservedEffects seen = Requests({Fsync(kCall)});
  seen.pages = {{.action = kCall, .file = 1, .page = 0, .dirty = true}};
  seen.times = {{.action = kCall, .file = kNoFile, .mtime_moved = true}};
  EXPECT_THAT(Compared(kServed, seen),
              ElementsAre("no other file / f1 is seen", "no other file / f-1 is seen"));
}

TEST(CompareEffects, FindsAnFsyncWhereNoneIsPredicted) {
  const std::string async =
      "file f0 fuse 1p\nmap p0 1p shared rw f0@0\n"
      "call addr=p0 len=1p flags=MS_ASYNC\n";
  EXPECT_THAT(Compared(async, Requests({}, 1)), IsEmpty());
  EXPECT_THAT(Compared(async, Requests({Fsync(1)}, 1)),
              ElementsAre("what the server is asked: nothing / "
                          "fsync of f0 (open file 0, data only)"));
}

TEST(CompareEffects, MissesNoFsyncOfACallThatNobodyWatched) {
  EXPECT_THAT(Compared(kServed, Requests({}, kCall - 1)), IsEmpty());
  ObservedEffects lost = Requests({});
  lost.sees_servers = false;
  EXPECT_THAT(Compared(kServed, lost), IsEmpty());
}

TEST(CompareEffects, ComparesNothingBehindTheEnd) {
  const Scenario scenario = Parse(kServed).value().scenario;
  const ScenarioPrediction prediction =
      PredictScenario(scenario, *FindProfile("linux-6.18"), BareSurroundings());
  ObservedEffects observed = Requests({Write(kCall, 3, 4)});
  observed.pages = {{.action = kCall, .file = 0, .page = 0, .dirty = true}};
  EffectsSeen seen;
  EXPECT_THAT(CompareEffects(scenario, prediction, observed, kPage, kCall, seen), IsEmpty());
  EXPECT_TRUE(seen.empty());
}

TEST(CompareEffects, CountsOpenFilesAsTheServerDoes) {
  const std::string text =
      "file f0 fuse 2p\nfile f1 dup f0\nfile f2 open f0\n"
      "map p0 1p shared rw f1@0\nmap p2 1p shared rw f2@0\n"
      "call addr=p0 len=1p flags=MS_SYNC\ncall addr=p2 len=1p flags=MS_SYNC\n"
      "unmap p2 1p\nreopen f2\nmap p2 1p shared rw f2@0\ncall addr=p2 len=1p flags=MS_SYNC\n";
  EXPECT_THAT(Compared(text, Requests({Fsync(2, 0), Fsync(3, 1), Fsync(7, 2)}, 7)), IsEmpty());
}

TEST(CompareEffects, ExpectsTheAnswersThatTheServerIsToldToGive) {
  const std::string text = "map p0 1p shared rw f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n";
  EXPECT_THAT(Compared("file f0 fuse 1p fsync=EIO\n" + text, Requests({Fsync(1, 0, Errno::kEIO)})),
              IsEmpty());
  EXPECT_THAT(
      Compared("file f0 fuse 1p fsync=ENOSYS\n" + text, Requests({Fsync(1, 0, Errno::kENOSYS)})),
      IsEmpty())
      << "which the kernel turns into 0";
}

TEST(CompareEffects, AllowsWritesWithinWhatIsSyncedAlone) {
  EXPECT_THAT(Compared(kServed, Requests({Write(1, 0, 4), Fsync(kCall)})), IsEmpty())
      << "a step may have anything written";
  EXPECT_THAT(Compared(kServed, Requests({Write(kCall, 1, 2), Fsync(kCall)})),
              ElementsAre("no write beyond what is synced / f0[1p,2p) is written"));
  EXPECT_THAT(Compared(kServed, Requests({Write(kCall, 0, 2), Fsync(kCall)})),
              ElementsAre("no write beyond what is synced / f0[0p,2p) is written"));
}

TEST(CompareEffects, AllowsAnyWriteWhereAnotherThreadActs) {
  const std::string text =
      "file f0 fuse 4p\nmap p0 4p shared rw f0@0\nmeanwhile 1 write p3 1p\n"
      "call addr=p0 len=1p flags=MS_SYNC\n";
  EXPECT_THAT(Compared(text, Requests({Write(kCall, 3, 4), Fsync(kCall)})), IsEmpty());
}

// Two pages of ext4 are stored to, as 1 each; then one is synced. Action 2 is the call.
constexpr char kOnDisk[] =
    "file f0 ext4 4p\n"
    "map p0 4p shared rw f0@0\n"
    "write p0 2p\n"
    "call addr=p0 len=1p flags=MS_SYNC\n";

struct PageRow {
  const char* name;
  ObservedPage page;
  std::string said = "";  // nothing where it agrees
};

TEST(CompareEffects, KnowsASyncedPageByItsCleannessAndOthersByNothing) {
  const PageRow kRows[] = {
      {"synced, clean", {.action = kCall, .file = 0, .page = 0, .dirty = false}},
      {"synced, dirty",
       {.action = kCall, .file = 0, .page = 0, .dirty = true},
       "page 0 of f0 is clean / page 0 of f0 is dirty"},
      {"not synced, dirty", {.action = kCall, .file = 0, .page = 1, .dirty = true}},
      {"not synced, cleaned in the background",
       {.action = kCall, .file = 0, .page = 1, .dirty = false}},
      {"never stored to, dirty",
       {.action = kCall, .file = 0, .page = 2, .dirty = true},
       "page 2 of f0 is clean / page 2 of f0 is dirty"},
      {"not seen", {.action = kCall, .file = 0, .page = 0}},
      {"beyond the file", {.action = kCall, .file = 0, .page = 4, .dirty = true}},
  };
  for (const PageRow& row : kRows) {
    const std::vector<std::string> said = Compared(kOnDisk, {.pages = {row.page}});
    EXPECT_EQ(said, row.said.empty() ? std::vector<std::string>{} : std::vector{row.said})
        << row.name;
  }
}

TEST(CompareEffects, KnowsASyncedPageByTheByteBeneath) {
  const PageRow kRows[] = {
      {"synced", {.action = kCall, .file = 0, .page = 0, .beneath = 1}},
      {"synced, stale",
       {.action = kCall, .file = 0, .page = 0, .beneath = 0},
       "page 0 of f0 is stored as 1 / page 0 of f0 is stored as 0"},
      {"not synced, not written yet", {.action = kCall, .file = 0, .page = 1, .beneath = 0}},
      {"not synced, written in the background",
       {.action = kCall, .file = 0, .page = 1, .beneath = 1}},
      {"not synced, what nobody stored",
       {.action = kCall, .file = 0, .page = 1, .beneath = 2},
       "page 1 of f0 is stored as 1 / page 1 of f0 is stored as 2"},
      {"never stored to", {.action = kCall, .file = 0, .page = 3, .beneath = 0}},
      {"never stored to, and yet there",
       {.action = kCall, .file = 0, .page = 3, .beneath = 1},
       "page 3 of f0 is stored as 0 / page 3 of f0 is stored as 1"},
  };
  for (const PageRow& row : kRows) {
    const std::vector<std::string> said = Compared(kOnDisk, {.pages = {row.page}});
    EXPECT_EQ(said, row.said.empty() ? std::vector<std::string>{} : std::vector{row.said})
        << row.name;
  }
}

TEST(CompareEffects, ExpectsTheOldByteBeneathAPageWhoseWritingFailed) {
  const std::string text =
      "file f0 full 1p\nmap p0 1p shared rw f0@0\nwrite p0 1p\ncall addr=p0 len=1p flags=MS_SYNC\n";
  EXPECT_THAT(Compared(text, {.pages = {{.action = kCall, .file = 0, .beneath = 0}}}), IsEmpty());
  EXPECT_THAT(Compared(text, {.pages = {{.action = kCall, .file = 0, .beneath = 1}}}),
              ElementsAre("page 0 of f0 is stored as 0 / page 0 of f0 is stored as 1"));
}

struct TimesRow {
  const char* name;
  ObservedTimes times;
  std::vector<std::string> said = {};
};

TEST(CompareEffects, ExpectsTimesToMoveAtAStoreToACleanPageAndNeverAtACall) {
  constexpr size_t kMap = 0, kStore = 1;
  const TimesRow kRows[] = {
      {"a store", {.action = kStore, .file = 0, .mtime_moved = true, .ctime_moved = true}},
      {"a store without effect",
       {.action = kStore, .file = 0, .mtime_moved = false, .ctime_moved = true},
       {"st_mtime of f0 moves / st_mtime of f0 stays"}},
      {"a call", {.action = kCall, .file = 0, .mtime_moved = false, .ctime_moved = false}},
      {"a call that moves them",
       {.action = kCall, .file = 0, .mtime_moved = true, .ctime_moved = true},
       {"st_mtime of f0 stays / st_mtime of f0 moves",
        "st_ctime of f0 stays / st_ctime of f0 moves"}},
      {"a call that nobody watched", {.action = kCall, .file = 0}},
      {"a step that is not followed", {.action = kMap, .file = 0, .mtime_moved = true}},
  };
  for (const TimesRow& row : kRows) {
    EXPECT_EQ(Compared(kOnDisk, {.times = {row.times}}), row.said) << row.name;
  }
}

TEST(CompareEffects, ExpectsNothingOfTimesAtAStoreToADirtyPage) {
  const std::string text =
      "file f0 ext4 1p\nmap p0 1p shared rw f0@0\nwrite p0 1p\nwrite p0 1p\n"
      "call addr=p0 len=1p flags=MS_SYNC\n";
  for (const bool moved : {false, true}) {
    EXPECT_THAT(Compared(text, {.times = {{.action = 2, .file = 0, .mtime_moved = moved}}}),
                IsEmpty());
  }
}

TEST(CompareEffects, CountsWhatWasComparedByBacking) {
  EffectsSeen seen;
  Compared(kOnDisk,
           {.pages = {{.action = kCall, .file = 0, .page = 0, .dirty = false, .beneath = 1},
                      {.action = kCall, .file = 0, .page = 1, .beneath = 0}},
            .times = {{.action = kCall, .file = 0, .mtime_moved = false, .ctime_moved = false}}},
           seen);
  EXPECT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen["ext4"].pages, 1u);
  EXPECT_EQ(seen["ext4"].bytes, 2u);
  EXPECT_EQ(seen["ext4"].times, 2u);
}

}  // namespace
}  // namespace msyncspec
