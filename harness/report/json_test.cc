// SPDX-License-Identifier: MIT
#include "harness/report/json.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Json = nlohmann::json;

AnnotatedScenario OneCall() { return Parse("call addr=p0 len=0 flags=0x8\n").value(); }

CheckResult OneStage() {
  StageResult stage = {
      .name = "random", .layouts = 3, .steps = 4, .calls = 50, .walked = 20, .agreed = 49};
  stage.views = 2;
  stage.duration = absl::Milliseconds(1500);
  stage.complete = true;
  stage.unsupported["perf: denied"].layouts = 7;
  stage.effects["fuse"] = {.fsyncs = 2, .writes = 1, .bytes = 4};
  stage.findings.push_back({.scenario = OneCall().scenario,
                            .disagreement = {.subject = Subject::kCall,
                                             .rule = "flags.unknown",
                                             .expected = "EINVAL",
                                             .observed = "0"},
                            .origin = "seed 5, scenario 77",
                            .command = "msyncspec check --at=77",
                            .confirmations = 3});
  return {.profile = FindProfile("linux-6.18"),
          .kernel = {.release = "6.18.44", .machine = "x86_64"},
          .seed = 18446744073709551615u,
          .stages = {stage}};
}

TEST(CheckJson, NamesWhoWasHeldAgainstWhat) {
  const Json json = Json::parse(CheckJson(OneStage()));
  EXPECT_EQ(json["schema"], "msyncspec-check-1");
  EXPECT_EQ(json["target"], "this-kernel");
  EXPECT_EQ(json["profile"], "linux-6.18");
  EXPECT_EQ(json["kernel"], "6.18.44");
  EXPECT_EQ(json["machine"], "x86_64");
  EXPECT_EQ(json["seed"], 18446744073709551615u);
  EXPECT_EQ(json["verdict"], "disagree");
  EXPECT_EQ(json["interrupted"], false);
  EXPECT_FALSE(json.contains("reason"));
}

TEST(CheckJson, CarriesWhatTheKernelSaysOfEveryBacking) {
  CheckResult result = OneStage();
  result.kernel_facts.Learn(Backing::kSecret, Lockability::kAlwaysLocked);
  const Json facts = Json::parse(CheckJson(result))["kernel_facts"];
  EXPECT_EQ(facts.size(), AllBackings().size());
  EXPECT_EQ(facts["secret"], "is mapped locked");
  EXPECT_EQ(facts["memfd"], Json());
}

TEST(CheckJson, SaysWhatIsNotSeenOfFiles) {
  CheckResult result = OneStage();
  EXPECT_EQ(Json::parse(CheckJson(result))["blind"], Json::array());
  result.blind = {"dirty pages: denied"};
  EXPECT_EQ(Json::parse(CheckJson(result))["blind"], Json::array({"dirty pages: denied"}));
}

TEST(CheckJson, CountsWhatEachStageDid) {
  const Json stage = Json::parse(CheckJson(OneStage()))["stages"].at(0);
  EXPECT_EQ(stage, Json::parse(R"({"name": "random", "complete": true, "layouts": 3, "steps": 4,
                                   "calls": 50, "walked": 20, "agreed": 49, "views": 2,
                                   "effects": {"fuse": {"fsyncs": 2, "writes": 1, "pages": 0,
                                                        "bytes": 4, "times": 0}},
                                   "findings": 1, "known": 0, "seconds": 1.5,
                                   "unsupported": {"perf: denied": {"layouts": 7, "calls": 0}}})"));
}

TEST(CheckJson, CarriesEachFindingWithItsScenarioAndCommand) {
  const Json finding = Json::parse(CheckJson(OneStage()))["findings"].at(0);
  EXPECT_EQ(finding, Json::parse(R"({"stage": "random", "origin": "seed 5, scenario 77",
                                     "key": "flags.unknown-EINVAL-got-0",
                                     "subject": "call", "action": 0, "rule": "flags.unknown",
                                     "expected": "EINVAL", "observed": "0", "confirmations": 3,
                                     "stable": true,
                                     "scenario": "call addr=p0 len=0 flags=0x8\n",
                                     "command": "msyncspec check --at=77"})"));
}

TEST(CheckJson, SaysWhyThereIsNoAnswer) {
  struct Row {
    void (*change)(CheckResult& result);
    const char* verdict;
    Json reason;
  };
  const Row kRows[] = {
      {[](CheckResult& result) { result.refusal = "denied"; }, "unsupported", "denied"},
      {[](CheckResult& result) { result.failure = "fork: no more"; }, "broken", "fork: no more"},
      {[](CheckResult& result) { result.stages[0].status = absl::InternalError("no"); }, "broken",
       "random: no"},
      {[](CheckResult& result) { result.stages.clear(); }, "unsupported", nullptr},
      {[](CheckResult& result) { result.stages[0].findings.clear(); }, "agree", nullptr},
  };
  for (const Row& row : kRows) {
    CheckResult result = OneStage();
    row.change(result);
    const Json json = Json::parse(CheckJson(result));
    EXPECT_EQ(json["verdict"], row.verdict);
    EXPECT_EQ(json.value("reason", Json()), row.reason);
  }
}

TEST(CheckJson, ReplacesBytesThatAreNotUtf8) {
  CheckResult result = OneStage();
  result.stages[0].unsupported["a folder named \xff\xfe"].layouts = 1;
  result.stages[0].findings[0].origin = "file \xc3";
  const Json json = Json::parse(CheckJson(result));
  EXPECT_EQ(json["findings"][0]["origin"], "file \xef\xbf\xbd");
  EXPECT_TRUE(json["stages"][0]["unsupported"].contains("a folder named \xef\xbf\xbd\xef\xbf\xbd"));
}

TEST(RunJson, NamesTheVerdictOfEachScenario) {
  NamedRun disagreeing = {.name = "one \xff.msync",
                          .annotated = OneCall(),
                          .run = {.observation = absl::InternalError("not looked at")}};
  disagreeing.run.judgement = {.verdict = Verdict::kDisagree,
                               .disagreements = {{.subject = Subject::kCrash,
                                                  .rule = "flags.unknown",
                                                  .expected = "EINVAL",
                                                  .observed = "killed"}},
                               .calls = 1};
  NamedRun unsupported = {
      .name = "two", .annotated = OneCall(), .run = {.observation = absl::InternalError("no")}};
  unsupported.run.judgement = {.verdict = Verdict::kUnsupported, .reason = "no such file"};
  const Json json = Json::parse(RunJson({.release = "6.18.44", .machine = "x86_64"},
                                        *FindProfile("linux-6.18"), {disagreeing, unsupported}));
  EXPECT_EQ(json["schema"], "msyncspec-run-1");
  EXPECT_EQ(json["target"], "this-kernel");
  EXPECT_EQ(json["profile"], "linux-6.18");
  EXPECT_EQ(json["kernel"], "6.18.44");
  EXPECT_EQ(json["scenarios"][0], Json::parse(R"({"name": "one \ufffd.msync",
      "verdict": "disagree", "calls": 1, "disagreements": [{"subject": "crash", "action": 0,
      "rule": "flags.unknown", "expected": "EINVAL", "observed": "killed"}]})"));
  EXPECT_EQ(json["scenarios"][1], Json::parse(R"({"name": "two", "verdict": "unsupported",
      "calls": 0, "disagreements": [], "reason": "no such file"})"));
}

TEST(VerdictName, IsOneWord) {
  EXPECT_EQ(VerdictName(Verdict::kAgree), "agree");
  EXPECT_EQ(VerdictName(Verdict::kDisagree), "disagree");
  EXPECT_EQ(VerdictName(Verdict::kUnsupported), "unsupported");
  EXPECT_EQ(VerdictName(Verdict::kBroken), "broken");
}

}  // namespace
}  // namespace msyncspec
