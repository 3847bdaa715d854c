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

}  // namespace
}  // namespace msyncspec
