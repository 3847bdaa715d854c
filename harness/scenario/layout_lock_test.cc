// SPDX-License-Identifier: MIT
//
// Answers and layouts are written by hand, from what was measured on 6.18.44.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/layout_rows.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

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

}  // namespace
}  // namespace msyncspec
