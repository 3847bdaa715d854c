// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_C_RUNNER_H_
#define MSYNCSPEC_HARNESS_VECTORS_C_RUNNER_H_

#include <cstdint>
#include <span>
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

// A file of harness/vectors/ that CRunner fills in: @NAME@ stands for each thing that it puts
// there.
struct RunnerFile {
  absl::string_view path;
  absl::string_view text;
};

// Returns the one that there is, runner.c.in.
std::span<const RunnerFile> RunnerFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_C_RUNNER_H_
