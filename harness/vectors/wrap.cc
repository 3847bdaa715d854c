// SPDX-License-Identifier: MIT
#include "harness/vectors/wrap.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace msyncspec {
namespace {

// Whether a clause or a sentence ends with `word`.
bool EndsClause(absl::string_view word) {
  return !word.empty() && absl::string_view(".:;,!?").find(word.back()) != absl::string_view::npos;
}

}  // namespace

std::vector<std::string> Wrap(absl::string_view text, size_t columns) {
  std::vector<std::string> lines;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    if (lines.empty() || lines.back().size() + 1 + word.size() > columns) {
      lines.emplace_back(word);
    } else {
      absl::StrAppend(&lines.back(), " ", word);
    }
  }
  return lines;
}

std::vector<std::string> SemanticLines(absl::string_view text, size_t columns) {
  std::vector<std::string> lines;
  std::string clause;
  const auto end_clause = [&] {
    for (std::string& line : Wrap(clause, columns)) lines.push_back(std::move(line));
    clause.clear();
  };
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    absl::StrAppend(&clause, clause.empty() ? "" : " ", word);
    if (EndsClause(word)) end_clause();
  }
  end_clause();
  return lines;
}

}  // namespace msyncspec
