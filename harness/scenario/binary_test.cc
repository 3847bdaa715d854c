// SPDX-License-Identifier: MIT
#include "harness/scenario/binary.h"

#include <gmock/gmock.h>

#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

constexpr Access kReadWrite = Access::kRead | Access::kWrite;
constexpr int kStrings = 300'000;     // some seconds under sanitizers
constexpr int kTextStrings = 20'000;  // text costs ten times as much
constexpr size_t kMaxStringBytes = 200;

// Makes the same bytes in every run: splitmix64.
class Bytestream {
 public:
  explicit Bytestream(uint64_t seed) : state_(seed) {}

  std::vector<uint8_t> Next() {
    std::vector<uint8_t> bytes(Number() % (kMaxStringBytes + 1));
    // Two strings in three have mostly small bytes, so that they get further than large numbers.
    const uint64_t mask = Number() % 3 == 0 ? 0xff : 0x0f;
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(Number() & mask);
    return bytes;
  }

 private:
  uint64_t Number() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  uint64_t state_;
};

void ExpectValidAndEncodable(const std::vector<uint8_t>& bytes) {
  const Scenario scenario = Decode(bytes);
  const absl::Status status = Validate(scenario);
  ASSERT_TRUE(status.ok()) << status << "\n" << Print(scenario);
  ASSERT_EQ(Decode(Encode(scenario)), scenario) << Print(scenario);
}

TEST(ScenarioBytes, OfAnyContentDecodeToAValidScenarioThatEncodesAgain) {
  Bytestream strings(1);
  for (int i = 0; i < kStrings; ++i) {
    ASSERT_NO_FATAL_FAILURE(ExpectValidAndEncodable(strings.Next()));
  }
}

TEST(ScenarioBytes, OfLengthsZeroToTwoAllDecodeToAValidScenarioThatEncodesAgain) {
  ASSERT_NO_FATAL_FAILURE(ExpectValidAndEncodable({}));
  for (int first = 0; first < 256; ++first) {
    const auto byte = static_cast<uint8_t>(first);
    ASSERT_NO_FATAL_FAILURE(ExpectValidAndEncodable({byte}));
    for (int second = 0; second < 256; ++second) {
      ASSERT_NO_FATAL_FAILURE(ExpectValidAndEncodable({byte, static_cast<uint8_t>(second)}));
    }
  }
}

TEST(ScenarioBytes, DecodeToScenariosThatTextHoldsToo) {
  Bytestream strings(2);
  for (int i = 0; i < kTextStrings; ++i) {
    const Scenario scenario = Decode(strings.Next());
    const absl::StatusOr<AnnotatedScenario> parsed = Parse(Print(scenario));
    ASSERT_TRUE(parsed.ok()) << parsed.status() << "\n" << Print(scenario);
    ASSERT_EQ(parsed->scenario, scenario) << Print(scenario);
  }
}

TEST(ScenarioBytes, ThatAreNoneDecodeToOneCall) {
  const Scenario scenario = Decode({});
  EXPECT_TRUE(scenario.files.empty());
  EXPECT_THAT(scenario.actions, ElementsAre(Action(SymbolicCall{.length = {.pages = 1}})));
}

TEST(ScenarioBytes, DecodeToNoMoreThanAScenarioMayHold) {
  std::vector<uint8_t> bytes(1000, 7);  // seven files of seven pages, then unlock-all without end
  EXPECT_EQ(Decode(bytes).files.size(), 7u);
  EXPECT_EQ(Decode(bytes).actions.size(), 256u);
}

TEST(ScenarioBytes, DecodeToOneForkAtMost) {
  EXPECT_EQ(Decode(std::vector<uint8_t>{0, 15, 0, 15, 0, 15, 0}).actions.size(), 2u)
      << "and the call";
}

struct RepairRow {
  std::vector<uint8_t> bytes;
  std::string text;  // without the call that is added
};

TEST(ScenarioBytes, DecodeToTheNearestThatIsValid) {
  const RepairRow kRows[] = {
      // A step waits for no call where another stands between, and a signal is for one that waits.
      {{0, 8, 1}, "meanwhile 1 unlock-all\n"},
      {{0, 8, 1, 8, 0}, "unlock-all\nunlock-all\n"},
      {{0, 8, 2, 8, 1}, "unlock-all\nmeanwhile 1 unlock-all\n"},
      {{0, 14, 0, 14, 2}, "meanwhile 2 signal\n"},
      {{0, 8, 1, 15, 0}, "unlock-all\nfork\n"},
      // A descriptor that can come from no other has an object of its own.
      {{1, 1, 0, 0}, "file f0 memfd 1p\n"},
      {{2, 0, 5, 0, 0, 1, 0, 0}, "file f0 shm 1p\nfile f1 memfd 1p\n"},
      {{2, 0, 2, 0, 1, 1, 0, 0}, "file f0 disk 1p readonly\nfile f1 dup f0\n"},
      // Only what is declared with `open` can be opened anew.
      {{1, 0, 2, 0, 0, 13, 0, 0}, "file f0 disk 1p\n"},
  };
  for (const RepairRow& row : kRows) {
    EXPECT_EQ(Print(Decode(row.bytes)), row.text + "call addr=p0 len=1p flags=0\n");
  }
}

TEST(ScenarioBytes, HoldTheOnlyCallOfAScenarioInItsLastPlace) {
  Scenario scenario;
  scenario.actions.assign(255, Step{.kind = StepKind::kUnlockAll});
  scenario.actions.push_back(SymbolicCall{.length = {.pages = 2}, .flags = SyncFlags(4)});
  ASSERT_TRUE(Validate(scenario).ok());
  EXPECT_EQ(Decode(Encode(scenario)), scenario);
}

struct GoldenRow {
  Scenario scenario;
  std::vector<uint8_t> bytes;
};

std::vector<GoldenRow> GoldenRows() {
  const Position p1 = {.pages = 1};
  const Length one = {.pages = 1};
  const Step step = {.at = p1, .length = one};
  Step protect = step, lock_on_fault = step, unlock = step, write = step, advise = step;
  protect.kind = StepKind::kProtect;
  protect.at.pages = 200;
  protect.access = Access::kRead;
  lock_on_fault.kind = StepKind::kLockOnFault;
  unlock.kind = StepKind::kUnlock;
  write.kind = StepKind::kWrite;
  advise.kind = StepKind::kAdvise;
  Step seal = step, userfault = step, guard = advise, keep = step, droppable = step;
  seal.kind = StepKind::kSeal;
  userfault.kind = StepKind::kUserfault;
  guard.advice = Advice::kGuard;
  keep.kind = StepKind::kRemap;
  keep.new_length = one;
  keep.moves = keep.keeps = true;
  keep.to = {.pages = 8};
  droppable.options = kMapDroppable;
  return {
      {{.files = {{.backing = Backing::kMemfd, .pages = 4}},
        .actions = {Step{.length = {.pages = 2},
                         .sharing = MapSharing::kShared,
                         .access = kReadWrite,
                         .file = 0},
                    Step{.at = {.pages = 3}, .length = one, .access = kReadWrite},
                    Step{.kind = StepKind::kLock, .at = {.pages = 3}, .length = one},
                    SymbolicCall{.length = {.pages = 4}, .flags = SyncFlags(6)}}},
       {
           1,                                // files
           0, 0, 3, 0,                       // new: memfd, 4 pages, read-write
           1, 0, 0, 0, 2, 0, 1, 3, 1, 0, 0,  // map p0 2p shared rw f0@0, in its turn
           1, 0, 3, 0, 1, 0, 0, 3, 0, 0,     // map p3 1p private rw anon
           4, 0, 3, 0, 1, 0,                 // lock p3 1p
           0, 0, 0, 0, 0, 8, 0, 6, 0,        // call addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE
       }},
      {{.files = {{.backing = Backing::kFuse,
                   .descriptor = Descriptor::kReadOnly,
                   .fsync = {.error = Errno::kEIO},
                   .write = {Errno::kENOSPC, 1, 2, 2},
                   .cache = ServerCache::kWriteback,
                   .interrupts = Interrupts::kAnswered},
                  {.backing = Backing::kFuse, .origin = Origin::kReopened, .of = 0}},
        .actions =
            {Step{.kind = StepKind::kTruncate, .length = {.pages = 2, .bytes = -1}, .file = 0},
             Step{.kind = StepKind::kLockAll, .options = 7}, Step{.kind = StepKind::kUnlockAll},
             Step{.kind = StepKind::kRemap,
                  .at = {.pages = 1, .bytes = 1},
                  .length = {.pages = 2},
                  .new_length = {.bytes = 300},
                  .moves = true,
                  .to = {.pages = 8}},
             protect, lock_on_fault, unlock, write, advise,
             Step{.kind = StepKind::kReopen, .file = 1},
             Step{.kind = StepKind::kSignal, .moment = Moment::During(2)},
             Step{.kind = StepKind::kUnmap, .moment = Moment::Any(), .at = p1, .length = one},
             SymbolicCall{.addr = {Anchor::kLastPage, -1, 1},
                          .length = {LengthBase::kMax, 0, -4095},
                          .flags = SyncFlags(~uint64_t{0}),
                          .caller = Caller::kCompat32}}},
       {
           2,                                               // files
           0,    10,   0,    1,                             // new: fuse 1p readonly
           5,    0,    63,   0,                             //   fsync=EIO
           28,   1,    1,    2,                             //   write=ENOSPC[1p,2p)*2
           1,    1,                                         //   writeback interruptible
           2,    0,    0,                                   // open f0
           11,   0,    0,    2,    0xfe, 0x3f,              // truncate f0 2p-1
           7,    0,    7,                                   // lock-all current future onfault
           8,    0,                                         // unlock-all
           9,    0,    1,    1,    2,    0,    0,    0xac,  // remap p1+1 2p 300
           2,    1,    8,    0,                             //   to=p8
           3,    0,    0xc8, 1,    0,    1,    0,    1,     // protect p200 1p r
           5,    0,    1,    0,    1,    0,                 // lock-on-fault p1 1p
           6,    0,    1,    0,    1,    0,                 // unlock p1 1p
           10,   0,    1,    0,    1,    0,                 // write p1 1p
           12,   0,    1,    0,    1,    0,    0,           // advise p1 1p dontneed
           13,   0,    1,                                   // reopen f1
           14,   2,                                         // meanwhile 2 signal
           2,    16,   1,    0,    1,    0,                 // meanwhile any unmap p1 1p
           0,    2,    1,    2,    1,    0,    0xfd, 0x3f,  // call addr=last-1p+1 len=max-4095
           0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,  //   flags=-1
           0xff, 1,    1,                                   //   caller=compat
       }},
      {{.files = {{.backing = Backing::kDisk},
                  {.backing = Backing::kDisk, .origin = Origin::kDup, .of = 0}},
        .actions = {Step{.kind = StepKind::kFork}, seal, userfault, guard, keep, droppable,
                    SymbolicCall{}}},
       {
           2,                                 // files
           0,  2, 0, 0,                       // new: disk, 1 page, read-write
           1,  0, 0,                          // dup f0
           15, 0,                             // fork
           16, 0, 1, 0, 1, 0,                 // seal p1 1p
           17, 0, 1, 0, 1, 0,                 // userfault p1 1p
           12, 0, 1, 0, 1, 0, 1,              // advise p1 1p guard
           9,  0, 1, 0, 1, 0, 1, 0, 2, 8, 0,  // remap p1 1p 1p to=p8 keep
           1,  0, 1, 0, 1, 0, 0, 0, 0, 8,     // map p1 1p private none anon droppable
           0,  0, 0, 0, 0, 0, 0, 0, 0,        // call addr=p0 len=0 flags=0
       }},
  };
}

TEST(ScenarioBytes, KeepTheirFormat) {
  for (const GoldenRow& row : GoldenRows()) {
    ASSERT_TRUE(Validate(row.scenario).ok()) << Print(row.scenario);
    EXPECT_THAT(Encode(row.scenario), ElementsAreArray(row.bytes)) << Print(row.scenario);
    EXPECT_EQ(Decode(row.bytes), row.scenario) << Print(row.scenario);
  }
}

}  // namespace
}  // namespace msyncspec
