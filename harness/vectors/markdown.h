// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_MARKDOWN_H_
#define MSYNCSPEC_HARNESS_VECTORS_MARKDOWN_H_

#include <string>

#include "harness/vectors/vector.h"

namespace msyncspec {

// Returns a page of Markdown: a table of errors, an example for each rule, and a table of all
// vectors.
std::string VectorsMarkdown(const VectorSet& set);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_MARKDOWN_H_
