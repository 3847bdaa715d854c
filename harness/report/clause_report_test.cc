// SPDX-License-Identifier: MIT
#include "harness/report/clause_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

ClauseReport ReportOf(const Profile& document) {
  return {.document = &document,
          .kernel = FindProfile("linux-6.18"),
          .observed_on = "nothing was run",
          .clauses = StandingOf(document, *FindProfile("linux-6.18")),
          .scenarios_of = [](const Rule& rule) {
            return std::vector<std::string>{absl::StrCat("documents/", rule.id, ".msync")};
          }};
}

TEST(ClauseReports, HaveEveryClauseOfEveryDocument) {
  for (const Profile& document : DocumentProfiles()) {
    const ClauseReport report = ReportOf(document);
    const std::string text = ClausesText(report), markdown = ClausesMarkdown(report);
    const Json json = Json::parse(ClausesJson(report).dump());
    const std::vector<Clause>& clauses = FindSource(document.source)->clauses;
    ASSERT_EQ(json["clauses"].size(), clauses.size()) << document.name;
    for (size_t i = 0; i < clauses.size(); ++i) {
      const Clause& clause = clauses[i];
      EXPECT_THAT(text, HasSubstr(absl::StrCat("\n[", clause.label, "] ")));
      EXPECT_THAT(text, HasSubstr(absl::StrCat("\"", clause.text, "\"")));
      EXPECT_THAT(markdown,
                  HasSubstr(absl::StrCat("\n| ", clause.label, " | ",
                                         absl::StrReplaceAll(clause.text, {{"|", "\\|"}}), " | ")));
      EXPECT_EQ(json["clauses"][i]["label"], clause.label);
      EXPECT_EQ(json["clauses"][i]["words"], clause.text);
      EXPECT_EQ(json["clauses"][i].contains("untestable"), !clause.untestable.empty());
      EXPECT_EQ(json["clauses"][i]["standing"] == "untestable", !clause.untestable.empty());
      if (clause.untestable.empty()) continue;
      EXPECT_THAT(text, HasSubstr(absl::StrCat("untestable: ", clause.untestable)));
      EXPECT_THAT(markdown, HasSubstr(clause.untestable));
    }
  }
}

TEST(ClauseReports, SayWhoWasHeldAgainstWhom) {
  const ClauseReport report = ReportOf(*FindProfile("man-pages-3.53"));
  for (const std::string& each : {ClausesText(report), ClausesMarkdown(report)}) {
    EXPECT_THAT(each, HasSubstr("dated 2008-04-22"));
    EXPECT_THAT(each, HasSubstr("eld against linux-6.18; nothing was run"));
    EXPECT_THAT(each, HasSubstr("silence.no_length"));
    EXPECT_THAT(each, Not(HasSubstr("REFUTED")));
  }
  const Json json = Json::parse(ClausesJson(report).dump());
  EXPECT_EQ(json["profile"], "man-pages-3.53");
  EXPECT_EQ(json["kernel"], "linux-6.18");
  EXPECT_EQ(json["observed_on"], "nothing was run");
  EXPECT_GT(json["silences"].size(), 0u);
}

TEST(ClauseReports, ShowTheScenarioAndWhatBothSidesSayOfIt) {
  const std::string text = ClausesText(ReportOf(*FindProfile("man-pages-3.53")));
  EXPECT_THAT(text, HasSubstr("map p0 1p private rw anon locked; "
                              "call addr=p0 len=1p flags=MS_INVALIDATE\n"
                              "      man-pages-3.53 says EBUSY; linux-6.18 says EBUSY by "
                              "mapping.locked\n"));
  EXPECT_THAT(text, HasSubstr("corpus: documents/document.locked.msync\n"));
}

// One clause, whose rule has one case.
ClauseReport OneCase(Evidence evidence) {
  static const Clause kClause = {.label = "ERRORS EBUSY", .text = "a memory lock exists"};
  static const Rule kKernelRule = {.id = "mapping.locked"};
  ClauseReport report = ReportOf(*FindProfile("man-pages-3.53"));
  const DocumentRule* locked = nullptr;
  for (const DocumentRule& rule : report.document->clauses) {
    if (rule.rule.id == "document.locked") locked = &rule;
  }
  StandingCase each = {.scenario = Parse("call addr=p0 len=0 flags=0\n").value().scenario,
                       .standing = Standing::kStricter,
                       .document_says = "EBUSY",
                       .kernel_says = "0",
                       .kernel_rule = &kKernelRule,
                       .evidence = evidence,
                       .why = "for a reason"};
  report.clauses = {
      {.clause = &kClause, .rules = {{.rule = locked, .kernel = report.kernel, .cases = {each}}}}};
  return report;
}

struct EvidenceRow {
  Evidence evidence;
  std::string text;
};

TEST(ClauseReports, TellWhatWasObservedFromWhatWasNot) {
  const EvidenceRow kRows[] = {{Evidence::kObserved, "observed"},
                               {Evidence::kProfile, "by linux-6.18: for a reason"},
                               {Evidence::kRefuted, "REFUTED: for a reason"}};
  for (const EvidenceRow& row : kRows) {
    const ClauseReport report = OneCase(row.evidence);
    EXPECT_THAT(ClausesText(report), HasSubstr(absl::StrCat("stricter (", row.text, ")")));
    EXPECT_THAT(ClausesMarkdown(report), HasSubstr(absl::StrCat("EBUSY / 0 (", row.text, ")")));
    const Json json = Json::parse(ClausesJson(report).dump());
    EXPECT_EQ(json["clauses"][0]["rules"][0]["cases"][0]["evidence"], row.text);
    EXPECT_EQ(json["clauses"][0]["standing"], "stricter");
  }
}

TEST(ClausesSummary, CountsClausesByStanding) {
  EXPECT_EQ(ClausesSummary(OneCase(Evidence::kProfile)),
            "1 clauses: 1 stricter; silent about 0 things that calls show");
}

}  // namespace
}  // namespace msyncspec
