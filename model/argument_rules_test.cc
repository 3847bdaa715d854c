// SPDX-License-Identifier: MIT
#include "model/argument_rules.h"

#include <gtest/gtest.h>

#include "model/drawn_layout.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

struct Row {
  const char* claim;
  Call call;
  Errno expected;
  const char* by;
};

// One private page is mapped at 0x10000. Everything else is a hole.
const Row kRows[] = {
    {"an unknown flag comes before a misaligned address",
     {{0x10001}, {kPage}, SyncFlags(8)},
     Errno::kEINVAL,
     "flags.unknown"},
    {"a misaligned address comes before both flags",
     {{0x10001}, {kPage}, SyncFlags(kAsync | kSync)},
     Errno::kEINVAL,
     "address.unaligned"},
    {"both flags come before a wrap",
     {{0x10000}, {~kPage + 1}, SyncFlags(kAsync | kSync)},
     Errno::kEINVAL,
     "flags.async_and_sync"},
    {"a misaligned address comes before length 0",
     {{1}, {0}, SyncFlags(0)},
     Errno::kEINVAL,
     "address.unaligned"},
    {"length 0 succeeds anywhere",
     {{0xffff800000000000}, {0}, SyncFlags(kSync)},
     Errno::kOk,
     "range.empty"},
    {"a length that rounds to 0 succeeds anywhere",
     {{0xffff800000000000}, {~uint64_t{0} - 4094}, SyncFlags(kSync)},
     Errno::kOk,
     "range.empty"},
    {"one byte less wraps",
     {{0x10000}, {~uint64_t{0} - 4095}, SyncFlags(kSync)},
     Errno::kENOMEM,
     "range.wraps"},
    {"the last page ends at 2^64 and wraps",
     {{~uint64_t{0} - 4095}, {1}, SyncFlags(0)},
     Errno::kENOMEM,
     "range.wraps"},
    {"bit 31 is an unknown flag",
     {{0x10000}, {kPage}, SyncFlags(0x80000000)},
     Errno::kEINVAL,
     "flags.unknown"},
    {"bit 32 is not seen",
     {{0x10000}, {kPage}, SyncFlags(0x100000000)},
     Errno::kOk,
     "range.covered"},
    {"no flag at all is accepted", {{0x10000}, {kPage}, SyncFlags(0)}, Errno::kOk, "range.covered"},
};

TEST(ArgumentRules, AnswerAsTheTableSays) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.claim);
    Prediction prediction;
    Predict(*FindProfile("linux-6.18"), Machine{}, Draw("p"), row.call, prediction);
    EXPECT_EQ(Text(prediction.outcomes), ErrnoName(row.expected));
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
    Predict(*FindProfile("linux-6.18"), Machine{}, empty, row.call, prediction);
    EXPECT_EQ(prediction.walked, row.walked) << row.claim;
  }
}

}  // namespace
}  // namespace msyncspec
