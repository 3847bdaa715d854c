// SPDX-License-Identifier: MIT
#include "harness/report/clause_report.h"

#include <array>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "harness/report/citation_text.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

// A scenario on one line.
std::string OneLine(const Scenario& scenario) {
  std::string text = Print(scenario);
  return absl::StrReplaceAll(absl::StripSuffix(text, "\n"), {{"\n", "; "}});
}

std::string EvidenceText(const RuleStanding& rule, const StandingCase& each) {
  switch (each.evidence) {
    case Evidence::kObserved:
      return rule.rule->force == Force::kSyncs || rule.rule->force == Force::kSyncsAnyway ||
                     rule.rule->force == Force::kSyncsNothing
                 ? absl::StrCat("return value observed, what is done to files by ",
                                rule.kernel->name)
                 : "observed";
    case Evidence::kProfile:
      return absl::StrCat("by ", rule.kernel->name, ": ", each.why);
    case Evidence::kRefuted:
      return absl::StrCat("REFUTED: ", each.why);
  }
  return "";
}

std::string CaseText(const Profile& document, const RuleStanding& rule, const StandingCase& each) {
  return absl::StrFormat("    %s (%s)\n      %s\n      %s says %s; %s says %s by %s\n",
                         StandingName(each.standing), EvidenceText(rule, each),
                         OneLine(each.scenario), document.name, each.document_says,
                         rule.kernel->name, each.kernel_says, each.kernel_rule->id);
}

std::string RuleText(const ClauseReport& report, const RuleStanding& rule) {
  std::string text = absl::StrCat("  ", rule.rule->rule.id, ": ", rule.rule->rule.says, "\n");
  for (const StandingCase& each : rule.cases) {
    absl::StrAppend(&text, CaseText(*report.document, rule, each));
  }
  if (rule.rule->force == Force::kStates) {
    absl::StrAppend(&text, "    ", StandingName(rule.rule->standing),
                    " (no call shows it; by what is known of Linux)\n");
    for (const Citation& citation : rule.rule->rule.cites) {
      if (citation.source == "linux") {
        absl::StrAppend(&text, "      ", CitationText(citation), "\n");
      }
    }
  } else if (rule.cases.empty()) {
    absl::StrAppend(&text, "    not shown: other clauses speak in every case of the scope\n");
  }
  const std::vector<std::string> scenarios = report.scenarios_of(rule.rule->rule);
  if (!scenarios.empty()) {
    absl::StrAppend(&text, "    corpus: ", absl::StrJoin(scenarios, ", "), "\n");
  }
  return text;
}

std::string Label(const ClauseStanding& clause) {
  return clause.clause == nullptr ? "not in the document" : clause.clause->label;
}

std::string StandingText(std::optional<Standing> standing) {
  return standing.has_value() ? std::string(StandingName(*standing)) : "not shown";
}

std::string StandingText(const ClauseStanding& clause) {
  return clause.rules.empty() ? "untestable" : StandingText(clause.standing());
}

Json ToJson(const ClauseReport& report, const RuleStanding& rule) {
  Json cases = Json::array();
  for (const StandingCase& each : rule.cases) {
    cases.push_back({{"standing", std::string(StandingName(each.standing))},
                     {"scenario", Print(each.scenario)},
                     {"document_says", each.document_says},
                     {"kernel_says", each.kernel_says},
                     {"kernel_rule", std::string(each.kernel_rule->id)},
                     {"evidence", EvidenceText(rule, each)}});
  }
  return {{"id", std::string(rule.rule->rule.id)},
          {"says", std::string(rule.rule->rule.says)},
          {"held_against", rule.kernel->name},
          {"standing", StandingText(rule.worst())},
          {"cases", cases},
          {"corpus", report.scenarios_of(rule.rule->rule)}};
}

}  // namespace

std::string ClausesSummary(const ClauseReport& report) {
  constexpr std::array kAll = {Standing::kTrue, Standing::kWeaker, Standing::kStricter,
                               Standing::kContradicted, Standing::kSilent};
  std::array<size_t, kAll.size()> counts = {};
  size_t clauses = 0, untestable = 0, not_shown = 0, silences = 0;
  for (const ClauseStanding& clause : report.clauses) {
    if (clause.clause == nullptr) {
      ++silences;
      continue;
    }
    ++clauses;
    untestable += clause.rules.empty();
    not_shown += !clause.rules.empty() && !clause.standing().has_value();
    for (size_t i = 0; i < kAll.size(); ++i) counts[i] += clause.standing() == kAll[i];
  }
  std::vector<std::string> parts;
  for (size_t i = 0; i < kAll.size(); ++i) {
    if (counts[i] > 0) parts.push_back(absl::StrCat(counts[i], " ", StandingName(kAll[i])));
  }
  if (not_shown > 0) parts.push_back(absl::StrCat(not_shown, " not shown"));
  if (untestable > 0) parts.push_back(absl::StrCat(untestable, " untestable"));
  return absl::StrCat(clauses, " clauses: ", absl::StrJoin(parts, ", "), "; silent about ",
                      silences, " things that calls show");
}

std::string ClausesText(const ClauseReport& report) {
  std::string text =
      absl::StrCat(report.document->name, " (", report.document->basis, ") held against ",
                   report.kernel->name, "; ", report.observed_on, "\n");
  for (const ClauseStanding& clause : report.clauses) {
    absl::StrAppend(&text, "\n[", Label(clause), "] ", StandingText(clause));
    if (clause.clause != nullptr && !clause.standing().has_value()) {
      absl::StrAppend(&text, ": ", clause.clause->untestable);
    }
    absl::StrAppend(&text, "\n");
    if (clause.clause != nullptr) absl::StrAppend(&text, "  \"", clause.clause->text, "\"\n");
    for (const RuleStanding& rule : clause.rules) absl::StrAppend(&text, RuleText(report, rule));
  }
  absl::StrAppend(&text, "\n", ClausesSummary(report), "\n");
  return text;
}

std::string ClausesMarkdown(const ClauseReport& report) {
  std::string text = absl::StrCat(report.document->basis, " Held against ", report.kernel->name,
                                  "; ", report.observed_on, ". ", ClausesSummary(report),
                                  ".\n\n| clause | words | standing | shown by |\n"
                                  "|---|---|---|---|\n");
  const auto cell = [](absl::string_view words) {
    return absl::StrReplaceAll(words, {{"|", "\\|"}, {"\n", " "}});
  };
  for (const ClauseStanding& clause : report.clauses) {
    std::vector<std::string> shown;
    if (!clause.standing().has_value()) shown.push_back(clause.clause->untestable);
    for (const RuleStanding& rule : clause.rules) {
      shown.push_back(absl::StrCat("`", rule.rule->rule.id, "`"));
      for (const StandingCase& each : rule.cases) {
        shown.push_back(absl::StrCat(StandingName(each.standing), ": `", OneLine(each.scenario),
                                     "`: ", each.document_says, " / ", each.kernel_says, " (",
                                     EvidenceText(rule, each), ")"));
      }
    }
    absl::StrAppend(
        &text, "| ", Label(clause), " | ",
        cell(clause.clause == nullptr ? clause.rules[0].rule->rule.says : clause.clause->text),
        " | ", StandingText(clause), " | ", cell(absl::StrJoin(shown, "<br>")), " |\n");
  }
  return text;
}

nlohmann::ordered_json ClausesJson(const ClauseReport& report) {
  Json clauses = Json::array(), silences = Json::array();
  for (const ClauseStanding& clause : report.clauses) {
    Json rules = Json::array();
    for (const RuleStanding& rule : clause.rules) rules.push_back(ToJson(report, rule));
    if (clause.clause == nullptr) {
      silences.push_back(rules[0]);
      continue;
    }
    Json json = {{"label", clause.clause->label},
                 {"words", clause.clause->text},
                 {"standing", StandingText(clause)},
                 {"rules", rules}};
    if (!clause.clause->untestable.empty()) json["untestable"] = clause.clause->untestable;
    clauses.push_back(json);
  }
  return {{"profile", report.document->name},
          {"kernel", report.kernel->name},
          {"observed_on", report.observed_on},
          {"clauses", clauses},
          {"silences", silences}};
}

}  // namespace msyncspec
