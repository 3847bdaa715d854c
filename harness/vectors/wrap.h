// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_WRAP_H_
#define MSYNCSPEC_HARNESS_VECTORS_WRAP_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace msyncspec {

// Returns `text` in lines of at most `columns` bytes, broken at blanks. A word that is longer
// stands alone.
std::vector<std::string> Wrap(absl::string_view text, size_t columns);

// Returns `text` in lines that end where a sentence or a clause ends, none longer than `columns`
// bytes where that can be: the semantic newlines of man-pages(7).
std::vector<std::string> SemanticLines(absl::string_view text, size_t columns);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_WRAP_H_
