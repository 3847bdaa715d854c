// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_LEARN_KERNEL_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_LEARN_KERNEL_H_

#include <vector>

#include "harness/scenario/kernel_facts.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Returns what the running kernel says of the backings of `files`, and of others asked for before.
// Asks once per process and backing, in a child: it maps one whole and looks into VmFlags before
// and after mlock. Nothing is learned where the file cannot be made or there is no smaps.
KernelFacts LearnKernelFacts(const std::vector<File>& files);

// Returns one file of every kind, as small as it can be.
std::vector<File> SmallestFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_LEARN_KERNEL_H_
