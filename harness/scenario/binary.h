// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_BINARY_H_
#define MSYNCSPEC_HARNESS_SCENARIO_BINARY_H_

#include <cstdint>
#include <span>
#include <vector>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// Returns a valid scenario for any bytes whatever: what is missing reads as 0, what is out of
// bounds is brought into them, and what is left over is ignored.
Scenario Decode(std::span<const uint8_t> bytes);

// Returns bytes that decode to `scenario`, which is valid.
std::vector<uint8_t> Encode(const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_BINARY_H_
