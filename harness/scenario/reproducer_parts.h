// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_PARTS_H_
#define MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_PARTS_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"

namespace msyncspec {

// A file of harness/scenario/reproducer_parts/: parts of C programs, each behind a line @NAME@ with
// the name that it defines, and behind those that it uses; parts that only include headers come
// first. A line `@NAME LINE` of a part is there only in programs whose own functions mention NAME.
struct ReproducerFile {
  absl::string_view path;
  absl::string_view text;
};

// Returns the files, in the order in which programs have their parts.
std::span<const ReproducerFile> ReproducerFiles();

// Returns a C program made of `functions`, which define perform(), main(), which calls it, and the
// parts and headers that these mention, and no others.
std::string WithParts(absl::string_view functions);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_PARTS_H_
