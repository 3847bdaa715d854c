// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_SIZE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_SIZE_H_

#include <compare>
#include <cstdint>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// How much a scenario asks of its reader. What comes first weighs more than all that follows, so
// that there is no infinite descent.
struct ScenarioSize {
  uint64_t actions = 0;
  uint64_t files = 0;
  uint64_t moments = 0;        // of steps that are not in turn, later ones more
  uint64_t special_files = 0;  // what makes files other than a memfd
  uint64_t special_steps = 0;  // what makes steps other than plain ones, a map of anonymous memory
  uint64_t special_calls = 0;  // flags, and arguments that are not counted from the arena
  uint64_t bytes = 0;          // beside whole pages
  uint64_t pages = 0;          // the distances from p0, from lengths of 1p and from offset 0

  friend auto operator<=>(const ScenarioSize&, const ScenarioSize&) = default;
};

ScenarioSize SizeOf(const Scenario& scenario);

// The flag that stands for those that no system knows.
inline constexpr uint64_t kPlainUnknownFlag = 8;

// Returns how far `count` is from `plainest`; the largest distances count the same.
uint64_t Distance(int64_t count, int64_t plainest);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_SIZE_H_
