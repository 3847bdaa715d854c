// SPDX-License-Identifier: MIT
#include "model/argument_rules.h"

#include <gtest/gtest.h>

#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr uint64_t kAsync = 1, kInvalidate = 2, kSync = 4;
constexpr uint64_t kPage = 4096;

constexpr Machine kNative;
constexpr Machine kCompat = {.argument_bits = 32};
constexpr Machine kNative32 = {.address_bits = 32, .argument_bits = 32};
constexpr Machine kTagged = {.tag_mask = uint64_t{0xff} << 56};
constexpr Machine k64KiBPages = {.page_size = {65536}};

struct Row {
  const char* claim;
  const char* profile;
  Machine machine;
  Call call;
  Errno expected;
  const char* by;
};

// One page is mapped at 0x10000. Everything else is a hole.
const Row kRows[] = {
    {"an unknown flag comes before a misaligned address",
     "linux-6.18",
     kNative,
     {{0x10001}, {kPage}, SyncFlags(8)},
     Errno::kEINVAL,
     "flags.unknown"},
    {"a misaligned address comes before both flags",
     "linux-6.18",
     kNative,
     {{0x10001}, {kPage}, SyncFlags(kAsync | kSync)},
     Errno::kEINVAL,
     "address.unaligned"},
    {"both flags come before a wrap",
     "linux-6.18",
     kNative,
     {{0x10000}, {~kPage + 1}, SyncFlags(kAsync | kSync)},
     Errno::kEINVAL,
     "flags.async_and_sync"},
    {"a misaligned address comes before length 0",
     "linux-6.18",
     kNative,
     {{1}, {0}, SyncFlags(0)},
     Errno::kEINVAL,
     "address.unaligned"},
    {"length 0 succeeds anywhere",
     "linux-6.18",
     kNative,
     {{0xffff800000000000}, {0}, SyncFlags(kSync)},
     Errno::kOk,
     "range.empty"},
    {"a length that rounds to 0 succeeds anywhere",
     "linux-6.18",
     kNative,
     {{0xffff800000000000}, {~uint64_t{0} - 4094}, SyncFlags(kSync)},
     Errno::kOk,
     "range.empty"},
    {"one byte less wraps",
     "linux-6.18",
     kNative,
     {{0x10000}, {~uint64_t{0} - 4095}, SyncFlags(kSync)},
     Errno::kENOMEM,
     "range.wraps"},
    {"the last page ends at 2^64 and wraps",
     "linux-6.18",
     kNative,
     {{~uint64_t{0} - 4095}, {1}, SyncFlags(0)},
     Errno::kENOMEM,
     "range.wraps"},
    {"bit 31 is an unknown flag",
     "linux-6.18",
     kNative,
     {{0x10000}, {kPage}, SyncFlags(0x80000000)},
     Errno::kEINVAL,
     "flags.unknown"},
    {"bit 32 is not seen",
     "linux-6.18",
     kNative,
     {{0x10000}, {kPage}, SyncFlags(0x100000000)},
     Errno::kOk,
     "range.covered"},
    {"no flag at all is accepted",
     "linux-6.18",
     kNative,
     {{0x10000}, {kPage}, SyncFlags(0)},
     Errno::kOk,
     "range.covered"},
    {"a compat caller's longest length does not wrap",
     "linux-6.18",
     kCompat,
     {{0x10000}, {0xffffffff}, SyncFlags(0)},
     Errno::kENOMEM,
     "hole.nothing_behind"},
    {"a compat caller's registers have 32 bits",
     "linux-6.18",
     kCompat,
     {{0x100010000}, {0x100000001}, SyncFlags(0)},
     Errno::kOk,
     "range.covered"},
    {"a native 32-bit kernel's longest length rounds to 0",
     "linux-6.18",
     kNative32,
     {{0x10000}, {0xffffffff}, SyncFlags(0)},
     Errno::kOk,
     "range.empty"},
    {"a tag is removed from addr",
     "linux-6.18",
     kTagged,
     {{0x2a00000000010000}, {kPage}, SyncFlags(0)},
     Errno::kOk,
     "range.covered"},
    {"without tags those bits are part of the address",
     "linux-6.18",
     kNative,
     {{0x2a00000000010000}, {kPage}, SyncFlags(0)},
     Errno::kENOMEM,
     "hole.nothing_behind"},
    {"alignment is to the machine's page",
     "linux-6.18",
     k64KiBPages,
     {{0x11000}, {kPage}, SyncFlags(0)},
     Errno::kEINVAL,
     "address.unaligned"},
    {"early Linux answers a wrap with EINVAL",
     "linux-1.3.21",
     kNative,
     {{0x10000}, {~kPage + 1}, SyncFlags(0)},
     Errno::kEINVAL,
     "range.wraps"},
    {"early Linux looks at the wrap before the flags",
     "linux-1.3.21",
     kNative,
     {{0x10000}, {~kPage + 1}, SyncFlags(8)},
     Errno::kEINVAL,
     "range.wraps"},
    {"early Linux looks at the alignment first",
     "linux-1.3.21",
     kNative,
     {{0x10001}, {kPage}, SyncFlags(8)},
     Errno::kEINVAL,
     "address.unaligned"},
    {"early Linux accepts MS_ASYNC with MS_SYNC",
     "linux-1.3.21",
     kNative,
     {{0x10000}, {kPage}, SyncFlags(kAsync | kSync)},
     Errno::kOk,
     "range.covered"},
    {"early Linux answers a hole with EFAULT",
     "linux-1.3.21",
     kNative,
     {{0x20000}, {kPage}, SyncFlags(0)},
     Errno::kEFAULT,
     "hole.nothing_behind"},
    {"early Linux knows no EBUSY",
     "linux-1.3.21",
     kNative,
     {{0x10000}, {kPage}, SyncFlags(kInvalidate)},
     Errno::kOk,
     "range.covered"},
};

TEST(ArgumentRules, AnswerAsTheTableSays) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.claim);
    AddressSpace space;
    space.Insert({.begin = {0x10000}, .end = {0x10000 + row.machine.page_size.count}});
    Prediction prediction;
    Predict(*FindProfile(row.profile), row.machine, space, row.call, prediction);
    EXPECT_EQ(ErrnoName(prediction.outcomes[0]), ErrnoName(row.expected));
    EXPECT_EQ(prediction.rule->id, row.by);
  }
}

struct WalkRow {
  const char* claim;
  Call call;
  bool walked;
};

TEST(ArgumentRules, TellWhichCallsReachTheWalk) {
  const AddressSpace empty;
  for (const WalkRow& row : {
           WalkRow{"an empty range", {{0x10000}, {0}, SyncFlags(kSync)}, false},
           WalkRow{"a misaligned address", {{0x10001}, {1}, SyncFlags(kSync)}, false},
           WalkRow{"one byte in a hole", {{0x10000}, {1}, SyncFlags(kSync)}, true},
       }) {
    Prediction prediction;
    Predict(*FindProfile("linux-6.18"), kNative, empty, row.call, prediction);
    EXPECT_EQ(prediction.walked, row.walked) << row.claim;
  }
}

}  // namespace
}  // namespace msyncspec
