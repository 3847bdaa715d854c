// SPDX-License-Identifier: MIT
#include "harness/vectors/markdown.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "harness/scenario/print.h"
#include "harness/vectors/error_list.h"
#include "harness/vectors/vector_set.h"

namespace msyncspec {
namespace {

// What stands in a cell of a table; bars would end it.
std::string Cell(absl::string_view text) { return absl::StrReplaceAll(text, {{"|", "\\|"}}); }

std::string Code(absl::string_view text) { return absl::StrCat("`", text, "`"); }

std::string Citations(const Rule& rule) {
  std::vector<std::string> all;
  for (const Citation& cite : rule.cites) {
    if (cite.source.empty()) continue;
    all.push_back(absl::StrCat(cite.source, ", ", cite.clause, ": “", cite.words, "”"));
  }
  return all.empty() ? "—" : absl::StrJoin(all, "<br>");
}

std::string ScenarioCell(const Vector& vector) {
  std::vector<std::string> lines;
  for (const std::string& line : LinesOf(vector.scenario)) lines.push_back(Code(line));
  return absl::StrJoin(lines, "<br>");
}

std::string ErrorsSection(const VectorSet& set) {
  std::string text =
      "## ERRORS\n\n| error | condition | rule | citation | smallest scenario |\n"
      "|---|---|---|---|---|\n";
  for (const ErrorEntry& entry : ErrorsOf(set)) {
    absl::StrAppend(&text, "| ", Cell(entry.error), entry.certain ? "" : ", or not", " | ",
                    Cell(entry.rule->says), " | ", Code(entry.rule->id), " | ",
                    Cell(Citations(*entry.rule)), " | ", Cell(ScenarioCell(*entry.vector)), " |\n");
  }
  return text;
}

std::string ExamplesSection(const VectorSet& set) {
  std::string text = "\n## EXAMPLES\n";
  for (const RuleExample& example : ExamplesOf(set)) {
    absl::StrAppend(&text, "\n### ", Code(example.rule->id), "\n\n", example.rule->says,
                    "\n\n```\n", Print(example.vector->scenario), "```\n\n",
                    Code(OutcomeText(example.vector->answers.front())), " (vector ",
                    example.vector->id, ")\n");
  }
  return text;
}

std::string VectorsSection(const VectorSet& set) {
  std::string text = absl::StrCat("\n## All ", set.vectors.size(),
                                  " vectors\n\n| id | call | outcome | rule | flags |\n"
                                  "|---|---|---|---|---|\n");
  for (const Vector& vector : set.vectors) {
    const Answer& answer = vector.answers.front();
    absl::StrAppend(&text, "| ", vector.id, " | ", Cell(ScenarioCell(vector)), " | ",
                    Cell(Text(answer.outcomes)), " | ", Code(answer.rule), " | ",
                    Cell(absl::StrJoin(vector.flags, "<br>")), " |\n");
  }
  return text;
}

}  // namespace

std::string VectorsMarkdown(const VectorSet& set) {
  return absl::StrCat("<!-- SPDX-License-Identifier: MIT -->\n# msync(2) by ", set.profile->name,
                      "\n\n", set.profile->basis,
                      " Made by `msyncspec vectors`, version " MSYNCSPEC_VERSION
                      "; change the tool, not this file.\n\n",
                      ErrorsSection(set), ExamplesSection(set), VectorsSection(set));
}

}  // namespace msyncspec
