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

}  // namespace
}  // namespace msyncspec
