// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <csignal>
#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr Access kReadWrite = Access::kRead | Access::kWrite;
constexpr char kExample[] =
    R"(# EBUSY wins over the hole before it, and what precedes the lock has been synced
file  f0  memfd 4p
map   p0 2p  shared rw  f0@0
map   p3 1p  private rw anon
lock  p3 1p
call  addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE
expect linux-6.18  EBUSY  by=mapping.locked  synced=f0[0,2p)
)";

AnnotatedScenario ExampleValue() {
  AnnotatedScenario value;
  value.scenario.files = {{.backing = Backing::kMemfd, .pages = 4}};
  value.scenario.actions = {
      Step{.kind = StepKind::kMap,
           .at = {.pages = 0},
           .length = {.pages = 2},
           .sharing = MapSharing::kShared,
           .access = kReadWrite,
           .file = 0},
      Step{
          .kind = StepKind::kMap, .at = {.pages = 3}, .length = {.pages = 1}, .access = kReadWrite},
      Step{.kind = StepKind::kLock, .at = {.pages = 3}, .length = {.pages = 1}},
      SymbolicCall{.addr = {.pages = 0}, .length = {.pages = 4}, .flags = SyncFlags(6)}};
  value.expectations = {{.action = 3,
                         .profile = "linux-6.18",
                         .outcomes = Outcomes(Errno::kEBUSY),
                         .rule = "mapping.locked",
                         .synced = {{{.file = 0, .end = {.pages = 2}}}}}};
  return value;
}

TEST(ScenarioText, ParsesToTheValueItDescribes) {
  const absl::StatusOr<AnnotatedScenario> parsed = Parse(kExample);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(*parsed, ExampleValue());
}

TEST(ScenarioText, PrintsWithoutCommentsAndWithOneSpaceBetweenWords) {
  EXPECT_EQ(Print(ExampleValue()),
            "file f0 memfd 4p\n"
            "map p0 2p shared rw f0@0\n"
            "map p3 1p private rw anon\n"
            "lock p3 1p\n"
            "call addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE\n"
            "expect linux-6.18 EBUSY by=mapping.locked synced=f0[0,2p)\n");
}

struct PositionRow {
  Position value;
  std::string canonical, other = canonical;  // another spelling of the same
};

TEST(PositionText, HasOneCanonicalFormAndAcceptsOthers) {
  const PositionRow kRows[] = {
      {{.pages = 0}, "p0", "p0+0"},
      {{.pages = 7}, "p7", "p2+5p"},
      {{.pages = 2, .bytes = 1}, "p2+1", "p0x2+0x1"},
      {{.pages = 2, .bytes = -1}, "p2-1", "p2+0xffffffffffffffff"},
      {{.pages = -1}, "p0-1p", "p1-2p"},
      {{.pages = INT64_MIN}, "p0-0x8000000000000000p", "p0+0x8000000000000000p"},
      {{.anchor = Anchor::kZero}, "0x0", "0"},
      {{.anchor = Anchor::kZero, .bytes = 0x7000}, "0x7000", "28672"},
      {{.anchor = Anchor::kZero, .bytes = -1}, "0xffffffffffffffff", "-1"},
      {{.anchor = Anchor::kZero, .pages = 1, .bytes = 2}, "0x0+1p+2", "2+1p"},
      {{.anchor = Anchor::kLastPage}, "last", "last+0p"},
      {{.anchor = Anchor::kLastPage, .pages = -3, .bytes = 4095}, "last-3p+4095", "last+4095-3p"},
  };
  for (const PositionRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = Parse(absl::StrCat("call addr=", text, " len=0 flags=0"));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(std::get<SymbolicCall>(parsed->scenario.actions[0]).addr, row.value) << text;
    }
    EXPECT_EQ(Print(row.value), row.canonical);
  }
}

struct LengthRow {
  Length value;
  std::string canonical, other = canonical;
};

TEST(LengthText, HasOneCanonicalFormAndAcceptsOthers) {
  const LengthRow kRows[] = {
      {{}, "0", "0p"},
      {{.pages = 4}, "4p", "+4p"},
      {{.pages = 4, .bytes = -1}, "4p-1", "-1+4p"},
      {{.pages = -1, .bytes = 5}, "-1p+5", "5-1p"},
      {{.bytes = 100}, "100", "0x64"},
      {{.bytes = 65536}, "0x10000", "65536"},
      {{.bytes = -4095}, "0xfffffffffffff001", "-4095"},
      {{.base = LengthBase::kMax}, "max"},
      {{.base = LengthBase::kMax, .bytes = -4095}, "max-4095", "max-0xfff"},
      {{.base = LengthBase::kToLast, .pages = 1}, "to-last+1p"},
  };
  for (const LengthRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = Parse(absl::StrCat("call addr=p0 len=", text, " flags=0"));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(std::get<SymbolicCall>(parsed->scenario.actions[0]).length, row.value) << text;
    }
    EXPECT_EQ(Print(row.value), row.canonical);
  }
}

struct FlagsRow {
  uint64_t word;
  std::string canonical, other = canonical;
};

TEST(FlagsText, KeepsAllSixtyFourBits) {
  const FlagsRow kRows[] = {
      {0, "0", "0x0"},
      {1, "MS_ASYNC", "1"},
      {7, "MS_ASYNC|MS_SYNC|MS_INVALIDATE", "MS_INVALIDATE|MS_SYNC|MS_ASYNC"},
      {8, "0x8", "8"},
      {0x80000004, "MS_SYNC|0x80000000", "0x80000000|MS_SYNC"},
      {uint64_t{1} << 32, "0x100000000", "4294967296"},
      {~uint64_t{0}, "MS_ASYNC|MS_SYNC|MS_INVALIDATE|0xfffffffffffffff8", "-1"},
  };
  for (const FlagsRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = Parse(absl::StrCat("call addr=p0 len=0 flags=", text));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(std::get<SymbolicCall>(parsed->scenario.actions[0]).flags.word(), row.word) << text;
    }
    EXPECT_EQ(Print(SyncFlags(row.word)), row.canonical);
  }
}

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

TEST(FileText, IsPrintedAndParsedBack) {
  AnnotatedScenario value;
  value.scenario = {
      .files = {{.backing = Backing::kTmpfs, .pages = 64, .descriptor = Descriptor::kReadOnly},
                {.backing = Backing::kDisk},
                {.backing = Backing::kDeleted, .descriptor = Descriptor::kReadOnly},
                {.backing = Backing::kDevZero},
                {.backing = Backing::kSecret, .pages = 2},
                {.backing = Backing::kIoUring},
                {.backing = Backing::kBpfArray},
                {.backing = Backing::kFuse,
                 .descriptor = Descriptor::kReadOnly,
                 .fsync = {.error = static_cast<Errno>(511)}}},
      .actions = {SymbolicCall{}}};
  EXPECT_EQ(Print(value),
            "file f0 tmpfs 64p readonly\nfile f1 disk 1p\nfile f2 deleted 1p readonly\n"
            "file f3 dev_zero 1p\nfile f4 secret 2p\nfile f5 io_uring 1p\nfile f6 bpf_array 1p\n"
            "file f7 fuse 1p readonly fsync=errno:511\n"
            "call addr=p0 len=0 flags=0\n");
  EXPECT_EQ(Parse(Print(value)).value(), value);
}

TEST(ExpectationText, IsPrintedAndParsedBackWithEveryAttribute) {
  AnnotatedScenario value = ExampleValue();
  value.scenario.actions[2] =
      Step{.kind = StepKind::kWrite, .at = {.pages = 3}, .length = {.pages = 1}};
  value.scenario.actions.push_back(SymbolicCall{.caller = Caller::kCompat32});
  value.expectations = {
      {.action = 0, .profile = "linux-3.16", .outcomes = Outcomes(Errno::kEACCES)},
      {.action = 2, .profile = "linux-6.18", .signal = SIGSEGV},
      {.action = 2, .profile = "linux-3.16", .signal = SIGBUS},
      {.action = 3, .profile = "linux-6.18", .synced = std::vector<ExpectedSync>{}},
      {.action = 4,
       .profile = "linux-1.3.21",
       .outcomes = Outcomes(Errno::kEIO),
       .rule = "file.fsync_error",
       .synced = {{{.file = 0, .to_end_of_file = true, .kind = SyncKind::kFull},
                   {.file = 1,
                    .begin = {.pages = 1},
                    .end = {.pages = 2, .bytes = 9},
                    .kind = SyncKind::kFull,
                    .answer = Errno::kEIO}}}}};
  EXPECT_EQ(Print(value),
            "file f0 memfd 4p\n"
            "map p0 2p shared rw f0@0\nexpect linux-3.16 EACCES\n"
            "map p3 1p private rw anon\n"
            "write p3 1p\nexpect linux-6.18 SIGSEGV\nexpect linux-3.16 SIGBUS\n"
            "call addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE\nexpect linux-6.18 0 synced=none\n"
            "call addr=p0 len=0 flags=0 caller=compat\n"
            "expect linux-1.3.21 EIO by=file.fsync_error "
            "synced=f0[all)+metadata,f1[1p,2p+9)+metadata!EIO\n");
  EXPECT_EQ(Parse(Print(value)).value(), value);
}

TEST(ScenarioText, AcceptsCarriageReturnsTabsBlankLinesAndAMissingLastNewline) {
  EXPECT_EQ(Parse("\r\n\t# nothing\r\nmap\tp0 1p private rw anon # a page\r\n"
                  "call addr=p0 len=1p flags=0 caller=native")
                .value(),
            Parse("map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n").value());
}

struct ErrorRow {
  std::string text;
  std::string message;
};

TEST(ScenarioText, NamesThePlaceOfTheFirstErrorAndWhatBelongsThere) {
  const std::string range =
      "expected a range within the arena, p0 to p1023, with less than 4096 bytes beside whole "
      "pages";
  const ErrorRow kRows[] = {
      {"", "1:1: expected at least one call, found the end of the scenario"},
      {"map p0 1p private rw anon\n",
       "2:1: expected at least one call, found the end of the scenario"},
      {"\n  mpa p0 1p",
       "2:3: expected one of file, call, expect, meanwhile, map, unmap, protect, lock, "
       "lock-on-fault, unlock, lock-all, unlock-all, remap, write, truncate, advise, reopen, "
       "signal, fork, seal, userfault, found \"mpa\""},
      {"\x01\x80",
       "1:1: expected one of file, call, expect, meanwhile, map, unmap, protect, lock, "
       "lock-on-fault, unlock, lock-all, unlock-all, remap, write, truncate, advise, reopen, "
       "signal, fork, seal, userfault, found \"\\001\x80\""},
      {std::string("unmap p\0 1p", 11),
       "1:7: expected a position such as p2, p2+1, last or 0x7000, found \"p\\000\""},
      {"unmap p0",
       "1:9: expected a length such as 4p, 4p-1, 100, max or to-last, "
       "found the end of the line"},
      {"unmap p0 1q",
       "1:10: expected a length such as 4p, 4p-1, 100, max or to-last, found \"1q\""},
      {"unmap p0 18446744073709551616",
       "1:10: expected a length such as 4p, 4p-1, 100, max or to-last, "
       "found \"18446744073709551616\""},
      {"unmap p-1 1p", "1:7: expected a position such as p2, p2+1, last or 0x7000, found \"p-1\""},
      {"unmap p0 1p 2p", "1:13: expected the end of the line, found \"2p\""},
      {"unmap p1023 2p # too far", "1:1: " + range + ", found \"unmap p1023 2p\""},
      {"unmap 0x0 1p", "1:1: " + range + ", found \"unmap 0x0 1p\""},
      {"unmap p0 max", "1:1: " + range + ", found \"unmap p0 max\""},
      {"unmap p0 4096", "1:1: " + range + ", found \"unmap p0 4096\""},
      {"remap p0 1p 1p keep", "1:16: expected the end of the line, found \"keep\""},
      {"map p0 1p shared rw anon droppable",
       "1:1: expected `droppable` on private anonymous memory alone, "
       "found \"map p0 1p shared rw anon droppable\""},
      {"fork\nfork\ncall addr=p0 len=0 flags=0",
       "3:1: expected one `fork` at most, found the end of the scenario"},
      {"remap p0 1p 1p to=p1024", "1:1: " + range + ", found \"remap p0 1p 1p to=p1024\""},
      {"map p0 1p private rwx anon", "1:19: expected one of none, r, w, rw, found \"rwx\""},
      {"map p0 1p private rw f0@0",
       "1:1: expected a file that is declared above, found \"map p0 1p private rw f0@0\""},
      {"map p0 1p private rw f8@0", "1:22: expected a file, f0 to f7, found \"f8\""},
      {"map p0 1p private rw f0@1", "1:25: expected whole pages, found \"1\""},
      {"map p0 1p private rw anon quickly",
       "1:27: expected one of locked, growsdown, populate, droppable, found \"quickly\""},
      {"file f1 memfd 1p", "1:6: expected \"f0\", the next file's name, found \"f1\""},
      {"file f0 floppy 1p",
       "1:9: expected dup, open, or one of memfd, tmpfs, disk, deleted, dev_zero, shm, "
       "secret, io_uring, bpf_array, perf, fuse, ext4, xfs, btrfs, overlay, block, full, "
       "sealed, sealed_write, hugetlb, aio, packet, vdso, vvar, found \"floppy\""},
      {"file f0 memfd 1p+1", "1:15: expected whole pages, found \"1p+1\""},
      {"file f0 memfd 65p", "1:1: expected a size of 1 to 64 pages, found \"file f0 memfd 65p\""},
      {"file f0 memfd 1p fast",
       "1:18: expected readonly, writeback, interruptible, fsync=… or write=…, found \"fast\""},
      {"file f0 fuse 1p fsync=EWHAT",
       "1:23: expected 0, an error name such as EBUSY, or errno:N, found \"EWHAT\""},
      {"file f0 memfd 1p fsync=EIO",
       "1:1: expected `fsync=`, `write=`, `writeback` and `interruptible` on a new fuse file: no "
       "other has a server that can be told its answers, "
       "found \"file f0 memfd 1p fsync=EIO\""},
      {"file f0 secret 1p readonly",
       "1:1: expected no `readonly`: secret is always open for writing, "
       "found \"file f0 secret 1p readonly\""},
      {"file f0 shm 1p\nmap p0 1p private rw f0@0",
       "2:1: expected shared: shm has no private form, found \"map p0 1p private rw f0@0\""},
      {"file f0 shm 2p\nmap p0 1p shared rw f0@0",
       "2:1: expected all 2 pages, shm is attached whole, as rw (r if readonly) and without "
       "options, found \"map p0 1p shared rw f0@0\""},
      {"file f0 dev_zero 2p\nmap p0 1p shared rw f0@1p",
       "2:1: expected offset 0: dev_zero is mapped from its start, "
       "found \"map p0 1p shared rw f0@1p\""},
      {"file f0 bpf_array 2p\nmap p0 2p shared rw f0@1p",
       "2:1: expected whole pages of the file: bpf_array cannot be mapped past its end, "
       "found \"map p0 2p shared rw f0@1p\""},
      {"unlock-all\nfile f0 memfd 1p", "2:1: expected files before the first step, found \"file\""},
      {"truncate f0 1p", "1:1: expected a file that is declared above, found \"truncate f0 1p\""},
      {"expect linux-6.18 0",
       "1:1: expected a step or call above what is expected of it, found \"expect\""},
      {"unlock-all\nexpect linux-99 0", "2:8: expected the name of a profile, found \"linux-99\""},
      {"unlock-all\nexpect linux-6.18 SIGHUP",
       "2:19: expected 0, an error name such as EBUSY, or errno:N, found \"SIGHUP\""},
      {"unlock-all\nexpect linux-6.18 0 by=range.empty",
       "2:21: expected the end of the line, found \"by=range.empty\""},
      {"call addr=p0 len=0 flags=0\nexpect linux-6.18 SIGBUS",
       "2:19: expected 0, an error name such as EBUSY, or errno:N, found \"SIGBUS\""},
      {"file f0 fuse 1p fsync=errno:512",
       "1:1: expected an error up to 511: no server can answer more, found "
       "\"file f0 fuse 1p fsync=errno:512\""},
      {"call addr=p0 len=0 flags=0\nexpect linux-6.18 0 by=magic",
       "2:24: expected the id of a rule, found \"magic\""},
      {"call addr=p0 len=0 flags=0\nexpect linux-6.18 0 synced=",
       "2:28: expected a synced range such as f0[0,2p), found the end of the line"},
      {"call addr=p0 len=0 flags=0\nexpect linux-6.18 0 synced=f0[0,1p),",
       "2:37: expected a synced range such as f0[0,2p), found the end of the line"},
      {"call addr=p0 len=0 flags=0\nexpect linux-6.18 0 synced=f0[0,1p)?",
       "2:28: expected a synced range such as f0[0,2p), found \"f0[0,1p)?\""},
      {"call len=0 addr=0 flags=0", "1:6: expected \"addr=…\", found \"len=0\""},
      {"call addr= len=0 flags=0",
       "1:11: expected a position such as p2, p2+1, last or 0x7000, found \"\""},
      {"call addr=p0 len=0 flags=MS_SINK",
       "1:26: expected flags such as MS_SYNC|MS_INVALIDATE, 0, 0x8 or -1, found \"MS_SINK\""},
      {"call addr=p0 len=0 flags=0x10000000000000000",
       "1:26: expected flags such as MS_SYNC|MS_INVALIDATE, 0, 0x8 or -1, "
       "found \"0x10000000000000000\""},
      {"call addr=p0 len=0 flags=0 caller=arm", "1:35: expected native or compat, found \"arm\""},
  };
  for (const ErrorRow& row : kRows) {
    const absl::StatusOr<AnnotatedScenario> parsed = Parse(row.text);
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << row.text;
    EXPECT_EQ(parsed.status().message(), row.message) << row.text;
  }
}

TEST(ScenarioText, IsRefusedWhereItIsTooLong) {
  std::string files, actions;
  for (int i = 0; i < 9; ++i) absl::StrAppend(&files, "file f", i, " memfd 1p\n");
  for (int i = 0; i < 257; ++i) absl::StrAppend(&actions, "call addr=p0 len=0 flags=0\n");
  const ErrorRow kRows[] = {
      {files, "9:1: expected at most 8 files, found \"file\""},
      {actions, "257:1: expected at most 256 steps and calls, found \"call\""},
      {std::string(1048577, '\n'), "1:1: expected at most 1048576 bytes, found 1048577"},
  };
  for (const ErrorRow& row : kRows) EXPECT_EQ(Parse(row.text).status().message(), row.message);
}

}  // namespace
}  // namespace msyncspec
