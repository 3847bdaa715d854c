// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_DRAWING_H_
#define MSYNCSPEC_HARNESS_REPORT_DRAWING_H_

#include <string>

#include "harness/scenario/layout.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/scenario.h"
#include "model/call.h"
#include "model/profile.h"

namespace msyncspec {

// Returns the layout that a call meets as a table, a column for each page of the arena that
// matters, with the call's range under it and, in each column, the rule that the walk applied
// there.
std::string DrawCall(const AddressSpace& space, const Surroundings& surroundings, const Call& call,
                     const Explanation& explanation);

// Returns the steps of the walk, each with its rule, what that says and where it is written.
std::string WalkText(const Surroundings& surroundings, const Explanation& explanation);

// Returns an address as scenarios write it: "p3", "p3+1", or a number outside the arena.
std::string PlaceName(Address address, const Surroundings& surroundings);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_DRAWING_H_
