// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_FILE_SCENARIO_H_
#define MSYNCSPEC_HARNESS_GENERATE_FILE_SCENARIO_H_

#include <cstdint>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// Returns the `index`-th scenario of `seed` about what calls do to files of the kind `backing`:
// stores to several mappings of one or two of them, through up to three descriptors, and calls
// between. Files of a server are faulty now and then, and other threads act while calls wait for
// it. Valid, and the same on every machine.
Scenario MakeFileScenario(uint64_t seed, uint64_t index, Backing backing);

// Returns how many scenarios it takes, and the `i`-th, to let a server answer an fsync once with
// each error that it can answer, and a write with each of Linux's; a call meets each error, and one
// follows.
int CountInjections();
Scenario MakeInjection(int i);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_FILE_SCENARIO_H_
