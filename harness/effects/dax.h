// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_DAX_H_
#define MSYNCSPEC_HARNESS_EFFECTS_DAX_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Returns the mount point in a line of /proc/self/mountinfo if its filesystem is mounted with dax
// for every file, or nothing.
std::optional<std::string> DaxMountPoint(absl::string_view mountinfo_line);

// Makes an unnamed file of `bytes` bytes on a filesystem of this machine that is mounted with dax,
// where stores reach the medium without a page cache. Unimplemented where there is none.
absl::StatusOr<OpenedFile> OpenDaxFile(uint64_t bytes);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_DAX_H_
