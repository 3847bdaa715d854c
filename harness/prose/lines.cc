// SPDX-License-Identifier: MIT
#include "harness/prose/lines.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace msyncspec {
namespace {

// Whether a clause or a sentence ends with `word`.
bool EndsClause(absl::string_view word) {
  return !word.empty() && absl::string_view(".:;,!?").find(word.back()) != absl::string_view::npos;
}

size_t ColumnsOf(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

}  // namespace

std::vector<std::string> Wrap(absl::string_view text, size_t columns) {
  std::vector<std::string> lines;
  size_t taken = 0;
  for (const absl::string_view word :
       absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty())) {
    const size_t more = ColumnsOf(word);
    if (lines.empty() || taken + 1 + more > columns) {
      lines.emplace_back(word);
      taken = more;
    } else {
      absl::StrAppend(&lines.back(), " ", word);
      taken += 1 + more;
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

std::string Indented(absl::string_view text, absl::string_view margin) {
  if (text.empty()) return "";
  std::string indented;
  for (const absl::string_view line : absl::StrSplit(absl::StripSuffix(text, "\n"), '\n')) {
    absl::StrAppend(&indented, line.empty() ? "" : margin, line, "\n");
  }
  return indented;
}

}  // namespace msyncspec
