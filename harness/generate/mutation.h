// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_MUTATION_H_
#define MSYNCSPEC_HARNESS_GENERATE_MUTATION_H_

#include "harness/generate/random_source.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Makes one to four random changes of `scenario`, which is valid and stays so: an action more,
// less, elsewhere, several times side by side, or with another field; a file more or another one.
// New ranges often begin and end where others do, and numbers are often ones at which something
// turns.
void Mutate(RandomSource& source, Scenario& scenario);

// Returns a valid scenario of actions of both, in their order, with the files of both as far as
// there is room.
Scenario Cross(RandomSource& source, const Scenario& first, const Scenario& second);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_MUTATION_H_
