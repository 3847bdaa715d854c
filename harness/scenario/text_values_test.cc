// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

struct PositionRow {
  Position value;
  std::string canonical, other = canonical;  // another spelling of the same
};

TEST(PositionText, HasOneCanonicalFormAndAcceptsOthers) {
  const PositionRow kRows[] = {
      {{.pages = 0}, "p0", "p0+0"},
      {{.pages = 7}, "p7", "p2+5p"},
      {{.pages = 2, .bytes = 1}, "p2+1", "p0x2+0x1"},
      {{.pages = 2, .bytes = -1}, "p2-1", "p2+0xffffffffffffffff"},
      {{.pages = -1}, "p0-1p", "p1-2p"},
      {{.pages = INT64_MIN}, "p0-0x8000000000000000p", "p0+0x8000000000000000p"},
      {{.anchor = Anchor::kZero}, "0x0", "0"},
      {{.anchor = Anchor::kZero, .bytes = 0x7000}, "0x7000", "28672"},
      {{.anchor = Anchor::kZero, .bytes = -1}, "0xffffffffffffffff", "-1"},
      {{.anchor = Anchor::kZero, .pages = 1, .bytes = 2}, "0x0+1p+2", "2+1p"},
      {{.anchor = Anchor::kLastPage}, "last", "last+0p"},
      {{.anchor = Anchor::kLastPage, .pages = -3, .bytes = 4095}, "last-3p+4095", "last+4095-3p"},
  };
  for (const PositionRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = Parse(absl::StrCat("call addr=", text, " len=0 flags=0"));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(std::get<SymbolicCall>(parsed->scenario.actions[0]).addr, row.value) << text;
    }
    EXPECT_EQ(Print(row.value), row.canonical);
  }
}

struct LengthRow {
  Length value;
  std::string canonical, other = canonical;
};

TEST(LengthText, HasOneCanonicalFormAndAcceptsOthers) {
  const LengthRow kRows[] = {
      {{}, "0", "0p"},
      {{.pages = 4}, "4p", "+4p"},
      {{.pages = 4, .bytes = -1}, "4p-1", "-1+4p"},
      {{.pages = -1, .bytes = 5}, "-1p+5", "5-1p"},
      {{.bytes = 100}, "100", "0x64"},
      {{.bytes = 65536}, "0x10000", "65536"},
      {{.bytes = -4095}, "0xfffffffffffff001", "-4095"},
      {{.base = LengthBase::kMax}, "max"},
      {{.base = LengthBase::kMax, .bytes = -4095}, "max-4095", "max-0xfff"},
      {{.base = LengthBase::kToLast, .pages = 1}, "to-last+1p"},
  };
  for (const LengthRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = Parse(absl::StrCat("call addr=p0 len=", text, " flags=0"));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(std::get<SymbolicCall>(parsed->scenario.actions[0]).length, row.value) << text;
    }
    EXPECT_EQ(Print(row.value), row.canonical);
  }
}

struct FlagsRow {
  uint64_t word;
  std::string canonical, other = canonical;
};

TEST(FlagsText, KeepsAllSixtyFourBits) {
  const FlagsRow kRows[] = {
      {0, "0", "0x0"},
      {1, "MS_ASYNC", "1"},
      {7, "MS_ASYNC|MS_SYNC|MS_INVALIDATE", "MS_INVALIDATE|MS_SYNC|MS_ASYNC"},
      {8, "0x8", "8"},
      {0x80000004, "MS_SYNC|0x80000000", "0x80000000|MS_SYNC"},
      {uint64_t{1} << 32, "0x100000000", "4294967296"},
      {~uint64_t{0}, "MS_ASYNC|MS_SYNC|MS_INVALIDATE|0xfffffffffffffff8", "-1"},
  };
  for (const FlagsRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = Parse(absl::StrCat("call addr=p0 len=0 flags=", text));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(std::get<SymbolicCall>(parsed->scenario.actions[0]).flags.word(), row.word) << text;
    }
    EXPECT_EQ(Print(SyncFlags(row.word)), row.canonical);
  }
}

}  // namespace
}  // namespace msyncspec
