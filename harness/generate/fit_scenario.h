// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_FIT_SCENARIO_H_
#define MSYNCSPEC_HARNESS_GENERATE_FIT_SCENARIO_H_

#include <array>
#include <cstdint>
#include <span>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// What scenarios have to keep to that are performed one after the other in a process which goes on,
// with files that stay open.
struct Habitat {
  std::span<const File> files;      // each its own object, unless all are declared
  bool declares_all = false;        // whether a scenario declares all of them, or those it chooses
  std::span<const StepKind> steps;  // the kinds of steps that it can have
  int64_t pages = 0;                // of the arena
};

// That of random scenarios, without files that are slow or rarely to be had.
const Habitat& RandomHabitat();

// That of served scenarios.
const Habitat& ServedHabitat();

// A scenario, and which of the habitat's files its files are: choice[i] for file i.
struct FittedScenario {
  Scenario scenario;
  std::array<size_t, kMaxFiles> choice{};
};

// Returns what is left of `scenario`, which is valid, in `habitat`: a valid scenario. Files become
// those that are most like them, ranges come to lie within the pages, other steps are left out. A
// scenario that fits already stays what it is.
FittedScenario Fit(const Habitat& habitat, const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_FIT_SCENARIO_H_
