// SPDX-License-Identifier: MIT
#include "harness/vectors/c_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "harness/scenario/parse.h"
#include "harness/vectors/answers.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

VectorSet SetOf(absl::string_view profile, absl::string_view scenario) {
  VectorSet set = {.profile = FindProfile(profile)};
  Vector vector = {.id = "msync-00000000", .comment = "A comment."};
  vector.scenario = Parse(scenario)->scenario;
  vector.answers = AnswersOf(vector.scenario, *set.profile);
  set.vectors.push_back(std::move(vector));
  return set;
}

TEST(CRunner, WritesAVectorAsARowOfTheTable) {
  const VectorSet set = SetOf("linux-6.18",
                              "file f0 memfd 2p readonly\n"
                              "map p0 2p shared r f0@0\n"
                              "map p3 1p private rw anon locked\n"
                              "call addr=p0+1 len=max-1p+1 flags=MS_SYNC|0x8");
  EXPECT_THAT(*CRunner(set, Report::kFlat),
              HasSubstr("\t\t.files = {\n"
                        "\t\t\t{ MEMFD, 2, O_RDONLY }\n"
                        "\t\t},\n"
                        "\t\t.maps = {\n"
                        "\t\t\t{ 0, 2, MAP_SHARED, PROT_READ, 1, 0 },\n"
                        "\t\t\t{ 3, 1, MAP_PRIVATE | MAP_LOCKED, RW, "
                        "0, 0 }\n"
                        "\t\t},\n"
                        "\t\t.addr = { ARENA, 0, 1 },\n"
                        "\t\t.len = { ZERO, -1, 0 },\n"
                        "\t\t.flags = MS_SYNC | 0x8,\n"
                        "\t\t.allowed = BIT(EINVAL),\n"
                        "\t\t.expected = \"EINVAL\",\n"
                        "\t},\n"));
}

TEST(CRunner, AllowsWhatADocumentLeavesOpen) {
  EXPECT_THAT(
      *CRunner(SetOf("posix-2017", "map p0 1p private rw anon\ncall addr=p0 len=0 flags=MS_SYNC"),
               Report::kFlat),
      HasSubstr(" | ~BIT(CRASH),\n"));
}

TEST(CRunner, LeavesNoPlaceOfTheTemplateEmptyAndNoLineLong) {
  const std::string text =
      *CRunner(SetOf("linux-6.18", "call addr=p0 len=0 flags=0"), Report::kNested);
  EXPECT_THAT(text, Not(HasSubstr("@")));
  EXPECT_THAT(text, HasSubstr("  KTAP version 1"));
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    size_t column = 0;
    for (const char letter : line) column = letter == '\t' ? (column | 7) + 1 : column + 1;
    EXPECT_LE(column, 80) << line;
  }
}

TEST(CRunner, IsRefusedForAnAbiThatAProgramCannotChoose) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      CRunner(SetOf("linux-6.18-alpha", "call addr=p0 len=0 flags=0"), Report::kFlat).status()));
}

}  // namespace
}  // namespace msyncspec
