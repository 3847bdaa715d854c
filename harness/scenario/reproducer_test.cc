// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Program(absl::string_view text, const Reproduction& reproduction = {}) {
  return ReproducerC(Parse(text).value().scenario, *FindProfile("linux-6.18"), reproduction);
}

constexpr absl::string_view kAnyCall = "call addr=p0 len=0 flags=0\n";

struct ActionCase {
  std::string name;
  std::string before;  // what stands above it
  std::string action;
  std::string in_c;
};

const ActionCase kActionCases[] = {
    {.name = "map_of_a_file",
     .before = "file f0 memfd 8p\n",
     .action = "map p2 3p shared rw f0@1p",
     .in_c = "\tbegin(\"map p2 3p shared rw f0@1p\");\n"
             "\tgot = ANSWER(mmap(p + 2 * page, 3 * page, PROT_READ | PROT_WRITE,\n"
             "\t\t\t  MAP_SHARED | MAP_FIXED, f0, page));\n"
             "\tlayout(got, 0);\n"},
    {.name = "map_of_nothing",
     .action = "map p0 1p private r anon growsdown",
     .in_c = "\tgot = ANSWER(mmap(p, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS |\n"
             "\t\t\t  MAP_FIXED | MAP_GROWSDOWN, -1, 0));\n"},
    {.name = "map_of_a_segment",
     .before = "file f0 shm 2p\n",
     .action = "map p0 2p shared rw f0@0",
     .in_c = "\tgot = ANSWER(shmat(f0, p, SHM_REMAP));\n"},
    {.name = "map_that_moves",
     .before = "file f0 aio 1p\n",
     .action = "map p4 1p shared rw f0@0",
     .in_c = "\tgot = ANSWER(mremap(f0, page, page, MREMAP_MAYMOVE | MREMAP_FIXED,\n"
             "\t\t\t    p + 4 * page));\n"},
    {.name = "unmap_that_is_refused",
     .action = "unmap p0+1 1p",
     .in_c = "\tgot = ANSWER(munmap(p + 1, page));\n"
             "\tlayout(got, EINVAL);\n"},
    {.name = "protect_of_no_page",
     .action = "protect p0+1 1p none",
     .in_c = "\tgot = ANSWER(syscall(SYS_mprotect, p + 1, page, PROT_NONE));\n"},
    {.name = "lock_on_fault",
     .before = "map p0 1p private rw anon\n",
     .action = "lock-on-fault p0 1p",
     .in_c = "\tgot = ANSWER(syscall(SYS_mlock2, p, page, MLOCK_ONFAULT));\n"},
    {.name = "lock_all",
     .action = "lock-all current future",
     .in_c = "\tgot = ANSWER(mlockall(MCL_CURRENT | MCL_FUTURE));\n"},
    {.name = "remap_elsewhere",
     .before = "map p0 1p private rw anon\n",
     .action = "remap p0 1p 1p to=p4 keep",
     .in_c = "\tgot = ANSWER(mremap(p, page, page,\n"
             "\t\t\t    MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP,\n"
             "\t\t\t    p + 4 * page));\n"},
    {.name = "store",
     .before = "map p0 2p private rw anon\n",
     .action = "write p0 2p",
     .in_c = "\tbegin(\"write p0 2p\");\n"
             "\tstore(p, 2 * page);\n"},
    {.name = "store_that_faults",
     .action = "write p0 1p",
     .in_c = "\t/* write p0 1p: left out, it would raise SIGSEGV */\n"},
    {.name = "truncation",
     .before = "file f0 memfd 4p\n",
     .action = "truncate f0 1p+5",
     .in_c = "\tgot = ANSWER(ftruncate(f0, page + 5));\n"},
    {.name = "call_in_the_arena",
     .action = "call addr=p1 len=2p flags=MS_SYNC|MS_INVALIDATE",
     .in_c = "\tbegin(\"call addr=p1 len=2p flags=MS_SYNC|MS_INVALIDATE\");\n"
             "\tgot = ANSWER(msync(p + page, 2 * page, MS_SYNC | MS_INVALIDATE));\n"
             "\tcompare(\"ENOMEM by hole.nothing_behind\", got, got == ENOMEM);\n"},
    {.name = "call_below_the_arena",
     .action = "call addr=p1-1 len=1 flags=0",
     .in_c = "\tgot = ANSWER(msync(p + page - 1, 1, 0));\n"
             "\tcompare(\"EINVAL by address.unaligned\", got, got == EINVAL);\n"},
    {.name = "call_to_the_last_page",
     .action = "call addr=p1 len=to-last flags=MS_SYNC",
     .in_c = "\tgot = ANSWER(msync(p + page, -page - (size_t)(p + page), MS_SYNC));\n"},
    {.name = "call_of_the_longest_length",
     .action = "call addr=last len=max-1p flags=0x8",
     .in_c = "\tgot = ANSWER(msync((void *)-page, -1UL - page, 0x8));\n"},
    {.name = "call_with_more_flags_than_an_int_has",
     .action = "call addr=p0 len=1p flags=0x100000004",
     .in_c = "\tgot = ANSWER(syscall(SYS_msync, p, page, MS_SYNC | 0x100000000UL));\n"},
    {.name = "call_of_32_bits",
     .action = "call addr=p0 len=1p flags=MS_ASYNC caller=compat",
     .in_c = "\tgot = compat_msync(p, page, MS_ASYNC);\n"},
    {.name = "call_elsewhere",
     .action = "call addr=0x500000 len=1p flags=MS_SYNC",
     .in_c = "\tgot = ANSWER(msync((void *)0x500000UL, page, MS_SYNC));\n"
             "\tleave(\"it depends on what else the process has mapped\", got);\n"},
    {.name = "call_far_beyond_what_can_be_mapped",
     .action = "call addr=last-1p len=1p flags=MS_SYNC",
     .in_c = "\tgot = ANSWER(msync((void *)(-page - page), page, MS_SYNC));\n"
             "\tcompare(\"ENOMEM by hole.nothing_behind\", got, got == ENOMEM);\n"},
};

class EachAction : public ::testing::TestWithParam<ActionCase> {};

TEST_P(EachAction, StandsInTheProgramAsAProgrammerWouldWriteIt) {
  const ActionCase& each = GetParam();
  EXPECT_THAT(Program(absl::StrCat(each.before, each.action, "\n", kAnyCall)),
              HasSubstr(each.in_c));
}

INSTANTIATE_TEST_SUITE_P(ReproducerC, EachAction, ::testing::ValuesIn(kActionCases),
                         [](const auto& each) { return each.param.name; });

TEST(ReproducerC, CarriesTheScenarioAndWhatItIsAbout) {
  const std::string program =
      Program("file f0 memfd 1p\ncall addr=p0 len=0 flags=0\n", {.about = {"A finding.", "Linux"}});
  EXPECT_THAT(program, HasSubstr("/*\n * A finding.\n * Linux\n *\n"));
  EXPECT_THAT(program, HasSubstr(" *\tfile f0 memfd 1p\n *\tcall addr=p0 len=0 flags=0\n"));
  EXPECT_THAT(program, HasSubstr("linux-6.18"));
}

TEST(ReproducerC, ComparesTheStepInQuestion) {
  const std::string text = "unmap p0 1p\nunmap p1 1p\ncall addr=p0 len=0 flags=0\n";
  const std::string program = Program(text, {.step = 1});
  EXPECT_THAT(program, HasSubstr("munmap(p, page));\n\tlayout(got, 0);\n"));
  EXPECT_THAT(program, HasSubstr("munmap(p + page, page));\n\tcompare(\"0\", got, got == 0);\n"));
}

TEST(ReproducerC, HasNoFunctionThatItDoesNotUse) {
  const std::string program = Program(kAnyCall);
  EXPECT_THAT(program, Not(HasSubstr("store(")));
  EXPECT_THAT(program, Not(HasSubstr("memory_file(")));
  EXPECT_THAT(program, Not(HasSubstr("leave(")));
}

TEST(ReproducerC, NeedsPagesOfItsSizeOnlyWhereTheyMatter) {
  const std::string map = "map p0 1p private rw anon\n";
  const std::string demand = "if (page != 4096)";
  EXPECT_THAT(Program(map + "call addr=p0 len=4097 flags=0\n"), HasSubstr(demand));
  EXPECT_THAT(Program(map + "call addr=p0 len=1p+1 flags=0\n"), Not(HasSubstr(demand)));
}

TEST(ReproducerC, NeedsWideRegistersOnlyWhereTheyMatter) {
  const std::string demand = "if (sizeof(long) < 8)";
  EXPECT_THAT(Program("call addr=p0 len=1p flags=0x100000004\n"), HasSubstr(demand));
  EXPECT_THAT(Program("call addr=p0 len=to-last flags=0\n"), Not(HasSubstr(demand)));
}

TEST(ReproducerC, ComparesNothingWhereTheProfileAllowsAnything) {
  const Scenario scenario = Parse("call addr=p0 len=0 flags=MS_SYNC\n").value().scenario;
  EXPECT_THAT(ReproducerC(scenario, *FindProfile("posix-2017"), {}),
              HasSubstr("leave(\"the profile allows anything\", got);"));
}

TEST(ReproducerC, SaysWhichFilesItDoesNotMake) {
  EXPECT_THAT(Program("file f0 ext4 1p\ncall addr=p0 len=0 flags=0\n"),
              HasSubstr("f0 = elsewhere(\"an unnamed file on an ext4 of its own, on a loop \"\n"));
}

TEST(ReproducerC, TellsItsServerWhatToAnswer) {
  const std::string program = Program(
      "file f0 memfd 1p\nfile f1 fuse 4p fsync=EIO*2 write=ENOSPC[1p,2p) writeback\n"
      "call addr=p0 len=0 flags=0\n");
  EXPECT_THAT(program, HasSubstr("static struct served served[] = {\n"
                                 "\t[1] = {\n"
                                 "\t\t.pages = 4,\n"
                                 "\t\t.connection = 2,\n"
                                 "\t\t.writeback = 1,\n"
                                 "\t\t.fsync = { EIO, 0, 64, 2 },\n"
                                 "\t\t.write = { ENOSPC, 1, 2, -1 },\n"
                                 "\t},\n};\n"));
  EXPECT_THAT(program, HasSubstr("\tf1 = served_file(1, 2, O_RDWR);\n"));
}

TEST(ReproducerC, HasAThreadForWhatHappensMeanwhile) {
  const std::string program = Program(
      "file f0 fuse 4p\nmap p0 2p shared rw f0@0\nmeanwhile 1 unmap p1 1p\n"
      "meanwhile 2 lock-all current\ncall addr=p0 len=1p flags=MS_SYNC\n");
  EXPECT_THAT(program, HasSubstr("static int f0;\n\n"
                                 "static void meanwhile_3(void)\n{\n\tint got;\n\n"
                                 "\tawait_fsync();\n"
                                 "\tbegin(\"meanwhile 1 unmap p1 1p\");\n"
                                 "\tgot = ANSWER(munmap(p + page, page));\n"
                                 "\tlayout(got, 0);\n"
                                 "\trelease(1);\n"
                                 "\tawait_fsync();\n"
                                 "\tbegin(\"meanwhile 2 lock-all current\");\n"
                                 "\tgot = ANSWER(mlockall(MCL_CURRENT));\n"
                                 "\tlayout(got, 0);\n"
                                 "\trelease(0);\n}\n"));
  EXPECT_THAT(program, HasSubstr("\tstart_thread(meanwhile_3, 1);\n"
                                 "\tgot = ANSWER(msync(p, page, MS_SYNC));\n"
                                 "\tend_thread();\n"
                                 "\tcompare(\"0 by range.covered\", got, got == 0);\n"));
}

TEST(ReproducerC, PerformsNothingMeanwhileUnlessThereIsOneServer) {
  const std::string steps = "meanwhile 1 unmap p1 1p\ncall addr=p0 len=1p flags=MS_SYNC\n";
  for (const char* files : {"file f0 memfd 1p\n", "file f0 fuse 1p\nfile f1 fuse 1p writeback\n"}) {
    const std::string program = Program(files + steps);
    EXPECT_THAT(program, HasSubstr("cannot(\"`meanwhile` needs fuse files")) << files;
    EXPECT_THAT(program, Not(HasSubstr("await_fsync"))) << files;
  }
  EXPECT_THAT(Program("file f0 fuse 1p\nfile f1 dup f0\nfile f2 memfd 1p\n" + steps),
              HasSubstr("\tawait_fsync();\n"));
}

TEST(ReproducerC, IsNotEndedOrOpenedByWhatItIsAbout) {
  const std::string program = Program(kAnyCall, {.about = {"/tmp/*/a.msync \n\x01"}});
  EXPECT_THAT(program, HasSubstr(" * /tmp/ * /a.msync ??\n"));
}

TEST(ReproducerC, StaysUnder80Columns) {
  const std::string program = Program(
      "file f0 btrfs 64p\nfile f1 memfd 64p\n"
      "map p1000 24p shared rw f1@40p locked populate\n"
      "remap p900+4095 23p+4095 23p+4095 to=p100+4095 keep\n"
      "call addr=p1023+0x7fffffff00000000 len=to-last-1023p+0x7fffffff00000000 "
      "flags=MS_ASYNC|MS_SYNC|MS_INVALIDATE|0xfffffffffffffff8 caller=compat\n",
      {.about = {std::string(200, 'x')}});
  for (const absl::string_view line : absl::StrSplit(program, '\n')) {
    size_t columns = 0;
    for (const char c : line) columns = c == '\t' ? (columns / 8 + 1) * 8 : columns + 1;
    EXPECT_LT(columns, 80) << line;
  }
}

}  // namespace
}  // namespace msyncspec
