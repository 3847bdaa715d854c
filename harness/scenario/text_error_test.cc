// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

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
       "sealed, sealed_write, hugetlb, aio, packet, vdso, vvar, dax, found \"floppy\""},
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
