// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_BINARY_REPAIR_H_
#define MSYNCSPEC_HARNESS_SCENARIO_BINARY_REPAIR_H_

#include <vector>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// Brings what was decoded into the bounds of Validate, changing as little as it can.

// Makes `file`, declared behind `above`, valid.
void RepairFile(File& file, const std::vector<File>& above);

// Returns whether `step` can be made valid; one that names a file where there is none cannot.
bool RepairStep(Step& step, const std::vector<File>& files);

// Puts steps back into their turn that no call waits for, and drops what cannot stand where it is.
void RepairOrder(std::vector<Action>& actions);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_BINARY_REPAIR_H_
