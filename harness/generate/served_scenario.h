// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_SERVED_SCENARIO_H_
#define MSYNCSPEC_HARNESS_GENERATE_SERVED_SCENARIO_H_

#include <cstdint>
#include <span>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// The files of every served scenario: two of a server's, one of them open three times, once for
// reading only.
std::span<const File> ServedScenarioFiles();

// Overwrites `scenario` with the `index`-th one of `seed` that shows what reaches a file server: a
// few mappings, holes, locks and stores within 16 pages, and one to four calls of all flags.
// Allocates nothing once `scenario` has grown.
void MakeServedScenario(uint64_t seed, uint64_t index, Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_SERVED_SCENARIO_H_
