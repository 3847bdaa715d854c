// SPDX-License-Identifier: MIT
#include "harness/report/citation_text.h"

#include "absl/strings/str_cat.h"

namespace msyncspec {

std::string CitationText(const Citation& citation) {
  return absl::StrCat(citation.source, ", ", citation.clause, ": \"", citation.words, "\"");
}

std::vector<std::string> CitationTexts(const Rule& rule) {
  std::vector<std::string> texts;
  for (const Citation& citation : rule.cites) {
    if (!citation.source.empty()) texts.push_back(CitationText(citation));
  }
  return texts;
}

}  // namespace msyncspec
