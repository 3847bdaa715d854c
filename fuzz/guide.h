// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_GUIDE_H_
#define MSYNCSPEC_FUZZ_GUIDE_H_

#include <cstdint>

#include "fuzz/kernel_coverage.h"
#include "harness/differ/call_onlooker.h"

namespace msyncspec {

// How many features there are.
inline constexpr uint32_t kFeatures = 2048;

// Passes an edge of the program that belongs to `feature`, modulo kFeatures, alone: an engine that
// counts edges takes an input with a new feature for interesting. Extra counters, which would do
// the same, mean nothing to AFL++.
void Pass(uint32_t feature);

// Turns what the kernel answered, and the shape of what the call walked over, into features.
class Guide final : public CallOnlooker {
 public:
  void Saw(const Call& call, const AddressSpace& space, const Prediction& prediction,
           Errno observed) override;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_GUIDE_H_
