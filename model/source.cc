// SPDX-License-Identifier: MIT
#include "model/source.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace msyncspec {
namespace {

void AppendFolded(absl::string_view words, std::string& text) {
  absl::StrAppend(&text, text.empty() ? "" : " ", words);
  absl::RemoveExtraAsciiWhitespace(&text);
}

// Reads a line of the head into `source`, or returns false.
bool ReadHead(absl::string_view line, Source& source) {
  std::string* field = nullptr;
  if (absl::ConsumePrefix(&line, "source: ")) {
    field = &source.name;
  } else if (absl::ConsumePrefix(&line, "edition: ")) {
    field = &source.edition;
  } else if (absl::ConsumePrefix(&line, "where: ")) {
    field = &source.where;
  }
  if (field == nullptr || !field->empty()) return false;
  AppendFolded(line, *field);
  return true;
}

// Returns the place of the clause that `label` begins, which may not be there yet.
size_t Begin(absl::string_view label, Source& source) {
  for (size_t i = 0; i < source.clauses.size(); ++i) {
    if (source.clauses[i].label != label) continue;
    source.misplaced.push_back(absl::StrCat("[", label, "] once more"));
    return i;
  }
  source.clauses.push_back({.label = std::string(label)});
  return source.clauses.size() - 1;
}

// Reads a line that stands under a label.
void ReadUnder(absl::string_view line, Clause& clause) {
  const bool first = clause.text.empty() && clause.uncited.empty() && clause.untestable.empty();
  if (first && absl::ConsumePrefix(&line, "uncited: ")) return AppendFolded(line, clause.uncited);
  if (first && absl::ConsumePrefix(&line, "untestable: ")) {
    return AppendFolded(line, clause.untestable);
  }
  AppendFolded(line, clause.text);
}

std::vector<Source> ParseAll() {
  std::vector<Source> sources;
  for (const SourceFile& file : SourceFiles()) sources.push_back(ParseSource(file.text));
  return sources;
}

}  // namespace

const Clause* Source::Find(absl::string_view label) const {
  for (const Clause& clause : clauses) {
    if (clause.label == label) return &clause;
  }
  return nullptr;
}

Source ParseSource(absl::string_view file) {
  constexpr size_t kNone = static_cast<size_t>(-1);
  Source source;
  size_t open = kNone;  // the clause that a line of text belongs to
  for (absl::string_view line : absl::StrSplit(file, '\n')) {
    if (absl::StartsWith(line, "#")) continue;
    if (line.empty()) {
      open = kNone;
    } else if (open != kNone) {
      ReadUnder(line, source.clauses[open]);
    } else if (absl::StartsWith(line, "[") && absl::EndsWith(line, "]")) {
      open = Begin(line.substr(1, line.size() - 2), source);
    } else if (!source.clauses.empty() || !ReadHead(line, source)) {
      source.misplaced.emplace_back(line);
    }
  }
  return source;
}

std::span<const Source> Sources() {
  static const std::vector<Source> kSources = ParseAll();
  return kSources;
}

const Source* FindSource(absl::string_view name) {
  for (const Source& source : Sources()) {
    if (source.name == name) return &source;
  }
  return nullptr;
}

}  // namespace msyncspec
