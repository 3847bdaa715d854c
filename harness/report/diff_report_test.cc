// SPDX-License-Identifier: MIT
//
// Two profiles and what they differ in are written by hand; nothing is compared here.
#include "harness/report/diff_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

constexpr Rule kCited = {.id = "rule.cited",
                         .says = "It is written.",
                         .cites = {{{"man-pages-3.53", "ERRORS EBUSY", "a memory lock exists"}}}};
constexpr Rule kSilence = {.id = "silence.rule", .says = "Nobody speaks of it."};

const Profile& A() { return *FindProfile("linux-6.18"); }
const Profile& B() { return *FindProfile("posix-2017"); }

ProfileDiff ByHand() {
  ProfileDiff diff = {.cases = 1234567, .differing = 89};
  diff.differences.push_back(
      {.scenario =
           Parse("map p0 1p private rw anon\ncall addr=p0 len=0 flags=0\n").value().scenario,
       .tag = kTopByteTag,
       .relation = Relation::kSecondOpen,
       .action = 0,
       .sides = {{{.says = "EBUSY", .rules = {&kCited}},
                  {.says = "0|silent", .rules = {&kSilence}}}},
       .cases = 42});
  diff.unshown.push_back({.rule = &kCited, .sides = {{"to all", "to one"}}, .why = "no way yet"});
  return diff;
}

TEST(DiffText, HasScenariosSidesAndWhereTheyAreWritten) {
  const std::string text = DiffText(A(), B(), ByHand());
  for (const char* each :
       {"linux-6.18 and posix-2017 differ in 2 ways (in 89 of 1,234,567 cases",
        "1. posix-2017 leaves open what linux-6.18 determines",
        "on arm64, which lets addresses carry a tag in their top byte",
        "    map p0 1p private rw anon\n    call addr=p0 len=0 flags=0\n",
        "(they part at the step of line 1)", "linux-6.18  EBUSY", "posix-2017  0|silent",
        "rule.cited: It is written.", "man-pages-3.53, ERRORS EBUSY: \"a memory lock exists\"",
        "nowhere: the document does not speak of it", "2. no scenario shows this: no way yet",
        "to all", "to one"}) {
    EXPECT_THAT(text, HasSubstr(each));
  }
}

TEST(DiffMarkdown, HasASectionForEachDifference) {
  const std::string text = DiffMarkdown(A(), B(), ByHand());
  for (const char* each :
       {"# linux-6.18 and posix-2017\n", "\n## 1. posix-2017 leaves open", "\n## 2\n",
        "```\nmap p0 1p private rw anon\ncall addr=p0 len=0 flags=0\n```\n",
        "| posix-2017 | 0\\|silent | `silence.rule`: Nobody speaks of it. |",
        "No scenario shows this: no way yet."}) {
    EXPECT_THAT(text, HasSubstr(each));
  }
}

TEST(DiffJson, HasTheSameThings) {
  const std::string text = DiffJson(A(), B(), ByHand());
  EXPECT_EQ(text.back(), '\n');
  const Json json = Json::parse(text);
  EXPECT_EQ(json["schema"], "msyncspec-diff-1");
  EXPECT_EQ(json["profiles"], Json::array({"linux-6.18", "posix-2017"}));
  EXPECT_EQ(json["cases"], 1234567);
  EXPECT_EQ(json["differing"], 89);
  const Json& difference = json["differences"].at(0);
  EXPECT_EQ(difference["scenario"], "map p0 1p private rw anon\ncall addr=p0 len=0 flags=0\n");
  EXPECT_EQ(difference["action"], 0);
  EXPECT_EQ(difference["cases"], 42);
  EXPECT_EQ(difference["sides"].at(0)["says"], "EBUSY");
  EXPECT_EQ(difference["sides"].at(0)["rules"].at(0)["citations"].at(0)["clause"], "ERRORS EBUSY");
  EXPECT_EQ(difference["sides"].at(1)["rules"].at(0)["citations"], Json::array());
  EXPECT_EQ(json["unshown"].at(0)["why"], "no way yet");
  EXPECT_EQ(json["unshown"].at(0)["sides"].at(1)["says"], "to one");
}

TEST(DiffReports, NameBothProfilesAndBothSides) {
  const std::string reports[] = {DiffText(A(), B(), ByHand()), DiffMarkdown(A(), B(), ByHand())};
  for (const std::string& report : reports) {
    for (const char* each : {"linux-6.18", "posix-2017", "rule.cited", "silence.rule", "to all",
                             "to one", "top byte"}) {
      EXPECT_THAT(report, HasSubstr(each));
    }
  }
}

TEST(DiffReports, OfEqualProfilesHaveNoDifference) {
  const Json json = Json::parse(DiffJson(A(), A(), {.cases = 7}));
  EXPECT_EQ(json["differences"], Json::array());
  EXPECT_EQ(json["unshown"], Json::array());
  EXPECT_THAT(DiffText(A(), A(), {.cases = 7}), HasSubstr("differ in 0 ways (in 0 of 7 cases"));
}

TEST(TagText, NamesTheHardware) {
  EXPECT_EQ(TagText(kNoTag), "");
  EXPECT_EQ(TagText(kTopByteTag), "on arm64, which lets addresses carry a tag in their top byte");
  EXPECT_EQ(TagText(kLinearAddressMask), "on x86 with linear address masking");
}

}  // namespace
}  // namespace msyncspec
