// SPDX-License-Identifier: MIT
#include "harness/report/sarif.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "harness/report/place.h"
#include "harness/report/result_to_report.h"

namespace msyncspec {
namespace {

using Json = nlohmann::json;

Json RunOf(const CheckResult& result) {
  const Json log = Json::parse(CheckSarif(result, "1.2.3", 1));
  EXPECT_EQ(log["version"], "2.1.0");
  return log["runs"].at(0);
}

TEST(CheckSarif, NamesTheToolTheRunAndItsRules) {
  const Json run = RunOf(EveryEnding());
  const Json& driver = run["tool"]["driver"];
  EXPECT_EQ(driver["name"], "msyncspec");
  EXPECT_EQ(driver["semanticVersion"], "1.2.3");
  EXPECT_EQ(run["automationDetails"]["id"], "msyncspec/linux-6.18/6.18.44/x86_64/");
  ASSERT_EQ(driver["rules"].size(), 2);
  EXPECT_EQ(driver["rules"][0]["id"], "flags.unknown");
  EXPECT_EQ(driver["rules"][0]["shortDescription"]["text"],
            "A bit other than the three known ones is set in flags.");
  EXPECT_TRUE(absl::StrContains(driver["rules"][0]["help"]["text"].get<std::string>(),
                                "man-pages-3.53, ERRORS EINVAL"));
  EXPECT_EQ(driver["rules"][1]["id"], "step:lock");
}

TEST(CheckSarif, PutsFindingsWhereTheirRuleIsWritten) {
  const Json result = RunOf(EveryEnding())["results"].at(0);
  EXPECT_EQ(result["ruleId"], "flags.unknown");
  EXPECT_EQ(result["kind"], "fail");
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["partialFingerprints"]["msyncspecKey/v1"], "flags.unknown-EINVAL-got-0");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "model/argument_rules.cc");
  EXPECT_FALSE(result.contains("suppressions"));
}

TEST(CheckSarif, SuppressesKnownDeviations) {
  const Json result = RunOf(EveryEnding())["results"].at(1);
  EXPECT_EQ(result["ruleIndex"], 1);
  EXPECT_EQ(result["suppressions"], Json::parse(R"([{"kind": "external",
                       "justification": "It is so. https://example.org/"}])"));
}

TEST(CheckSarif, NotesWhatWasLeftOutOrBroke) {
  const Json invocation = RunOf(EveryEnding())["invocations"].at(0);
  EXPECT_EQ(invocation["executionSuccessful"], false);
  EXPECT_EQ(invocation["exitCode"], 1);
  EXPECT_EQ(invocation["startTimeUtc"], "2023-11-14T22:13:20Z");
  EXPECT_EQ(invocation["toolExecutionNotifications"], Json::parse(R"([
      {"level": "note", "message": {"text": "corpus, rules/left_out.msync: no <fuse> here"}},
      {"level": "error", "message": {"text": "corpus, rules/broken.msync: no memory"}}])"));
}

TEST(PlaceOf, IsTheRuleOrElseTheScenarioOrElseTheStep) {
  struct Row {
    const char* name;
    Finding finding;
    std::string file;
  };
  Finding in_corpus = FindingOf({.subject = Subject::kStep, .rule = "remap"}, "rules/a.msync");
  in_corpus.file = "corpus/rules/a.msync";
  in_corpus.line = 9;
  const Row kRows[] = {
      {"Call", FindingOf({.rule = "hole.remembered"}, "seed 1"), "model/walk_rules.h"},
      {"Effect", FindingOf({.subject = Subject::kEffect, .rule = "mapping.synced"}, "seed 1"),
       "model/walk_rules.h"},
      {"StepOfTheCorpus", in_corpus, "corpus/rules/a.msync"},
      {"Step", FindingOf({.subject = Subject::kStep, .rule = "remap"}, "seed 1"),
       "harness/scenario/layout_remap.cc"},
      {"Layout", FindingOf({.subject = Subject::kLayout}, "seed 1"), "harness/scenario/layout.cc"}};
  for (const Row& row : kRows) EXPECT_EQ(PlaceOf(row.finding).file, row.file) << row.name;
  EXPECT_EQ(PlaceOf(in_corpus).line, 9);
}

}  // namespace
}  // namespace msyncspec
