// SPDX-License-Identifier: MIT
//
// What is observed of files is compared: where it is not what was predicted, the stage says so.
// Each row plants one fault: in what is seen, in the server, or in the profile.
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "harness/differ/planted_effect.h"
#include "harness/differ/stage.h"
#include "harness/executor/this_process.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;

using Kind = ObservedRequest::Kind;

// The pages 1 and 2 of 4 are synced. The store is action 1, the call action 2, in all of these.
constexpr char kSync[] =
    "file f0 fuse 4p\n"
    "map p0 4p shared rw f0@0\n"
    "write p0 4p\n"
    "call addr=p1 len=2p flags=MS_SYNC\n";
constexpr char kAsync[] =
    "file f0 fuse 4p\n"
    "map p0 4p shared rw f0@0\n"
    "write p0 4p\n"
    "call addr=p1 len=2p flags=MS_ASYNC\n";
constexpr char kInMemory[] =
    "file f0 memfd 4p\n"
    "map p0 4p shared rw f0@0\n"
    "write p0 4p\n"
    "call addr=p1 len=2p flags=MS_SYNC\n";
constexpr char kFailingFsync[] =
    "file f0 fuse 1p fsync=EIO\n"
    "map p0 1p shared rw f0@0\n"
    "write p0 1p\n"
    "call addr=p0 len=1p flags=MS_SYNC\n";
constexpr char kFailingWrite[] =
    "file f0 fuse 1p write=EIO\n"
    "map p0 1p shared rw f0@0\n"
    "write p0 1p\n"
    "call addr=p0 len=1p flags=MS_SYNC\n";
constexpr char kTwoOpenFiles[] =
    "file f0 fuse 1p write=EIO\n"
    "file f1 open f0\n"
    "map p0 1p shared rw f0@0\n"
    "map p2 1p shared rw f1@0\n"
    "write p0 1p\n"
    "call addr=p0 len=1p flags=MS_SYNC\n"
    "call addr=p2 len=1p flags=MS_SYNC\n";
constexpr char kFsyncAsked[] = "what the server is asked: fsync of f0 (open file 0, data only)";
constexpr size_t kStore = 1, kCall = 2;

template <Kind kKind>
void EachRequest(ObservedEffects& seen, void (*change)(ObservedRequest&)) {
  for (ObservedRequest& request : seen.requests) {
    if (request.action == kCall && request.kind == kKind) change(request);
  }
}

void Page(ObservedEffects& seen, uint64_t number, void (*change)(ObservedPage&)) {
  for (ObservedPage& page : seen.pages) {
    if (page.action == kCall && page.page == number) change(page);
  }
}

void Times(ObservedEffects& seen, size_t action, void (*change)(ObservedTimes&)) {
  for (ObservedTimes& times : seen.times) {
    if (times.action == action) change(times);
  }
}

Bytes Pages(uint64_t count) { return {count * ThisMachine().page_size.count}; }

Disagreement Effect(std::string expected, std::string observed,
                    std::string rule = "range.covered") {
  return {.subject = Subject::kEffect,
          .rule = std::move(rule),
          .expected = std::move(expected),
          .observed = std::move(observed)};
}

Disagreement Answer(std::string rule, std::string expected, std::string observed) {
  return {.subject = Subject::kCall,
          .rule = std::move(rule),
          .expected = std::move(expected),
          .observed = std::move(observed)};
}

const PlantedEffect kPlanted[] = {
    // What reaches the server.
    {.name = "FsyncIsDropped",
     .scenario = kSync,
     .finding = Effect(kFsyncAsked, "nothing"),
     .distort =
         [](ObservedEffects& seen) {
           std::erase_if(seen.requests, [](const auto& one) { return one.kind == Kind::kFsync; });
         }},
    {.name = "FsyncIsSentTwice",
     .scenario = kSync,
     .finding = Effect(kFsyncAsked,
                       "fsync of f0 (open file 0, data only), "
                       "fsync of f0 (open file 0, data only)"),
     .distort =
         [](ObservedEffects& seen) {
           const ObservedRequest last = seen.requests.back();
           seen.requests.push_back(last);
         }},
    {.name = "FsyncIsForMetadataToo",
     .scenario = kSync,
     .finding = Effect(kFsyncAsked, "fsync of f0 (open file 0)"),
     .distort =
         [](ObservedEffects& seen) {
           EachRequest<Kind::kFsync>(seen, [](ObservedRequest& one) { one.data_only = false; });
         }},
    {.name = "FsyncComesThroughAnotherOpenFile",
     .scenario = kSync,
     .finding = Effect(kFsyncAsked, "fsync of f0 (open file 1, data only)"),
     .distort =
         [](ObservedEffects& seen) {
           EachRequest<Kind::kFsync>(seen, [](ObservedRequest& one) { ++one.open_file; });
         }},
    {.name = "FsyncIsAnsweredOtherwise",
     .scenario = kSync,
     .finding = Effect(kFsyncAsked, "fsync of f0 (open file 0, data only): EIO"),
     .distort =
         [](ObservedEffects& seen) {
           EachRequest<Kind::kFsync>(seen, [](ObservedRequest& one) { one.answer = Errno::kEIO; });
         }},
    {.name = "FsyncIsSentForMsAsync",
     .scenario = kAsync,
     .finding = Effect("what the server is asked: nothing", "fsync of f0 (open file 0, data only)"),
     .distort =
         [](ObservedEffects& seen) {
           seen.requests.push_back(
               {.action = kCall, .kind = Kind::kFsync, .file = 0, .data_only = true});
         }},
    {.name = "FsyncIsSentAlthoughWritingFailed",
     .scenario = kFailingWrite,
     .finding = Effect("what the server is asked: nothing", "fsync of f0 (open file 0, data only)",
                       "file.write_error"),
     .distort =
         [](ObservedEffects& seen) {
           seen.requests.push_back(
               {.action = kCall, .kind = Kind::kFsync, .file = 0, .data_only = true});
         }},
    {.name = "WriteIsElsewhere",
     .scenario = kSync,
     .finding = Effect("no write beyond what is synced", "f0[0p,2p) is written"),
     .distort =
         [](ObservedEffects& seen) {
           EachRequest<Kind::kWrite>(seen, [](ObservedRequest& one) {
             one.range = {Pages(0), Pages(2)};
           });
         }},
    {.name = "WriteIsLonger",
     .scenario = kSync,
     .finding = Effect("no write beyond what is synced", "f0[1p,4p) is written"),
     .distort =
         [](ObservedEffects& seen) {
           EachRequest<Kind::kWrite>(seen, [](ObservedRequest& one) {
             one.range = {Pages(1), Pages(4)};
           });
         }},
    {.name = "WriteIsSentForMsAsync",
     .scenario = kAsync,
     .finding = Effect("no write beyond what is synced", "f0[1p,2p) is written"),
     .distort =
         [](ObservedEffects& seen) {
           seen.requests.push_back(
               {.action = kCall, .kind = Kind::kWrite, .file = 0, .range = {Pages(1), Pages(2)}});
         }},

    // Pages, above and beneath the page cache.
    {.name = "SyncedPageIsDirty",
     .scenario = kSync,
     .finding = Effect("page 1 of f0 is clean", "page 1 of f0 is dirty"),
     .distort =
         [](ObservedEffects& seen) {
           Page(seen, 1, [](ObservedPage& page) { page.dirty = true; });
         }},
    {.name = "SyncedPageIsStaleBeneath",
     .scenario = kSync,
     .finding = Effect("page 2 of f0 is stored as 1", "page 2 of f0 is stored as 0"),
     .distort =
         [](ObservedEffects& seen) {
           Page(seen, 2, [](ObservedPage& page) { page.beneath = 0; });
         }},
    {.name = "UnsyncedPageHoldsWhatNobodyStored",
     .scenario = kSync,
     .finding = Effect("page 3 of f0 is stored as 1", "page 3 of f0 is stored as 7"),
     .distort =
         [](ObservedEffects& seen) {
           Page(seen, 3, [](ObservedPage& page) { page.beneath = 7; });
         }},

    // Times.
    {.name = "CallMovesMtime",
     .scenario = kInMemory,
     .finding = Effect("st_mtime of f0 stays", "st_mtime of f0 moves"),
     .distort =
         [](ObservedEffects& seen) {
           Times(seen, kCall, [](ObservedTimes& times) { times.mtime_moved = true; });
         }},
    {.name = "CallMovesCtime",
     .scenario = kInMemory,
     .finding = Effect("st_ctime of f0 stays", "st_ctime of f0 moves"),
     .distort =
         [](ObservedEffects& seen) {
           Times(seen, kCall, [](ObservedTimes& times) { times.ctime_moved = true; });
         }},
    {.name = "StoreLeavesMtime",
     .scenario = kInMemory,
     .finding = Effect("st_mtime of f0 moves", "st_mtime of f0 stays", ""),
     .distort =
         [](ObservedEffects& seen) {
           Times(seen, kStore, [](ObservedTimes& times) { times.mtime_moved = false; });
         }},

    // The server answers otherwise than the scenario says.
    {.name = "FsyncErrorIsSwallowed",
     .scenario = kFailingFsync,
     .finding = Answer("file.fsync_error", "EIO", "0"),
     .replace = [](File& served) { served.fsync.error = Errno::kOk; }},
    {.name = "FsyncErrorIsAnother",
     .scenario = kFailingFsync,
     .finding = Answer("file.fsync_error", "EIO", "ENOSPC"),
     .replace = [](File& served) { served.fsync.error = Errno::kENOSPC; }},
    {.name = "WriteErrorIsSwallowed",
     .scenario = kFailingWrite,
     .finding = Answer("file.write_error", "EIO", "0"),
     .replace = [](File& served) { served.write.error = Errno::kOk; }},
    {.name = "WriteErrorIsAnother",
     .scenario = kFailingWrite,
     .finding = Answer("file.write_error", "EIO", "ENOSPC"),
     .replace = [](File& served) { served.write.error = Errno::kENOSPC; }},

    // The profile is wrong.
    {.name = "WholeFileIsExpected",
     .scenario = kSync,
     .finding = Effect("page 3 of f0 is stored as 1", "page 3 of f0 is stored as 0"),
     .spoil = [](Profile& profile) { profile.walk.extent = SyncExtent::kWholeFile; }},
    {.name = "FullFsyncIsExpected",
     .scenario = kSync,
     .finding = Effect("what the server is asked: fsync of f0 (open file 0)",
                       "fsync of f0 (open file 0, data only)"),
     .spoil = [](Profile& profile) { profile.walk.sync = SyncKind::kFull; }},
    {.name = "ErrorIsExpectedOnce",
     .scenario = kTwoOpenFiles,
     .finding = Answer("range.covered", "0", "EIO"),
     .spoil = [](Profile& profile) { profile.layout.error_report = ErrorReport::kOncePerFile; }},
};

StageResult RunWith(const PlantedEffect& fault) {
  Profile profile = *ProfileFor(IdentifyKernel().version);
  fault.spoil(profile);
  DistortingProvider provider(fault);
  return RunCorpusStage({profile, provider, [](const Progress&) { return Go::kOn; }},
                        {{fault.name, fault.scenario}});
}

class PlantedEffects : public testing::TestWithParam<PlantedEffect> {
 protected:
  void SetUp() override {
    const PlantedEffect none = {.name = "NoFault", .scenario = GetParam().scenario};
    const StageResult result = RunWith(none);
    ASSERT_TRUE(result.status.ok()) << result.status;
    if (result.layouts == 0) GTEST_SKIP() << result.unsupported.begin()->first;
    ASSERT_THAT(result.findings, IsEmpty()) << "the scenario disagrees without any fault";
  }
};

TEST_P(PlantedEffects, GiveAFindingThatIsConfirmed) {
  const StageResult result = RunWith(GetParam());
  ASSERT_TRUE(result.status.ok()) << result.status;
  std::string said;
  bool found = false;
  for (const Finding& finding : result.findings) {
    const Disagreement& disagreement = finding.disagreement;
    said += "\n" + disagreement.rule + ": " + disagreement.expected + ", " + disagreement.observed;
    found |= disagreement.SameAs(GetParam().finding) && finding.confirmed();
  }
  EXPECT_TRUE(found) << "found instead:" << said;
}

INSTANTIATE_TEST_SUITE_P(Each, PlantedEffects, testing::ValuesIn(kPlanted),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace msyncspec
