// SPDX-License-Identifier: MIT
#include "harness/scenario/text_file.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

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

struct FileRow {
  File value;
  std::string canonical, other = canonical;  // another spelling of the same
};

void CheckRow(const FileRow& row) {
  EXPECT_EQ(PrintFile(row.value), row.canonical);
  for (const std::string& text : {row.canonical, row.other}) {
    const auto parsed = Parse(absl::StrCat("file f0 fuse 2p\nfile f1 memfd 2p readonly\nfile f2 ",
                                           text, "\ncall addr=p0 len=0 flags=0\n"));
    ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
    EXPECT_EQ(parsed->scenario.files[2], row.value) << text;
  }
}

TEST(FileText, TellsHowADescriptorComesFromAnother) {
  const FileRow kRows[] = {
      {{.backing = Backing::kFuse, .pages = 2, .origin = Origin::kDup, .of = 0}, "dup f0"},
      {{.pages = 2, .descriptor = Descriptor::kReadOnly, .origin = Origin::kDup, .of = 1},
       "dup f1",
       "dup f1 readonly"},
      {{.backing = Backing::kFuse, .pages = 2, .origin = Origin::kReopened, .of = 0}, "open f0"},
      {{.pages = 2, .origin = Origin::kReopened, .of = 1}, "open f1"},
      {{.pages = 2, .descriptor = Descriptor::kReadOnly, .origin = Origin::kReopened, .of = 1},
       "open f1 readonly"},
  };
  for (const FileRow& row : kRows) CheckRow(row);
}

File Served(Fault fsync, Fault write, ServerCache cache = ServerCache::kWriteThrough,
            Interrupts interrupts = Interrupts::kIgnored) {
  return {.backing = Backing::kFuse,
          .fsync = fsync,
          .write = write,
          .cache = cache,
          .interrupts = interrupts};
}

TEST(FileText, TellsWhatAServerAnswersHowOftenAndWhere) {
  const FileRow kRows[] = {
      {Served({.error = Errno::kEIO}, {}), "fuse 1p fsync=EIO", "fuse 1p fsync=errno:5"},
      {Served({.error = Errno::kEIO, .times = 2}, {}), "fuse 1p fsync=EIO*2",
       "fuse 1p fsync=EIO*0x2"},
      {Served({}, {.error = Errno::kENOSPC, .end_page = 2, .times = 1}),
       "fuse 1p write=ENOSPC[0,2p)*1", "fuse 1p write=ENOSPC[0p,1p+1p)*1"},
      {Served({}, {.error = Errno::kEIO, .begin_page = 3}), "fuse 1p write=EIO[3p,64p)"},
      {Served({}, {.error = Errno::kEIO}), "fuse 1p write=EIO", "fuse 1p write=EIO[0,64p)"},
      {Served({.error = Errno::kENOSYS}, {.error = Errno::kEIO, .times = 15},
              ServerCache::kWriteback, Interrupts::kAnswered),
       "fuse 1p writeback interruptible fsync=ENOSYS write=EIO*15",
       "fuse 1p write=EIO*15 interruptible fsync=ENOSYS writeback"},
  };
  for (const FileRow& row : kRows) CheckRow(row);
}

struct ErrorRow {
  std::string line;  // the third
  std::string message;
};

TEST(FileText, NamesThePlaceOfTheFirstErrorAndWhatBelongsThere) {
  const ErrorRow kRows[] = {
      {"file f2 dup", "3:12: expected a file, f0 to f7, found the end of the line"},
      {"file f2 dup memfd", "3:13: expected a file, f0 to f7, found \"memfd\""},
      {"file f2 dup f2",
       "3:1: expected a file that is declared above, with an object of its own, "
       "found \"file f2 dup f2\""},
      {"file f2 dup f0 2p",
       "3:16: expected readonly, writeback, interruptible, fsync=… or write=…, found \"2p\""},
      {"file f2 dup f0 readonly",
       "3:1: expected what the file has that it comes from, found \"file f2 dup f0 readonly\""},
      {"file f2 open f0 fsync=EIO",
       "3:1: expected `fsync=`, `write=`, `writeback` and `interruptible` on a new fuse file: no "
       "other has a server that can be told its answers, found \"file f2 open f0 fsync=EIO\""},
      {"file f2 fuse 1p fsync=0", "3:23: expected an error, found \"0\""},
      {"file f2 fuse 1p fsync=EIO*0",
       "3:27: expected how often, such as EIO*1, 1 to 15, found \"0\""},
      {"file f2 fuse 1p fsync=EIO*16",
       "3:27: expected how often, such as EIO*1, 1 to 15, found \"16\""},
      {"file f2 fuse 1p fsync=EIO*",
       "3:27: expected how often, such as EIO*1, 1 to 15, found the end of the line"},
      {"file f2 fuse 1p write=EIO[0,2p",
       "3:23: expected a range of pages such as EIO[0,2p), found \"EIO[0,2p\""},
      {"file f2 fuse 1p write=EIO[0)",
       "3:23: expected a range of pages such as EIO[0,2p), found \"EIO[0)\""},
      {"file f2 fuse 1p write=EIO[0,100)", "3:29: expected whole pages, found \"100\""},
      {"file f2 fuse 1p write=EIO[max,2p)", "3:27: expected whole pages, found \"max\""},
      {"file f2 fuse 1p write=EIO[2p,2p)",
       "3:1: expected a fault in some of the pages 0 to 64, "
       "found \"file f2 fuse 1p write=EIO[2p,2p)\""},
      {"file f2 fuse 1p fsync=EIO[0,1p)",
       "3:1: expected `fsync=` without a range: a server is not told any, "
       "found \"file f2 fuse 1p fsync=EIO[0,1p)\""},
  };
  for (const ErrorRow& row : kRows) {
    const auto parsed = Parse(absl::StrCat("file f0 fuse 2p\nfile f1 memfd 2p\n", row.line));
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << row.line;
    EXPECT_EQ(parsed.status().message(), row.message) << row.line;
  }
}

}  // namespace
}  // namespace msyncspec
