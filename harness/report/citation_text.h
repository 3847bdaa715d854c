// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_CITATION_TEXT_H_
#define MSYNCSPEC_HARNESS_REPORT_CITATION_TEXT_H_

#include <string>
#include <vector>

#include "model/rule.h"

namespace msyncspec {

// Returns a citation as "man-pages-3.53, ERRORS EBUSY: "…"".
std::string CitationText(const Citation& citation);

// Returns the places where a rule is written, a line each; none for a silence.
std::vector<std::string> CitationTexts(const Rule& rule);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_CITATION_TEXT_H_
