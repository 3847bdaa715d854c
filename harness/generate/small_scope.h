// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_SMALL_SCOPE_H_
#define MSYNCSPEC_HARNESS_GENERATE_SMALL_SCOPE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// One case of the small scope, and what each profile says of it.
struct SmallCase {
  const Scenario& scenario;                        // files, steps, and one call at the end
  AddressTag tag;                                  // what the hardware ignores in addresses
  unsigned cost;                                   // the smaller, the easier to read
  std::span<const Prediction> predictions;         // of the call, in the order of the profiles
  absl::FunctionRef<Explanation(size_t)> explain;  // the same for one of them, step by step
};

// Calls `visit` for every case of a scope that is small enough to try all of it without a kernel:
// every layout of three page slots over all kinds of memory that documents and kernels tell apart,
// each with every call at the boundaries. Cases are the same for all profiles: the same registers,
// with lengths that name the largest value meaning the largest of the profile's own callers.
void VisitSmallScope(std::span<const Profile* const> profiles,
                     absl::FunctionRef<void(const SmallCase&)> visit);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_SMALL_SCOPE_H_
