// SPDX-License-Identifier: MIT
#include "harness/report/drift_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_replace.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr char kEntry[] = R"(title: Length 0 succeeds anywhere.
clause: ERRORS ENOMEM
sentence: The indicated memory (or part of it) was not mapped.
kind: silent
needs: nothing

[why it matters]
Nobody says so.

Twice.

[suggested wording]
.B ENOMEM
is not returned.
)";

constexpr char kScenario[] = "call addr=p0 len=0 flags=MS_SYNC\n";

TEST(ReadEntry, TakesTheHeadAndTheSections) {
  DriftEntry entry = {.name = "length-zero"};
  ASSERT_TRUE(ReadEntry(kEntry, entry).ok());
  EXPECT_EQ(entry.name, "length-zero");
  EXPECT_EQ(entry.title, "Length 0 succeeds anywhere.");
  EXPECT_EQ(entry.clause, "ERRORS ENOMEM");
  EXPECT_EQ(entry.sentence, "The indicated memory (or part of it) was not mapped.");
  EXPECT_EQ(entry.kind, "silent");
  EXPECT_EQ(entry.needs, "nothing");
  EXPECT_EQ(entry.why, "Nobody says so.\n\nTwice.\n");
  EXPECT_EQ(entry.wording, ".B ENOMEM\nis not returned.\n");
}

struct MissingRow {
  std::string line;  // that is taken out
  std::string message;
};

TEST(ReadEntry, SaysWhatIsMissing) {
  const MissingRow kRows[] = {
      {"title: Length 0 succeeds anywhere.\n", "length-zero: no line \"title: …\""},
      {"clause: ERRORS ENOMEM\n", "length-zero: no line \"clause: …\""},
      {"sentence: The indicated memory (or part of it) was not mapped.\n",
       "length-zero: no line \"sentence: …\""},
      {"kind: silent\n", "length-zero: no line \"kind: …\""},
      {"needs: nothing\n", "length-zero: no line \"needs: …\""},
      {"[suggested wording]\n", "length-zero: a section is missing"},
      {"[why it matters]\nNobody says so.\n\nTwice.\n\n", "length-zero: a section is missing"},
  };
  for (const MissingRow& row : kRows) {
    DriftEntry entry = {.name = "length-zero"};
    const absl::Status status = ReadEntry(absl::StrReplaceAll(kEntry, {{row.line, ""}}), entry);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << row.line;
    EXPECT_EQ(status.message(), row.message);
  }
  DriftEntry entry = {.name = "length-zero"};
  EXPECT_FALSE(ReadEntry("", entry).ok());
}

DriftEntry Entry() {
  DriftEntry entry = {.name = "length-zero",
                      .scenario = kScenario,
                      .program = "int main(void) {}\n",
                      .output = "msync: 0\n"};
  EXPECT_TRUE(ReadEntry(kEntry, entry).ok());
  return entry;
}

DriftReport ReportOf(const DriftEntry& entry, ScenarioRun run) {
  DriftReport report = {.page = FindProfile("man-pages-6.03"),
                        .kernel = FindProfile("linux-6.18"),
                        .observed_on = "run on Linux 6.18.44 x86_64"};
  report.findings.push_back(
      {.entry = &entry, .annotated = Parse(kScenario).value(), .run = std::move(run)});
  return report;
}

ScenarioRun Ran(Errno answer) {
  Observation observation = {.surroundings = BareSurroundings()};
  observation.actions = {{ActionObservation::State::kDone, answer}};
  Judgement judgement = {.verdict = answer == Errno::kOk ? Verdict::kAgree : Verdict::kDisagree};
  if (answer != Errno::kOk) {
    judgement.disagreements.push_back({.expected = "0", .observed = ErrnoName(answer)});
  }
  return {observation, judgement};
}

ScenarioRun NotRun() {
  return {absl::UnimplementedError("no file server"),
          {.verdict = Verdict::kUnsupported, .reason = "no file server"}};
}

TEST(DriftReports, HaveAllThatAnEntryHas) {
  const DriftEntry entry = Entry();
  const DriftReport report = ReportOf(entry, Ran(Errno::kOk));
  for (const std::string& text : {DriftText(report), DriftMarkdown(report)}) {
    for (const char* each :
         {"man-pages-6.03", "linux-6.18", "run on Linux 6.18.44 x86_64",
          "1. length-zero: Length 0 succeeds anywhere.", "the page is silent about it",
          "ERRORS ENOMEM", "The indicated memory (or part of it) was not mapped.",
          "Nobody says so.", "Twice.", "call addr=p0 len=0 flags=MS_SYNC\n",
          "0|silent, synced none", "This kernel returns what linux-6.18 says.",
          "corpus/drift/length-zero/program.c", "needs: nothing", "int main(void) {}\n",
          "msync: 0\n", ".B ENOMEM\n", "is not returned.\n"}) {
      EXPECT_THAT(text, HasSubstr(each));
    }
  }
}

TEST(DriftText, KeepsProseNarrowAndWhatIsToBeCopiedBehindOneTab) {
  DriftEntry entry = Entry();
  entry.title = "Length 0 succeeds anywhere, as do quite a few other lengths that do not fit here.";
  entry.why = "É " + std::string(70, 'x') + " y\nz.\n\nTwice.\n";
  const std::string text = DriftText(ReportOf(entry, Ran(Errno::kOk)));
  EXPECT_THAT(text,
              HasSubstr("\n1. length-zero: Length 0 succeeds anywhere, as do quite a few other\n"
                        "   lengths that do not fit here.\n\n   the page is silent about it\n"));
  EXPECT_THAT(text, HasSubstr("\n   É " + std::string(70, 'x') + "\n   y z.\n\n   Twice.\n\n"));
  EXPECT_THAT(text, HasSubstr("\n       the page:   0|silent, synced none\n"
                              "       linux-6.18: 0, synced none\n"
                              "       observed:   0\n\n   This kernel returns what"));
  EXPECT_THAT(
      text,
      HasSubstr("\n   A program that shows it (needs: nothing),\n"
                "   corpus/drift/length-zero/program.c:\n\n\tint main(void) {}\n\n   It prints:\n\n"
                "\tmsync: 0\n\n   Suggested wording:\n\n"
                "\t.B ENOMEM\n\tis not returned.\n"));
}

TEST(DriftReports, SayWhereThisKernelDoesOtherwise) {
  const DriftEntry entry = Entry();
  const DriftReport report = ReportOf(entry, Ran(Errno::kENOMEM));
  for (const std::string& text : {DriftText(report), DriftMarkdown(report)}) {
    EXPECT_THAT(text, HasSubstr("This kernel does otherwise: ENOMEM where 0 was expected."));
    EXPECT_THAT(text, Not(HasSubstr("This kernel returns what")));
  }
  EXPECT_EQ(Json::parse(DriftJson(report))["entries"][0]["verdict"], "disagree");
}

TEST(DriftReports, SayWhyNothingWasRun) {
  const DriftEntry entry = Entry();
  const DriftReport report = ReportOf(entry, NotRun());
  for (const std::string& text : {DriftText(report), DriftMarkdown(report)}) {
    EXPECT_THAT(text, HasSubstr("Not run as a scenario here: no file server."));
    EXPECT_THAT(text, HasSubstr("not run"));
  }
}

TEST(DriftJson, HasTheSameThings) {
  const DriftEntry entry = Entry();
  const Json json = Json::parse(DriftJson(ReportOf(entry, Ran(Errno::kOk))));
  EXPECT_EQ(json["schema"], "msyncspec-drift-1");
  EXPECT_EQ(json["page"], "man-pages-6.03");
  EXPECT_EQ(json["kernel"], "linux-6.18");
  EXPECT_EQ(json["observed_on"], "run on Linux 6.18.44 x86_64");
  ASSERT_EQ(json["entries"].size(), 1u);
  const Json& read = json["entries"][0];
  EXPECT_EQ(read["name"], "length-zero");
  EXPECT_EQ(read["kind"], "silent");
  EXPECT_EQ(read["clause"], "ERRORS ENOMEM");
  EXPECT_EQ(read["scenario"], kScenario);
  EXPECT_EQ(read["program"], "int main(void) {}\n");
  EXPECT_EQ(read["output"], "msync: 0\n");
  EXPECT_EQ(read["wording"], ".B ENOMEM\nis not returned.\n");
  EXPECT_EQ(read["verdict"], "agree");
  EXPECT_EQ(read["calls"], Json::parse(R"([{"call": "call addr=p0 len=0 flags=MS_SYNC",
                             "page": "0|silent, synced none",
                             "kernel": "0, synced none", "observed": "0"}])"));
}

}  // namespace
}  // namespace msyncspec
