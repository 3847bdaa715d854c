// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FORMAT_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FORMAT_H_

#include <span>

#include "absl/status/status.h"

namespace msyncspec {

// A program that makes an empty filesystem in a file.
struct Formatter {
  const char* program = nullptr;             // "mkfs.ext4"
  const char* package = nullptr;             // the Debian package that has it
  std::span<const char* const> arguments{};  // without the file
};

// Makes an empty filesystem in the file `backing`. Unimplemented, with the package that is missing,
// where the program is not found in the PATH, /usr/sbin or /sbin.
absl::Status Format(const Formatter& formatter, int backing);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FORMAT_H_
