// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_MANUAL_PAGE_H_
#define MSYNCSPEC_HARNESS_VECTORS_MANUAL_PAGE_H_

#include <string>

#include "harness/vectors/vector.h"

namespace msyncspec {

// Returns a manual page in the man(7) language: an entry under ERRORS for each condition, and an
// example for each rule, with semantic newlines.
std::string ManualPage(const VectorSet& set);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_MANUAL_PAGE_H_
