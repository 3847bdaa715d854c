// SPDX-License-Identifier: MIT
#include "harness/vectors/manual_page.h"

#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "harness/prose/lines.h"
#include "harness/vectors/error_list.h"
#include "harness/vectors/vector_set.h"

namespace msyncspec {
namespace {

constexpr size_t kColumns = 78;

// When the form of these pages last changed. Not today's date, so that the same vectors make the
// same page.
constexpr absl::string_view kDate = "2026-11-21";

// What stands for `text` in the source of a page, where it is to be read as it is.
std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}, {"'", "\\(aq"}, {"\"", "\\(dq"}});
}

// A line that begins with a dot would be a request.
std::string Line(absl::string_view text) {
  return absl::StrCat(absl::StartsWith(text, ".") ? "\\&" : "", text, "\n");
}

std::string Prose(absl::string_view text) {
  std::string prose;
  for (const std::string& line : SemanticLines(Escape(text), kColumns)) {
    absl::StrAppend(&prose, Line(line));
  }
  return prose;
}

// Names each excerpt once, however many of its words the rule cites.
std::string Sources(const Rule& rule) {
  std::vector<std::string> excerpts;
  for (const Citation& cite : rule.cites) {
    if (cite.source.empty()) continue;
    std::string excerpt = absl::StrCat(cite.source, ", ", cite.clause);
    if (absl::c_linear_search(excerpts, excerpt)) continue;
    excerpts.push_back(std::move(excerpt));
  }
  return excerpts.empty() ? "" : absl::StrCat("Source: ", absl::StrJoin(excerpts, "; "), ".");
}

std::string ErrorsSection(const VectorSet& set) {
  std::string text = ".SH ERRORS\n";
  for (const ErrorEntry& entry : ErrorsOf(set)) {
    absl::StrAppend(&text, ".TP\n.B ", entry.error, "\n", Prose(entry.rule->says));
    if (!entry.certain) absl::StrAppend(&text, "The call may as well not fail.\n");
    absl::StrAppend(&text, ".RI ( ", Escape(entry.rule->id), " )\n", Prose(Sources(*entry.rule)));
  }
  return text;
}

std::string Example(const RuleExample& example) {
  std::string text =
      absl::StrCat(".SS ", Escape(example.rule->id), "\n", Prose(example.rule->says), ".PP\n.EX\n");
  for (const std::string& line : LinesOf(example.vector->scenario)) {
    absl::StrAppend(&text, Line(Escape(line)));
  }
  const std::string outcome =
      absl::StrCat("Outcome: ", OutcomeText(example.vector->answers.front()), ".");
  return absl::StrCat(text, ".EE\n.PP\n", Prose(outcome));
}

}  // namespace

std::string ManualPage(const VectorSet& set) {
  std::string text = absl::StrCat(
      ".\\\" SPDX-License-Identifier: MIT\n"
      ".\\\" Made by msyncspec vectors; change the tool, not this file.\n"
      ".TH MSYNC\\-ERRORS 2 ",
      kDate,
      " \"msyncspec " MSYNCSPEC_VERSION
      "\"\n"
      ".SH NAME\nmsync\\-errors \\- when msync(2) fails, by ",
      Escape(set.profile->name), "\n", ".SH DESCRIPTION\n", Prose(set.profile->basis),
      ErrorsSection(set), ".SH EXAMPLES\n",
      Prose(
          "Each scenario is the smallest that shows a rule: the files, the pages that are mapped, "
          "and the call."));
  for (const RuleExample& example : ExamplesOf(set)) absl::StrAppend(&text, Example(example));
  return absl::StrCat(text, ".SH SEE ALSO\n.BR msync (2)\n");
}

}  // namespace msyncspec
