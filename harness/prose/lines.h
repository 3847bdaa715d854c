// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_PROSE_LINES_H_
#define MSYNCSPEC_HARNESS_PROSE_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace msyncspec {

// Text for people, in UTF-8, where each character takes a column.

// Returns `text` in lines of at most `columns`, broken at blanks and where it is broken already. A
// word that is longer stands alone.
std::vector<std::string> Wrap(absl::string_view text, size_t columns);

// Returns `text` in lines that end where a sentence or a clause ends, none longer than `columns`
// where that can be: the semantic newlines of man-pages(7).
std::vector<std::string> SemanticLines(absl::string_view text, size_t columns);

// Returns every line of `text` behind `margin`; empty lines stay empty.
std::string Indented(absl::string_view text, absl::string_view margin);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_PROSE_LINES_H_
