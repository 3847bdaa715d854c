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

TEST(Layout, LockStaysBehindWhereTheLockFails) {
  const LayoutRow kRows[] = {
      {After(kAnon, "protect p0 4p none\nlock p0 4p"), "0 0 ENOMEM", "[p0,p4) private none locked"},
      {After(kAnon, "protect p0 4p none\nlock-on-fault p0 4p"), "0 0 0",
       "[p0,p4) private none onfault"},
      {After(kFile, "unmap p1 1p\nlock p0 4p"), "0 0 ENOMEM",
       "[p0,p1) shared rw f0@0 locked; [p2,p4) shared rw f0@2"},
      {After(kFile, "unmap p1 1p\nunlock p0 4p"), "0 0 ENOMEM",
       "[p0,p1) shared rw f0@0; [p2,p4) shared rw f0@2"},
      {"lock p0 1p", "ENOMEM", ""},
      {"file f0 disk 1p\nmap p0 2p private rw f0@0\nlock p0 2p", "0 ENOMEM",
       "[p0,p2) private rw f0@0 locked"},
      {"file f0 disk 1p\nmap p0 2p private rw f0@0\nlock p0 1p", "0 0",
       "[p0,p1) private rw f0@0 locked; [p1,p2) private rw f0@1"},
      {"map p0 2p private none anon locked", "0", "[p0,p2) private none locked"},
  };
  CheckAll(kRows);
}

TEST(Layout, LocksWholePagesAndUnlocksThem) {
  const LayoutRow kRows[] = {
      {After(kFile, "lock p1+4095 2"), "0 0",
       "[p0,p1) shared rw f0@0; [p1,p3) shared rw f0@1 locked; [p3,p4) shared rw f0@3"},
      {After(kFile, "lock p0 4p\nunlock p1 2p"), "0 0 0",
       "[p0,p1) shared rw f0@0 locked; [p1,p3) shared rw f0@1; [p3,p4) shared rw f0@3 locked"},
      {After(kFile, "lock p0 4p\nlock-on-fault p0 4p"), "0 0 0", "[p0,p4) shared rw f0@0 onfault"},
      {"file f0 secret 4p\nmap p0 2p shared rw f0@0\nunlock p0 2p\nunlock-all\nlock p0 2p",
       "0 0 0 ENOMEM", "[p0,p2) shared rw f0@0 locked"},
      {"file f0 secret 4p\nlock-all future onfault\nmap p0 2p shared rw f0@0\nlock p0 2p", "0 0 0",
       "[p0,p2) shared rw f0@0 onfault"},
      {"file f0 bpf_array 1p\nmap p0 1p shared rw f0@0 locked\nlock p0 1p\nlock-all current",
       "0 0 0", "[p0,p1) shared rw f0@0"},
      {"file f0 io_uring 1p\nlock-all future\nmap p0 1p shared rw f0@0", "0 0",
       "[p0,p1) shared rw f0@0"},
  };
  CheckAll(kRows);
}

TEST(Layout, LocksAllThatIsThereOrAllThatComes) {
  const LayoutRow kRows[] = {
      {After(kAnon, "lock-all current\nmap p8 1p private rw anon"), "0 0 0",
       "[p0,p4) private rw locked; [p8,p9) private rw"},
      {After(kAnon, "lock-all future\nmap p8 1p private rw anon"), "0 0 0",
       "[p0,p4) private rw; [p8,p9) private rw locked"},
      {After(kAnon, "lock-all current future onfault\nmap p8 1p private rw anon locked"), "0 0 0",
       "[p0,p4) private rw onfault; [p8,p9) private rw onfault"},
      {After(kAnon, "lock-all future\nlock-all current\nmap p8 1p private rw anon"), "0 0 0 0",
       "[p0,p4) private rw locked; [p8,p9) private rw"},
      {After(kAnon, "lock-all current future\nunlock-all\nmap p8 1p private rw anon"), "0 0 0 0",
       "[p0,p4) private rw; [p8,p9) private rw"},
      {"lock-all", "EINVAL", ""},
      {"lock-all onfault", "EINVAL", ""},
  };
  CheckAll(kRows);
}

TEST(Layout, LocksNoMoreThanTheLimit) {
  const Bytes none = {0}, two_pages = {2 * 4096 + 100};
  const LayoutRow kRows[] = {
      {.steps = After(kAnon,
                      "lock p0 1p\nlock p0 0\nlock-on-fault p0 1p\nlock-all current\n"
                      "map p8 1p private rw anon locked\nunlock p0 4p\nunlock-all"),
       .answers = "0 EPERM EPERM EPERM EPERM EPERM 0 0",
       .layout = "[p0,p4) private rw",
       .lock_limit = none},
      {.steps = After(kFile, "lock p0 3p\nlock p0 2p\nlock p1 1p\nlock p1 2p\nlock-all current"),
       .answers = "0 ENOMEM 0 0 ENOMEM ENOMEM",
       .layout = "[p0,p2) shared rw f0@0 locked; [p2,p4) shared rw f0@2",
       .lock_limit = two_pages},
      {.steps = "map p0 3p private rw anon locked\nmap p0 2p private rw anon locked\n"
                "map p4 1p private rw anon locked",
       .answers = "EAGAIN 0 EAGAIN",
       .layout = "[p0,p2) private rw locked",
       .lock_limit = two_pages},
      {.steps = "file f0 bpf_array 4p\nmap p0 3p shared rw f0@0 locked",
       .answers = "EAGAIN",
       .lock_limit = two_pages},
      {.steps = "file f0 secret 4p\nmap p0 8p shared rw anon\nmap p1 3p shared rw f0@0",
       .answers = "0 EAGAIN",
       .layout = "[p0,p1) shared rw; [p4,p8) shared rw",
       .lock_limit = two_pages},
      {.steps = "map p0 1p private rw anon locked\nremap p0 1p 2p\nremap p0 2p 3p",
       .answers = "0 0 EAGAIN",
       .layout = "[p0,p2) private rw locked",
       .lock_limit = two_pages},
  };
  CheckAll(kRows);
}

TEST(Layout, RemapsInPlace) {
  const LayoutRow kRows[] = {
      {After(kFile, "remap p1 3p 1p"), "0 0", "[p0,p2) shared rw f0@0"},
      {After(kFile, "remap p0 4p 6p"), "0 0", "[p0,p6) shared rw f0@0"},
      {After(kFile, "remap p0 2p 3p"), "0 ENOMEM", "[p0,p4) shared rw f0@0"},
      {After(kFile, "map p5 1p private r anon\nremap p0 4p 6p"), "0 0 ENOMEM",
       "[p0,p4) shared rw f0@0; [p5,p6) private r"},
      {After(kFile, "remap p0 5p 6p\nremap p4 1p 1p"), "0 EFAULT EFAULT", "[p0,p4) shared rw f0@0"},
      {After(kFile, "remap p0 0 1p"), "0 ?", "[p0,p4) shared rw f0@0"},
      {"map p0 1p shared rw anon\nremap p0 1p 2p", "0 ?", "[p0,p1) shared rw"},
      {"map p0 1p private rw anon\nmap p1 1p private rw anon\nremap p0 2p 3p", "0 0 ?",
       "[p0,p1) private rw; [p1,p2) private rw"},
      {"file f0 bpf_array 2p\nmap p0 1p shared rw f0@0\nremap p0 1p 2p", "0 EFAULT",
       "[p0,p1) shared rw f0@0"},
  };
  CheckAll(kRows);
}

TEST(Layout, RemapsToAnotherPlace) {
  const char kTwo[] =
      "file f0 disk 8p\nmap p0 1p shared rw f0@0\nmap p2 1p shared r f0@5p\n"
      "map p8 4p private rw anon\n";
  const char kAlone[] = "file f0 shm 2p\nmap p0 2p shared rw f0@0\n";
  const LayoutRow kRows[] = {
      {After(kFile, "remap p1 2p 2p to=p8"), "0 0",
       "[p0,p1) shared rw f0@0; [p3,p4) shared rw f0@3; [p8,p10) shared rw f0@1"},
      {After(kFile, "lock p0 4p\nremap p0 4p 2p to=p8"), "0 0 0", "[p8,p10) shared rw f0@0 locked"},
      {After(kFile, "remap p3 1p 2p to=p8"), "0 0",
       "[p0,p3) shared rw f0@0; [p8,p10) shared rw f0@3"},
      {After(kFile, "remap p0 2p 2p to=p1\nremap p0 1p 3p to=p0"), "0 EINVAL EINVAL",
       "[p0,p4) shared rw f0@0"},
      {After(kFile, "remap p0 1p 1p to=p3"), "0 0",
       "[p1,p3) shared rw f0@1; [p3,p4) shared rw f0@0"},
      {After(kTwo, "remap p0 3p 3p to=p8"), "0 0 0 0",
       "[p8,p9) shared rw f0@0; [p9,p10) private rw; [p10,p11) shared r f0@5; [p11,p12) private "
       "rw"},
      {After(kTwo, "remap p1 2p 2p to=p8"), "0 0 0 EFAULT",
       "[p0,p1) shared rw f0@0; [p2,p3) shared r f0@5; [p8,p12) private rw"},
      {.steps = After(kTwo, "remap p0 3p 3p to=p8"),
       .answers = "0 0 0 EFAULT",
       .layout = "[p0,p1) shared rw f0@0; [p2,p3) shared r f0@5; [p11,p12) private rw",
       .profile = "linux-3.16"},
      {.steps = After(kTwo, "remap p0 3p 2p to=p8"),
       .answers = "0 0 0 EFAULT",
       .layout = "[p0,p1) shared rw f0@0; [p10,p12) private rw",
       .profile = "linux-3.16"},
      {.steps = After(kFile, "remap p1 2p 2p to=p8"),
       .answers = "0 0",
       .layout = "[p0,p1) shared rw f0@0; [p3,p4) shared rw f0@3; [p8,p10) shared rw f0@1",
       .profile = "linux-3.16"},
      {After(kAlone, "remap p0 2p 2p to=p8"), "0 0", "[p8,p10) shared rw f0@0"},
      {After(kAlone, "remap p0 3p 3p to=p8"), "0 EFAULT", "[p0,p2) shared rw f0@0"},
      {"file f0 dev_zero 2p\nmap p0 1p private rw anon\nmap p1 2p private rw f0@0\n"
       "remap p0 3p 3p to=p8",
       "0 0 EFAULT", "[p1,p3) private rw f0@0; [p8,p9) private rw"},
      {"file f0 secret 1p\nmap p0 1p shared rw f0@0\nremap p0 1p 1p to=p8", "0 ?",
       "[p0,p1) shared rw f0@0 locked"},
      {After(kFile, "remap p0 0 1p to=p8"), "0 ?", "[p0,p4) shared rw f0@0"},
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

TEST(Layout, StoreGrowsAMappingDownWhereItMay) {
  const std::string at_p9 = "map p9 1p private rw anon growsdown\n";
  const LayoutRow kRows[] = {
      {at_p9 + "write p7 1p", "0 0", "[p7,p10) private rw growsdown"},
      {at_p9 + "write p7 3p", "0 0", "[p7,p10) private rw growsdown"},
      {at_p9 + "write p7 4p", "0 SIGSEGV", "[p9,p10) private rw growsdown"},
      {at_p9 + "write p10 1p", "0 SIGSEGV", "[p9,p10) private rw growsdown"},
      {at_p9 + "map p0 1p private r anon\nwrite p8 1p", "0 0 SIGSEGV",
       "[p0,p1) private r; [p9,p10) private rw growsdown"},
      {at_p9 + "map p0 1p private none anon\nwrite p8 1p", "0 0 0",
       "[p0,p1) private none; [p8,p10) private rw growsdown"},
      {at_p9 + "map p0 1p private rw anon growsdown\nwrite p1 9p", "0 0 0",
       "[p0,p1) private rw growsdown; [p1,p10) private rw growsdown"},
      {at_p9 + "protect p9 1p none\nwrite p8 1p", "0 0 SIGSEGV", "[p9,p10) private none growsdown"},
      {at_p9 + "protect p9 1p r\nwrite p8 1p", "0 0 SIGSEGV", "[p9,p10) private r growsdown"},
      {"map p0 1p private r anon\nmap p254 1p private rw anon growsdown\nwrite p253 1p",
       "0 0 SIGSEGV", "[p0,p1) private r; [p254,p255) private rw growsdown"},
      {.steps = "map p9 1p private rw anon growsdown locked\nwrite p8 1p\nwrite p7 1p",
       .answers = "0 0 SIGSEGV",
       .layout = "[p8,p10) private rw locked growsdown",
       .lock_limit = Bytes{2 * 4096}},
  };
  CheckAll(kRows);
}

TEST(Layout, StoreFaultsWhereNothingTakesIt) {
  const LayoutRow kRows[] = {
      {After(kFile, "write p0 5p\nwrite p3+4095 1\nwrite p3+4095 2"), "0 SIGSEGV 0 SIGSEGV",
       "[p0,p4) shared rw f0@0"},
      {After(kFile, "truncate f0 1p+1\nwrite p0 2p\nwrite p0 3p"), "0 0 0 SIGBUS",
       "[p0,p4) shared rw f0@0"},
      {"file f0 disk 1p\nmap p0 2p private rw f0@0\nwrite p1 1p", "0 SIGBUS",
       "[p0,p2) private rw f0@0"},
      {"file f0 dev_zero 1p\nmap p0 4p shared rw f0@0\nwrite p0 4p", "0 0",
       "[p0,p4) shared rw f0@0"},
      {After(kReadOnlyFile, "write p0 1p"), "0 SIGSEGV", "[p0,p4) shared-read-only r f0@0"},
      {"file f0 bpf_array 1p\nmap p0 1p shared rw f0@0\nwrite p0 1p", "0 ?",
       "[p0,p1) shared rw f0@0"},
  };
  CheckAll(kRows);
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
