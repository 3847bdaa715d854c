// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_ERROR_LIST_H_
#define MSYNCSPEC_HARNESS_VECTORS_ERROR_LIST_H_

#include <string>
#include <vector>

#include "harness/vectors/vector.h"

namespace msyncspec {

// One condition under which a call fails, for the ERRORS section of a manual page.
struct ErrorEntry {
  std::string error;    // "EBUSY", or "some error" where a document does not say which
  bool certain = true;  // false where a document lets the call fail or not
  const Rule* rule = nullptr;
  const Vector* vector = nullptr;  // the smallest that shows it
};

// Returns the entries of the set's profile, in the order of their names, then of the rules.
std::vector<ErrorEntry> ErrorsOf(const VectorSet& set);

// One rule of the set's profile, and the smallest vector that shows it.
struct RuleExample {
  const Rule* rule = nullptr;
  const Vector* vector = nullptr;
};

// Returns an example for each rule that a vector shows, in the order of the rules.
std::vector<RuleExample> ExamplesOf(const VectorSet& set);

// Returns the lines of a scenario's canonical text.
std::vector<std::string> LinesOf(const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_ERROR_LIST_H_
