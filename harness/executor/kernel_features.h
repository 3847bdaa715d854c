// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_FEATURES_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_FEATURES_H_

#include "harness/scenario/layout.h"

namespace msyncspec {

// Returns what the running kernel lets this process do, tried once, in a child: a filter of system
// calls may kill who tries, and then what has not answered counts as missing.
const KernelFeatures& FeaturesOfThisKernel();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_FEATURES_H_
