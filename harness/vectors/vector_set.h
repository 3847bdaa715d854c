// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_VECTOR_SET_H_
#define MSYNCSPEC_HARNESS_VECTORS_VECTOR_SET_H_

#include <string>
#include <vector>

#include "harness/vectors/vector.h"

namespace msyncspec {

// Returns the vectors of `profile`, which lives longer; the same at every call. Takes a second or
// two: all of the small scope is tried.
VectorSet MakeVectors(const Profile& profile);

// Returns the vector with the flag "rule:ID" of `rule`, or else with "passed:ID"; null where none
// shows the rule.
const Vector* SmallestWith(const VectorSet& set, const Rule& rule);

// Returns "EBUSY by mapping.locked", and what is synced if anything is.
std::string OutcomeText(const Answer& answer);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_VECTOR_SET_H_
