// SPDX-License-Identifier: MIT
#include "harness/report/diff_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "harness/prose/lines.h"
#include "harness/report/citation_text.h"
#include "harness/report/text.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

std::string Summary(const Profile& a, const Profile& b, const ProfileDiff& diff) {
  const size_t ways = diff.differences.size() + diff.unshown.size();
  return absl::StrFormat("%s and %s differ in %d way%s (in %s of %s cases of the scope)", a.name,
                         b.name, ways, ways == 1 ? "" : "s", WithCommas(diff.differing),
                         WithCommas(diff.cases));
}

std::string RelationText(const Profile& a, const Profile& b, Relation relation) {
  switch (relation) {
    case Relation::kExclude:
      return "they cannot both be right";
    case Relation::kOverlap:
      return "each allows what the other does not";
    case Relation::kFirstOpen:
      return absl::StrCat(a.name, " leaves open what ", b.name, " determines");
    case Relation::kSecondOpen:
      return absl::StrCat(b.name, " leaves open what ", a.name, " determines");
    case Relation::kFiles:
      return "they return the same and differ in what is done to files";
    case Relation::kLayout:
      return "a step has another result";
  }
  return "";
}

// Returns the places where a rule is written, a line each.
std::vector<std::string> Places(const Rule& rule) {
  std::vector<std::string> places = CitationTexts(rule);
  if (places.empty()) places.emplace_back("nowhere: the document does not speak of it");
  return places;
}

std::string SideText(const Profile& profile, const Side& side, size_t width) {
  std::string text =
      absl::StrFormat("      %-*s  %s\n", static_cast<int>(width), profile.name, side.says);
  for (const Rule* rule : side.rules) {
    absl::StrAppend(&text, "        ", rule->id, ": ", rule->says, "\n");
    for (const std::string& place : Places(*rule)) {
      absl::StrAppend(&text, "          ", place, "\n");
    }
  }
  return text;
}

Json ToJson(const Profile& profile, const Side& side) {
  Json rules = Json::array();
  for (const Rule* rule : side.rules) {
    Json citations = Json::array();
    for (const Citation& citation : rule->cites) {
      if (citation.source.empty()) continue;
      citations.push_back({{"source", std::string(citation.source)},
                           {"clause", std::string(citation.clause)},
                           {"words", std::string(citation.words)}});
    }
    rules.push_back({{"id", std::string(rule->id)},
                     {"says", std::string(rule->says)},
                     {"citations", citations}});
  }
  return {{"profile", profile.name}, {"says", side.says}, {"rules", rules}};
}

}  // namespace

std::string TagText(const AddressTag& tag) {
  if (tag == kTopByteTag) return "on arm64, which lets addresses carry a tag in their top byte";
  if (tag == kLinearAddressMask) return "on x86 with linear address masking";
  return "";
}

std::string DiffText(const Profile& a, const Profile& b, const ProfileDiff& diff) {
  std::string text = absl::StrCat(Summary(a, b, diff), "\n");
  const size_t width = std::max(a.name.size(), b.name.size());
  size_t number = 0;
  for (const ProfileDifference& each : diff.differences) {
    absl::StrAppendFormat(&text, "\n%d. %s", ++number, RelationText(a, b, each.relation));
    if (!TagText(each.tag).empty()) absl::StrAppend(&text, ", ", TagText(each.tag));
    absl::StrAppend(&text, "\n", Indented(Print(each.scenario), "    "));
    if (each.action + 1 < each.scenario.actions.size()) {
      absl::StrAppendFormat(&text, "    (they part at the step of line %d)\n",
                            each.scenario.files.size() + each.action + 1);
    }
    absl::StrAppend(&text, SideText(a, each.sides[0], width), SideText(b, each.sides[1], width));
  }
  for (const UnshownDifference& each : diff.unshown) {
    absl::StrAppendFormat(&text, "\n%d. no scenario shows this: %s\n", ++number, each.why);
    absl::StrAppend(&text, SideText(a, {each.sides[0], {each.rule}}, width),
                    SideText(b, {each.sides[1], {}}, width));
  }
  return text;
}

std::string DiffMarkdown(const Profile& a, const Profile& b, const ProfileDiff& diff) {
  std::string text =
      absl::StrCat("# ", a.name, " and ", b.name, "\n\n", Summary(a, b, diff), ".\n");
  const auto side_row = [&text](const Profile& profile, const Side& side) {
    std::vector<std::string> rules, places;
    for (const Rule* rule : side.rules) {
      rules.push_back(absl::StrCat("`", rule->id, "`: ", rule->says));
      for (const std::string& place : Places(*rule)) places.push_back(place);
    }
    absl::StrAppend(&text, "| ", profile.name, " | ",
                    absl::StrReplaceAll(side.says, {{"|", "\\|"}}), " | ",
                    absl::StrJoin(rules, "<br>"), " | ", absl::StrJoin(places, "<br>"), " |\n");
  };
  size_t number = 0;
  for (const ProfileDifference& each : diff.differences) {
    absl::StrAppendFormat(&text, "\n## %d. %s\n\n", ++number, RelationText(a, b, each.relation));
    if (!TagText(each.tag).empty()) absl::StrAppend(&text, "Seen ", TagText(each.tag), ".\n\n");
    absl::StrAppend(&text, "```\n", Print(each.scenario),
                    "```\n\n| profile | says | by | written |\n|---|---|---|---|\n");
    side_row(a, each.sides[0]);
    side_row(b, each.sides[1]);
  }
  for (const UnshownDifference& each : diff.unshown) {
    absl::StrAppendFormat(&text, "\n## %d\n\nNo scenario shows this: %s.\n\n", ++number, each.why);
    absl::StrAppend(&text, "| profile | says | by | written |\n|---|---|---|---|\n");
    side_row(a, {each.sides[0], {each.rule}});
    side_row(b, {each.sides[1], {each.rule}});
  }
  return text;
}

std::string DiffJson(const Profile& a, const Profile& b, const ProfileDiff& diff) {
  Json differences = Json::array(), unshown = Json::array();
  for (const ProfileDifference& each : diff.differences) {
    differences.push_back(
        {{"relation", RelationText(a, b, each.relation)},
         {"scenario", Print(each.scenario)},
         {"hardware", TagText(each.tag)},
         {"action", each.action},
         {"cases", each.cases},
         {"sides", Json::array({ToJson(a, each.sides[0]), ToJson(b, each.sides[1])})}});
  }
  for (const UnshownDifference& each : diff.unshown) {
    unshown.push_back({{"why", each.why},
                       {"sides", Json::array({ToJson(a, {each.sides[0], {each.rule}}),
                                              ToJson(b, {each.sides[1], {each.rule}})})}});
  }
  return Json({{"schema", "msyncspec-diff-1"},
               {"profiles", Json::array({a.name, b.name})},
               {"cases", diff.cases},
               {"differing", diff.differing},
               {"differences", differences},
               {"unshown", unshown}})
             .dump(2) +
         "\n";
}

}  // namespace msyncspec
