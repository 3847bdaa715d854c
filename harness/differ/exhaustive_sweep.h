// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_EXHAUSTIVE_SWEEP_H_
#define MSYNCSPEC_HARNESS_DIFFER_EXHAUSTIVE_SWEEP_H_

#include <cstdint>

#include "harness/differ/sweep.h"
#include "harness/executor/opened_file.h"
#include "harness/generate/exhaustive.h"
#include "model/profile.h"

namespace msyncspec {

// Builds every layout of `scope` from that with index `start` on, makes every call, and compares.
// For the worker of a sweep; a failure to begin stands in `state.failure`.
void ExhaustiveSweep(const ExhaustiveScope& scope, const Profile& profile, FileProvider provider,
                     uint64_t start, SweepState& state);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_EXHAUSTIVE_SWEEP_H_
