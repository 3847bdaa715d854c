// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_FILES_H_
#define MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_FILES_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// How a C program holds the object of a file.
enum class HeldAs : uint8_t {
  kDescriptor,
  kSegment,  // of System V
  kMapping,  // at a place from which map steps move it
};

HeldAs HowHeld(const File& file);

// Returns the table of the files that servers of the program's own have, or nothing.
std::string ServedTable(std::span<const File> files);

// Returns the C declarations of f0 and so on, each behind `prefix`, and the statements that make
// the files.
std::string FileDeclarations(std::span<const File> files, absl::string_view prefix);
std::string FileStatements(const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_FILES_H_
