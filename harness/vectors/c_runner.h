// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_C_RUNNER_H_
#define MSYNCSPEC_HARNESS_VECTORS_C_RUNNER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/vectors/vector.h"

namespace msyncspec {

// How a C program reports in KTAP: one test for each vector, or one for each rule, with the vectors
// that it decides as subtests.
enum class Report : uint8_t { kFlat, kNested };

// Returns a C99 program that runs the vectors on the Linux that it is started on and holds what it
// sees against the first answer of each. InvalidArgument where the profile is about callers of an
// ABI, which a program cannot choose.
absl::StatusOr<std::string> CRunner(const VectorSet& set, Report report);

// Return harness/vectors/runner.c.in, the program, and runner_child.c.in, the part of it that runs
// in a process of its own; in the first stands @NAME@ for each thing that CRunner fills in.
absl::string_view RunnerTemplate();
absl::string_view RunnerChildTemplate();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_C_RUNNER_H_
