// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_ANSWERS_H_
#define MSYNCSPEC_HARNESS_VECTORS_ANSWERS_H_

#include <cstdint>
#include <vector>

#include "harness/vectors/vector.h"

namespace msyncspec {

// Returns what each profile says of the last action, a call, of `scenario`, with nothing around it;
// those that say the same in one. The answer of `first` is the first.
std::vector<Answer> AnswersOf(const Scenario& scenario, const Profile& first);

// Returns the conditions under which `profile` says of the call what it says with nothing around
// the scenario, on a machine with pages of 4096 bytes and registers of 64 bits.
uint8_t ConditionsOf(const Scenario& scenario, const Profile& profile);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_ANSWERS_H_
