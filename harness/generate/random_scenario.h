// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_RANDOM_SCENARIO_H_
#define MSYNCSPEC_HARNESS_GENERATE_RANDOM_SCENARIO_H_

#include <cstdint>
#include <span>

#include "harness/scenario/scenario.h"

namespace msyncspec {

inline constexpr int64_t kRandomPages = 64;  // of the arena that random scenarios use

// The files that random scenarios choose from. A scenario names each by its place among its own.
std::span<const File> RandomFiles();

// The first of them, which most scenarios choose from: quick, and to be had nearly everywhere.
std::span<const File> CommonRandomFiles();

// A scenario, and which of RandomFiles() its files are: choice[i] for file i.
struct RandomScenario {
  static constexpr size_t kMaxChosen = 3;

  Scenario scenario;
  size_t choice[kMaxChosen] = {};
};

// Overwrites `random` with the `index`-th scenario of `seed`: up to kRandomPages pages, 3 to 16
// steps and several calls, valid, the same on every machine. Allocates nothing once `random` has
// grown.
void MakeRandomScenario(uint64_t seed, uint64_t index, RandomScenario& random);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_RANDOM_SCENARIO_H_
