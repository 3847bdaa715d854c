// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_RANDOM_SWEEP_H_
#define MSYNCSPEC_HARNESS_DIFFER_RANDOM_SWEEP_H_

#include <string>

#include "harness/differ/stage.h"
#include "harness/differ/sweep.h"

namespace msyncspec {

// Performs random scenarios from `options.first` + `start` on until the budget or the count is used
// up, and compares every step and call. SweepState::position counts from `options.first`, and
// SweepState::unsupported has a place for each reason that UnsupportedReason knows.
void RandomSweep(const Profile& profile, FileProvider provider, const RandomOptions& options,
                 absl::Time deadline, uint64_t start, SweepState& state);

// Returns what place `i` of SweepState::unsupported counts, or "" if there is no such place. For a
// file it says which; why it cannot be had is asked of the provider.
std::string UnsupportedReason(size_t i, FileProvider provider);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_RANDOM_SWEEP_H_
