// SPDX-License-Identifier: MIT
//
// Answers and layouts are written by hand, from what was measured on 6.18.44.
#include <gmock/gmock.h>

#include "harness/scenario/layout_rows.h"

namespace msyncspec {
namespace {

TEST(Layout, KeepingRemapLeavesAllOfTheMappingUnlocked) {
  const LayoutRow kRows[] = {
      {After(kFile, "lock p0 4p\nremap p0 4p 4p to=p8 keep"), "0 0 0",
       "[p0,p4) shared rw f0@0; [p8,p12) shared rw f0@0 locked"},
      {After(kFile, "lock p0 4p\nremap p1 1p 1p to=p8 keep"), "0 0 ?",
       "[p0,p4) shared rw f0@0 locked"},
      {After(kFile, "lock p1 1p\nremap p1 1p 1p to=p8 keep"), "0 0 0",
       "[p0,p1) shared rw f0@0; [p1,p2) shared rw f0@1; [p2,p4) shared rw f0@2; "
       "[p8,p9) shared rw f0@1 locked"},
      {After(kFile, "unmap p1 1p\nremap p0 3p 3p to=p8 keep"), "0 0 0",
       "[p0,p1) shared rw f0@0; [p2,p4) shared rw f0@2; [p8,p9) shared rw f0@0; "
       "[p10,p11) shared rw f0@2"},
      {After(kFile, "remap p0 2p 1p to=p8 keep\nremap p0 1p 2p to=p8 keep"), "0 EINVAL EINVAL",
       "[p0,p4) shared rw f0@0"},
      {After(kFile, "remap p0 2p 2p to=p1 keep\nremap p6 1p 1p to=p8 keep"), "0 EINVAL EFAULT",
       "[p0,p4) shared rw f0@0"},
      {After(kAnon, "map p4 1p private rw anon\nlock p0 5p\nremap p0 1p 1p to=p8 keep"), "0 0 0 ?",
       "[p0,p4) private rw locked; [p4,p5) private rw locked"},
  };
  CheckAll(kRows);
}

TEST(Layout, DoesNotFollowALockWhereWhatIsMovedMayJoinWhatStays) {
  const char kLocked[] = "map p0 2p private r anon\nlock p0 2p\n";
  const LayoutRow kRows[] = {
      {After(kLocked, "remap p0 2p 2p to=p2 keep"), "0 0 ?", "[p0,p2) private r locked"},
      {After(kLocked, "remap p0 1p 1p to=p2 keep"), "0 0 ?", "[p0,p2) private r locked"},
      {After(kLocked, "remap p0 2p 2p to=p3 keep"), "0 0 0",
       "[p0,p2) private r; [p3,p5) private r locked"},
  };
  CheckAll(kRows);
}

TEST(Layout, DoesNotFollowPrivateZerosThatHaveBeenMoved) {
  const char kZeros[] = "file f0 dev_zero 1p\nmap p0 2p private rw f0@0\nremap p0 1p 1p to=p4\n";
  const LayoutRow kRows[] = {
      {After(kZeros, "remap p4 1p 1p to=p6"), "0 0 ?",
       "[p1,p2) private rw f0@1; [p4,p5) private rw f0@0"},
  };
  CheckAll(kRows);
}

TEST(Layout, GuardPagesFaultAndStayMapped) {
  const LayoutRow kRows[] = {
      {After(kAnon,
             "advise p1 1p guard\nwrite p1 1p\nwrite p0 1p\nadvise p0 4p unguard\nwrite p0 4p"),
       "0 0 SIGSEGV 0 0 0", "[p0,p4) private rw"},
      {After(kAnon, "advise p1 1p guard\nlock p0 4p"), "0 0 ENOMEM", "[p0,p4) private rw locked"},
      {After(kAnon, "advise p1 1p guard\nlock-on-fault p0 4p"), "0 0 0",
       "[p0,p4) private rw onfault"},
      {After(kAnon, "lock p1 1p\nadvise p0 4p guard\nwrite p0 1p\nwrite p2 1p"),
       "0 0 EINVAL SIGSEGV 0", "[p0,p1) private rw; [p1,p2) private rw locked; [p2,p4) private rw"},
      {After(kAnon, "advise p3 2p guard\nwrite p3 1p\nadvise p8 1p unguard"),
       "0 ENOMEM SIGSEGV ENOMEM", "[p0,p4) private rw"},
      {After(kAnon, "advise p0 1p guard\nremap p0 2p 2p to=p8\nwrite p8 1p\nwrite p9 1p"),
       "0 0 0 SIGSEGV 0", "[p2,p4) private rw; [p8,p10) private rw"},
      {After(kAnon, "advise p0 1p guard\nremap p0 1p 1p to=p8 keep\nwrite p8 1p\nwrite p0 1p"),
       "0 0 0 SIGSEGV 0", "[p0,p4) private rw; [p8,p9) private rw"},
      {After(kAnon, "advise p0 1p guard\nmap p0 1p private rw anon\nwrite p0 1p"), "0 0 0 0",
       "[p0,p1) private rw; [p1,p4) private rw"},
      {After(kFile, "truncate f0 0\nadvise p0 1p guard\nwrite p0 1p\nwrite p1 1p"),
       "0 0 0 SIGSEGV SIGBUS", "[p0,p4) shared rw f0@0"},
      {"file f0 perf 1p\nmap p0 1p shared rw f0@0\nadvise p0 1p guard\nadvise p0 1p unguard",
       "0 EINVAL EINVAL", "[p0,p1) shared rw f0@0 not-forked"},
  };
  CheckAll(kRows);
}

TEST(Layout, ChildHasNoLocksAndNothingThatWasNotToBeForked) {
  const LayoutRow kRows[] = {
      {After(kFile, "lock p1 1p\nlock-all future\nfork\nmap p8 1p private rw anon"), "0 0 0 0 0",
       "[p0,p1) shared rw f0@0; [p1,p2) shared rw f0@1; [p2,p4) shared rw f0@2; "
       "[p8,p9) private rw"},
      {After(kFile, "advise p1 2p dontfork\nadvise p2 1p dofork\nfork"), "0 0 0 0",
       "[p0,p1) shared rw f0@0; [p2,p4) shared rw f0@2"},
      {After(kFile, "advise p1 1p dontfork\nadvise p0 4p dofork"), "0 0 0",
       "[p0,p4) shared rw f0@0"},
      {After(kFile, "lock p0 2p\nfork\nlock p0 4p"), "0 0 0 0", "[p0,p4) shared rw f0@0 locked"},
      {"file f0 secret 1p\nmap p0 1p shared rw f0@0\nfork\nlock p0 1p", "0 0 ENOMEM",
       "[p0,p1) shared rw f0@0"},
      {"file f0 perf 1p\nmap p0 1p shared rw f0@0\nadvise p0 1p dofork\nfork", "0 ? 0", ""},
      {After(kAnon, "advise p0 1p guard\nfork\nwrite p0 1p"), "0 0 0 SIGSEGV",
       "[p0,p4) private rw"},
      {After(kFile, "advise p0 1p guard\nfork"), "0 0 ?", "[p0,p4) shared rw f0@0"},
  };
  CheckAll(kRows);
}

TEST(Layout, SealKeepsAMappingWhereAndAsItIs) {
  const LayoutRow kRows[] = {
      {After(kFile, "seal p1 1p\nunmap p0 4p\nmap p0 4p private rw anon"), "0 0 EPERM EPERM",
       "[p0,p1) shared rw f0@0; [p1,p2) shared rw f0@1 sealed; [p2,p4) shared rw f0@2"},
      {After(kFile, "seal p3 2p\nseal p8 0\nseal p0+1 1p"), "0 ENOMEM 0 EINVAL",
       "[p0,p4) shared rw f0@0"},
      {After(kFile, "seal p1 1p\nprotect p0 4p r"), "0 0 EPERM",
       "[p0,p1) shared r f0@0; [p1,p2) shared rw f0@1 sealed; [p2,p4) shared rw f0@2"},
      {After(kFile, "seal p1 1p\nremap p0 4p 4p to=p8"), "0 0 EPERM",
       "[p1,p2) shared rw f0@1 sealed; [p2,p4) shared rw f0@2; [p8,p9) shared rw f0@0"},
      {After(kFile, "seal p1 1p\nremap p2 1p 1p to=p1\nremap p1 1p 0\nremap p0 4p 1p"),
       "0 0 EPERM EINVAL EPERM",
       "[p0,p1) shared rw f0@0; [p1,p2) shared rw f0@1 sealed; [p2,p4) shared rw f0@2"},
      {After(kFile, "seal p1 1p\nseal p0 4p\nlock p0 4p"), "0 0 0 0",
       "[p0,p4) shared rw f0@0 locked sealed"},
      {After(kReadOnlyFile, "seal p0 4p\nprotect p0 4p rw\nprotect p0 4p r"), "0 0 EACCES EPERM",
       "[p0,p4) shared-read-only r f0@0 sealed"},
      {"map p0 1p private r anon\nseal p0 1p\nadvise p0 1p dontneed\nadvise p0 1p unguard\n"
       "advise p0 1p dontfork",
       "0 0 EPERM 0 EPERM", "[p0,p1) private r sealed"},
  };
  CheckAll(kRows);
}

TEST(Layout, UserfaultKeepsMappingsApartAndStoresAway) {
  const LayoutRow kRows[] = {
      {"file f0 memfd 4p\nmap p0 4p shared rw f0@0\nuserfault p1 1p\nwrite p0 1p\nwrite p1 1p",
       "0 0 0 ?",
       "[p0,p1) shared rw f0@0; [p1,p2) shared rw f0@1 userfault; [p2,p4) shared rw f0@2"},
      {"file f0 memfd 4p\nmap p0 4p shared rw f0@0\nuserfault p1 1p\nuserfault p0 5p", "0 0 0",
       "[p0,p4) shared rw f0@0 userfault"},
      {After(kAnon, "userfault p0 4p\nlock p0 1p"), "0 0 ?", "[p0,p4) private rw userfault"},
      {After(kAnon, "userfault p0 4p\nlock-on-fault p0 1p\nfork"), "0 0 0 0",
       "[p0,p1) private rw; [p1,p4) private rw"},
      {After(kAnon, "userfault p0 4p\nremap p0 1p 1p to=p8 keep"), "0 0 0",
       "[p0,p4) private rw userfault; [p8,p9) private rw"},
      {After(kAnon, "userfault p8 1p\nuserfault p0 0\nuserfault p0 1\nuserfault p0+1 1p"),
       "0 EINVAL EINVAL EINVAL EINVAL", "[p0,p4) private rw"},
      {After(kFile, "userfault p0 4p"), "0 EINVAL", "[p0,p4) shared rw f0@0"},
      {"file f0 memfd 1p readonly\nmap p0 1p shared r f0@0\nuserfault p0 1p", "0 EPERM",
       "[p0,p1) shared-read-only r f0@0"},
  };
  CheckAll(kRows);
}

TEST(Layout, DroppableMemoryTakesNoLocks) {
  const LayoutRow kRows[] = {
      {"map p0 1p private rw anon droppable\nlock p0 1p\nuserfault p0 1p", "0 0 EINVAL",
       "[p0,p1) private rw droppable"},
      {"map p0 1p private rw anon locked droppable\nmap p0 1p private rw anon growsdown droppable",
       "EINVAL EINVAL", ""},
      {"lock-all future\nmap p0 1p private rw anon droppable\nremap p0 1p 1p to=p8", "0 0 0",
       "[p8,p9) private rw droppable"},
  };
  CheckAll(kRows);
}

TEST(Layout, FollowsNothingThatTheKernelLacks) {
  const LayoutRow kRows[] = {
      {.steps = "seal p0 1p", .answers = "?", .features = {.seal = false}},
      {.steps = "userfault p0 1p", .answers = "?", .features = {.userfault = false}},
      {.steps = "advise p0 1p guard", .answers = "?", .features = {.guard_pages = false}},
      {.steps = "map p0 1p shared rw anon\nadvise p0 1p guard",
       .answers = "0 ?",
       .layout = "[p0,p1) shared rw",
       .features = {.guard_pages_in_files = false}},
      {.steps = "remap p0 1p 1p to=p8 keep", .answers = "?", .features = {.keeping_remap = false}},
      {.steps = "map p0 1p shared rw anon\nremap p0 1p 1p to=p8 keep",
       .answers = "0 ?",
       .layout = "[p0,p1) shared rw",
       .features = {.keeping_remap_of_files = false}},
      {.steps = "map p0 1p private rw anon droppable",
       .answers = "?",
       .features = {.droppable = false}},
  };
  CheckAll(kRows);
}

}  // namespace
}  // namespace msyncspec
