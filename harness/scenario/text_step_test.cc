// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr Access kReadWrite = Access::kRead | Access::kWrite;

struct StepRow {
  Step value;
  std::string text;
};

TEST(StepText, IsPrintedAndParsedBack) {
  const Position p1 = {.pages = 1};
  const Length two = {.pages = 2};
  const StepRow kRows[] = {
      {{.at = p1, .length = two}, "map p1 2p private none anon"},
      {{.at = p1, .length = two, .access = Access::kRead, .options = kMapLocked},
       "map p1 2p private r anon locked"},
      {{.at = p1, .length = two, .access = Access::kWrite, .options = 7},
       "map p1 2p private w anon locked growsdown populate"},
      {{.at = p1,
        .length = {.pages = 2, .bytes = -1},
        .sharing = MapSharing::kShared,
        .access = kReadWrite,
        .file = 1,
        .file_page = 3},
       "map p1 2p-1 shared rw f1@3p"},
      {{.kind = StepKind::kUnmap, .at = p1, .length = two}, "unmap p1 2p"},
      {{.kind = StepKind::kProtect, .at = p1, .length = two, .access = kReadWrite},
       "protect p1 2p rw"},
      {{.kind = StepKind::kLock, .at = {.pages = 1, .bytes = 4095}, .length = {.bytes = 1}},
       "lock p1+4095 1"},
      {{.kind = StepKind::kLockOnFault, .at = p1, .length = two}, "lock-on-fault p1 2p"},
      {{.kind = StepKind::kUnlock, .at = p1, .length = two}, "unlock p1 2p"},
      {{.kind = StepKind::kLockAll}, "lock-all"},
      {{.kind = StepKind::kLockAll, .options = 7}, "lock-all current future onfault"},
      {{.kind = StepKind::kUnlockAll}, "unlock-all"},
      {{.kind = StepKind::kRemap, .at = p1, .length = two, .new_length = {.pages = 3}},
       "remap p1 2p 3p"},
      {{.kind = StepKind::kRemap,
        .at = p1,
        .length = two,
        .new_length = {.bytes = 9},
        .moves = true,
        .to = {.pages = 8}},
       "remap p1 2p 9 to=p8"},
      {{.kind = StepKind::kWrite, .at = p1, .length = two}, "write p1 2p"},
      {{.kind = StepKind::kTruncate, .length = {.pages = 2, .bytes = 1}, .file = 1},
       "truncate f1 2p+1"},
      {{.kind = StepKind::kAdvise, .at = p1, .length = two}, "advise p1 2p dontneed"},
      {{.kind = StepKind::kAdvise, .at = p1, .length = two, .advice = Advice::kGuard},
       "advise p1 2p guard"},
      {{.kind = StepKind::kAdvise, .at = p1, .length = two, .advice = Advice::kDoFork},
       "advise p1 2p dofork"},
      {{.kind = StepKind::kRemap,
        .at = p1,
        .length = two,
        .new_length = two,
        .moves = true,
        .to = {.pages = 8},
        .keeps = true},
       "remap p1 2p 2p to=p8 keep"},
      {{.kind = StepKind::kMap, .at = p1, .length = two, .options = kMapDroppable},
       "map p1 2p private none anon droppable"},
      {{.kind = StepKind::kFork}, "fork"},
      {{.kind = StepKind::kSeal, .at = p1, .length = two}, "seal p1 2p"},
      {{.kind = StepKind::kUserfault, .at = p1, .length = two}, "userfault p1 2p"},
  };
  for (const StepRow& row : kRows) {
    EXPECT_EQ(Print(row.value), row.text);
    const auto parsed = Parse(absl::StrCat("file f0 memfd 1p\nfile f1 memfd 4p\n", row.text,
                                           "\ncall addr=p0 len=0 flags=0\n"));
    ASSERT_TRUE(parsed.ok()) << row.text << ": " << parsed.status();
    EXPECT_EQ(std::get<Step>(parsed->scenario.actions[0]), row.value) << row.text;
  }
}

TEST(StepText, TellsWhenAStepOfAnotherThreadHappens) {
  const StepRow kRows[] = {
      {{.kind = StepKind::kSignal, .moment = Moment::During(1)}, "meanwhile 1 signal"},
      {{.kind = StepKind::kSignal, .moment = Moment::Any()}, "meanwhile any signal"},
      {{.kind = StepKind::kUnlockAll, .moment = Moment::During(15)}, "meanwhile 15 unlock-all"},
      {{.kind = StepKind::kTruncate,
        .moment = Moment::During(2),
        .length = {.pages = 1},
        .file = 1},
       "meanwhile 2 truncate f1 1p"},
      {{.moment = Moment::Any(), .at = {.pages = 1}, .length = {.pages = 2}},
       "meanwhile any map p1 2p private none anon"},
  };
  for (const StepRow& row : kRows) {
    EXPECT_EQ(Print(row.value), row.text);
    const auto parsed = Parse(absl::StrCat("file f0 memfd 1p\nfile f1 memfd 4p\n", row.text,
                                           "\ncall addr=p0 len=0 flags=0\n"));
    ASSERT_TRUE(parsed.ok()) << row.text << ": " << parsed.status();
    EXPECT_EQ(std::get<Step>(parsed->scenario.actions[0]), row.value) << row.text;
  }
}

TEST(StepText, NamesTheDescriptorThatIsOpenedAnew) {
  const auto parsed =
      Parse("file f0 disk 1p\nfile f1 open f0\nreopen f1\ncall addr=p0 len=0 flags=0\n");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const Step reopen = {.kind = StepKind::kReopen, .file = 1};
  EXPECT_EQ(std::get<Step>(parsed->scenario.actions[0]), reopen);
  EXPECT_EQ(Print(reopen), "reopen f1");
}

struct ErrorRow {
  std::string text;
  std::string message;
};

TEST(StepText, SaysWhatBelongsToAStepOfAnotherThread) {
  const ErrorRow kRows[] = {
      {"meanwhile",
       "1:10: expected any, or the number of an fsync, 1 to 15, found the end of the "
       "line"},
      {"meanwhile 0 signal", "1:11: expected any, or the number of an fsync, 1 to 15, found \"0\""},
      {"meanwhile 16 signal",
       "1:11: expected any, or the number of an fsync, 1 to 15, found \"16\""},
      {"meanwhile signal",
       "1:11: expected any, or the number of an fsync, 1 to 15, found \"signal\""},
      {"signal",
       "1:1: expected `meanwhile` before `signal`: else nothing waits for it, found "
       "\"signal\""},
      {"file f0 disk 1p\nreopen f0",
       "2:1: expected a file that is declared with `open`, found \"reopen f0\""},
      {"reopen f0", "1:1: expected a file that is declared above, found \"reopen f0\""},
      {"meanwhile 1 unlock-all\n",
       "2:1: expected at least one call, found the end of the scenario"},
      {"call addr=p0 len=0 flags=0\nmeanwhile 1 unlock-all",
       "2:1: expected a call after a step with `meanwhile`, found the end of the scenario"},
      {"meanwhile 2 unlock-all\nmeanwhile 1 unlock-all\ncall addr=p0 len=0 flags=0",
       "3:1: expected after a step with `meanwhile`: the call that it concerns, or a later step of "
       "that kind, found the end of the scenario"},
      {"meanwhile 2 unlock-all\nunlock-all\ncall addr=p0 len=0 flags=0",
       "3:1: expected after a step with `meanwhile`: the call that it concerns, or a later step of "
       "that kind, found the end of the scenario"},
      {"fork\nmeanwhile 1 signal\ncall addr=p0 len=0 flags=0",
       "3:1: expected `fork` or `meanwhile`: a child has no second thread, found the end of the "
       "scenario"},
  };
  for (const ErrorRow& row : kRows) {
    const absl::StatusOr<AnnotatedScenario> parsed = Parse(row.text);
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << row.text;
    EXPECT_EQ(parsed.status().message(), row.message) << row.text;
  }
}

}  // namespace
}  // namespace msyncspec
