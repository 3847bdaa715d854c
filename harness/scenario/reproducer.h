// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_H_
#define MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/scenario.h"
#include "model/profile.h"

namespace msyncspec {

// What a C program is to show.
struct Reproduction {
  // Lines for the comment at its head: the finding, the kernel's version, the rule.
  std::vector<std::string> about;
  // A step, an index into Scenario::actions, whose answer is itself in question. Of other steps
  // another answer than the predicted one means that the layout cannot be built.
  std::optional<size_t> step;
  // What is in question, where answers do not show it: "what is done to files". Then the program
  // cannot say that it is gone, and exits with 4 in place of 0.
  std::string unseen;
};

// Returns a C program that performs `scenario`, which is valid, and compares every answer with what
// `profile` predicts for a process with nothing mapped. It needs nothing but libc, and exits with 0
// if all that it compares is as predicted; 1 if a call, or the step in question, answers otherwise,
// kills it or does not come back; 4 if the layout cannot be built where it runs, or nothing can be
// compared. An answer that may depend on the process's other mappings is printed and not compared.
// It serves fuse files itself, which needs root, and has a thread for what happens meanwhile, which
// needs all fuse files on one connection; of steps at any moment it tries the first wait alone.
// What needs a filesystem or a disk of its own (ext4, xfs, btrfs, overlay, block, full, dax) it
// does not make: it says so and exits with 4. What `profile` cannot predict ends it with 4 as well.
// Calls whose arguments take 64 bits compile where pointers have as many.
std::string ReproducerC(const Scenario& scenario, const Profile& profile,
                        const Reproduction& reproduction);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_H_
