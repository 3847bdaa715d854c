// SPDX-License-Identifier: MIT
#include "harness/executor/this_process.h"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;

// A profile of this machine, but for one thing.
Profile Otherwise(void (*change)(Abi& abi, const Machine& here)) {
  Profile profile = *FindProfile("linux-6.18");
  profile.name = "linux-otherwise";
  change(profile.abi, ThisMachine());
  return profile;
}

Profile CompatOf(const Profile& era) {
  Profile profile = era;
  profile.abi.argument_bits = 32;
  return profile;
}

TEST(ThisMachine, HasTheNumbersOfItsHeadersAndItsPages) {
  const Machine here = ThisMachine();
  EXPECT_EQ(here.page_size.count, static_cast<uint64_t>(sysconf(_SC_PAGESIZE)));
  EXPECT_EQ(here.argument_bits, static_cast<int>(8 * sizeof(void*)));
  EXPECT_GE(here.address_bits, here.argument_bits);
  EXPECT_EQ(here.flags.async, static_cast<uint32_t>(MS_ASYNC));
  EXPECT_EQ(here.flags.invalidate, static_cast<uint32_t>(MS_INVALIDATE));
  EXPECT_EQ(here.flags.sync, static_cast<uint32_t>(MS_SYNC));
  EXPECT_EQ(here.tag, kNoTag);
}

TEST(CanCheck, AllowsEveryEraAndEveryDocument) {
  for (const std::span<const Profile> some : {LinuxProfiles(), DocumentProfiles()}) {
    for (const Profile& profile : some) EXPECT_TRUE(CanCheck(profile).ok()) << profile.name;
  }
}

struct RefusedRow {
  void (*change)(Abi& abi, const Machine& here);
  std::string why;
};

TEST(CanCheck, SaysWhatTheAbiHasThatThisMachineHasNot) {
  const RefusedRow kRows[] = {
      {[](Abi& abi, const Machine& here) {
         abi.flags = here.flags;
         std::swap(abi.flags->sync, abi.flags->invalidate);
       },
       "its MS_ASYNC, MS_INVALIDATE and MS_SYNC are "},
      {[](Abi& abi, const Machine& here) { abi.page_size = Bytes{2 * here.page_size.count}; },
       "its pages have "},
      {[](Abi& abi, const Machine& here) { abi.address_bits = here.address_bits - 1; },
       "its kernel has "},
  };
  for (const RefusedRow& row : kRows) {
    const absl::Status status = CanCheck(Otherwise(row.change));
    EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented) << row.why;
    EXPECT_THAT(std::string(status.message()), HasSubstr("linux-otherwise cannot be checked here"));
    EXPECT_THAT(std::string(status.message()), HasSubstr(row.why));
  }
}

TEST(CanCheck, AllowsAnAbiThatSaysWhatThisMachineIs) {
  EXPECT_TRUE(CanCheck(Otherwise([](Abi& abi, const Machine& here) {
                abi.flags = here.flags;
                abi.page_size = here.page_size;
                abi.address_bits = here.address_bits;
                abi.argument_bits = here.argument_bits;
              })).ok());
}

TEST(CallerOf, IsNativeUnlessTheRegistersAreNarrower) {
  for (const std::span<const Profile> some : {LinuxProfiles(), DocumentProfiles()}) {
    for (const Profile& profile : some) {
      EXPECT_EQ(CallerOf(profile), Caller::kNative) << profile.name;
    }
  }
  if (ThisMachine().argument_bits == 32) GTEST_SKIP() << "no registers here are wider than 32 bits";
  EXPECT_EQ(CallerOf(*FindProfile("linux-6.18-compat")), Caller::kCompat32);
  EXPECT_EQ(CallerOf(CompatOf(*FindProfile("linux-5.4"))), Caller::kCompat32);
}

struct RangeRow {
  const char* name;
  int64_t begin;                 // in pages from the arena's first
  uint64_t length;               // in bytes
  bool where_nothing_is_known;   // whether it depends on what is not known
  bool where_all_else_is_plain;  // and where that is plain
};

TEST(DependsOnUnknown, HoldsOfWhatNoHoleNextToTheArenaDecides) {
  constexpr uint64_t kPage = 4096, kAll = kArenaPages * kPage;
  const RangeRow kRows[] = {
      {"the first page", 0, kPage, false, false},
      {"the whole arena", 0, kAll, false, false},
      {"nothing of it", 0, 0, false, false},
      {"the last byte", kArenaPages - 1, 1, false, false},
      {"a byte beyond it", 0, kAll + 1, true, false},
      {"from it to the end of memory", 8, uint64_t{1} << 40, true, false},
      {"the page behind it", kArenaPages, kPage, true, true},
      {"far behind it", 16 * kArenaPages, kPage, true, true},
      {"the page before it", -1, kPage, true, false},
      {"from before it to its first page", -8, 9 * kPage, true, false},
      {"from before it to beyond it", -8, kAll + 16 * kPage, true, false},
      {"up to the page before it", -8, 7 * kPage, true, true},
      {"less than a page before it", -8, 7 * kPage + 1, true, false},
      {"far before it", -16 * kArenaPages, kPage, true, true},
  };
  Surroundings around;
  around.machine.page_size = {kPage};
  around.arena = {uint64_t{1} << 30};
  for (const RangeRow& row : kRows) {
    const Call call = {.addr = {around.arena.value + static_cast<uint64_t>(row.begin) * kPage},
                       .length = {row.length}};
    around.ambient_known = false;
    around.ambient_is_plain = false;
    EXPECT_EQ(DependsOnUnknown(around, call), row.where_nothing_is_known) << row.name;
    around.ambient_is_plain = true;
    EXPECT_EQ(DependsOnUnknown(around, call), row.where_all_else_is_plain) << row.name;
    around.ambient_known = true;
    EXPECT_FALSE(DependsOnUnknown(around, call)) << row.name;
  }
}

TEST(AsCalledBy, LeavesAScenarioOfANativeProfileAsItIs) {
  const Scenario scenario =
      Parse("lock p0 1p\ncall addr=p0 len=0 flags=0\ncall addr=p0 len=0 flags=0 caller=compat\n")
          .value()
          .scenario;
  EXPECT_EQ(AsCalledBy(*FindProfile("linux-6.18"), scenario), scenario);
}

TEST(AsCalledBy, MakesEveryCallOfACompatProfileCompat) {
  if (ThisMachine().argument_bits == 32) GTEST_SKIP() << "no registers here are wider than 32 bits";
  const Scenario scenario =
      Parse("lock p0 1p\ncall addr=p0 len=0 flags=0\ncall addr=p0 len=0 flags=4 caller=compat\n")
          .value()
          .scenario;
  const Scenario compat = Parse(
                              "lock p0 1p\ncall addr=p0 len=0 flags=0 caller=compat\n"
                              "call addr=p0 len=0 flags=4 caller=compat\n")
                              .value()
                              .scenario;
  EXPECT_EQ(AsCalledBy(*FindProfile("linux-6.18-compat"), scenario), compat);
}

}  // namespace
}  // namespace msyncspec
