// SPDX-License-Identifier: MIT
//
// Answers and layouts are written by hand, from what was measured on 6.18.44.
#include "harness/scenario/layout.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "harness/scenario/layout_rows.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

TEST(Layout, MapsUnmapsSplitsAndJoinsMappingsOfASharedFile) {
  const LayoutRow kRows[] = {
      {After(kFile, "unmap p1 1p"), "0 0", "[p0,p1) shared rw f0@0; [p2,p4) shared rw f0@2"},
      {After(kFile, "unmap p1 1p\nmap p1 1p shared rw f0@1p"), "0 0 0", "[p0,p4) shared rw f0@0"},
      {After(kFile, "map p1 1p shared rw f0@0"), "0 0",
       "[p0,p1) shared rw f0@0; [p1,p2) shared rw f0@0; [p2,p4) shared rw f0@2"},
      {After(kFile, "map p4 1p shared rw f0@4p"), "0 0", "[p0,p5) shared rw f0@0"},
      {After(kFile, "map p4 1p shared r f0@4p"), "0 0",
       "[p0,p4) shared rw f0@0; [p4,p5) shared r f0@4"},
      {After(kAnon, "map p4 1p private rw anon"), "0 0", "[p0,p4) private rw; [p4,p5) private rw"},
      {After(kAnon, "unmap p8 2p"), "0 0", "[p0,p4) private rw"},
      {"map p0 1 shared w anon\nmap p2 1p+1 private none anon", "0 0",
       "[p0,p1) shared w; [p2,p4) private none"},
      {"file f0 disk 1p readonly\nmap p0 1p shared rw f0@0\nmap p1 1p private rw f0@0", "EACCES 0",
       "[p1,p2) private rw f0@0"},
      {"file f0 disk 1p\nmap p0 1p shared rw anon growsdown\nmap p0 1p private rw f0@0 growsdown",
       "EINVAL EINVAL", ""},
  };
  CheckAll(kRows);
}

TEST(Layout, ProtectChangesWhatPrecedesAHoleOrARefusal) {
  const LayoutRow kRows[] = {
      {After(kFile, "protect p1 1p r"), "0 0",
       "[p0,p1) shared rw f0@0; [p1,p2) shared r f0@1; [p2,p4) shared rw f0@2"},
      {After(kFile, "protect p1 1p r\nprotect p1 1p rw"), "0 0 0", "[p0,p4) shared rw f0@0"},
      {After(kFile, "unmap p1 1p\nprotect p0 4p none"), "0 0 ENOMEM",
       "[p0,p1) shared none f0@0; [p2,p4) shared rw f0@2"},
      {After(kFile, "protect p2 4p r"), "0 ENOMEM",
       "[p0,p2) shared rw f0@0; [p2,p4) shared r f0@2"},
      {After(kReadOnlyFile, "protect p0 4p rw"), "0 EACCES", "[p0,p4) shared-read-only r f0@0"},
      {After(kReadOnlyFile, "map p4 1p private r anon\nprotect p4 1p w\nprotect p0 5p none"),
       "0 0 0 0", "[p0,p4) shared-read-only none f0@0; [p4,p5) private none"},
      {After(kReadOnlyFile, "map p0 1p private r anon\nprotect p0 4p rw"), "0 0 EACCES",
       "[p0,p1) private rw; [p1,p4) shared-read-only r f0@1"},
      {"file f0 bpf_array 1p\nmap p0 1p shared r f0@0\nprotect p0 1p rw", "0 ?",
       "[p0,p1) shared r f0@0"},
  };
  CheckAll(kRows);
}

TEST(Layout, RefusesUnalignedAddressesWhereLinuxDoes) {
  Check({After(kFile,
               "map p1+1 1p private rw anon\nunmap p1+1 1p\nprotect p1+1 1p r\n"
               "advise p1+1 1p dontneed\nremap p1+1 1p 1p\nremap p0 1p 1p to=p8+1\n"
               "lock p1+1 1\nunlock p1+1 1\nlock-on-fault p1+1 1\nunlock p1+1 1\n"
               "write p1+1 1"),
         "0 EINVAL EINVAL EINVAL EINVAL EINVAL EINVAL 0 0 0 0 0", "[p0,p4) shared rw f0@0"});
}

TEST(Layout, TakesLengthZeroAsLinuxDoes) {
  Check({After(kAnon,
               "map p1 0 private r anon\nunmap p1 0\nprotect p1 0 r\nlock p1 0\n"
               "lock-on-fault p1 0\nunlock p1 0\nadvise p1 0 dontneed\nremap p0 4p 0\n"
               "write p9 0\nwrite p9+1 0\nlock p9 0\nprotect p9 0 r"),
         "0 EINVAL EINVAL 0 0 0 0 0 EINVAL 0 0 0 0", "[p0,p4) private rw"});
  Check({"file f0 secret 2p\nmap p0 2p shared rw f0@0\nlock p1 0", "0 0",
         "[p0,p2) shared rw f0@0 locked"});
}

TEST(Layout, TruncatesWhatHasASizeOfItsOwn) {
  Check(
      {"file f0 memfd 1p\nfile f1 disk 1p readonly\nfile f2 shm 1p\nfile f3 dev_zero 1p\n"
       "file f4 secret 1p\nfile f5 io_uring 1p\nfile f6 bpf_array 1p\nfile f7 fuse 1p\n"
       "truncate f0 0\ntruncate f1 0\ntruncate f2 0\ntruncate f3 0\ntruncate f4 2p\n"
       "truncate f5 0\ntruncate f6 0\ntruncate f7 64p",
       "0 EINVAL EBADF EINVAL EINVAL EINVAL EINVAL 0", ""});
}

TEST(Layout, AdviceRemembersAHoleAndEndsAtALock) {
  const LayoutRow kRows[] = {
      {After(kFile, "advise p0 4p dontneed\nadvise p0 5p dontneed\nadvise p4 1p dontneed"),
       "0 0 ENOMEM ENOMEM", "[p0,p4) shared rw f0@0"},
      {After(kFile, "unmap p1 1p\nlock p3 1p\nadvise p0 3p dontneed\nadvise p0 4p dontneed"),
       "0 0 0 ENOMEM EINVAL",
       "[p0,p1) shared rw f0@0; [p2,p3) shared rw f0@2; [p3,p4) shared rw f0@3 locked"},
      {"file f0 bpf_array 1p\nmap p0 1p shared rw f0@0\nadvise p0 1p dontneed", "0 ?",
       "[p0,p1) shared rw f0@0"},
  };
  CheckAll(kRows);
}

}  // namespace
}  // namespace msyncspec
