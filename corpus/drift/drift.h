// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_CORPUS_DRIFT_DRIFT_H_
#define MSYNCSPEC_CORPUS_DRIFT_DRIFT_H_

#include <span>

#include "absl/strings/string_view.h"

namespace msyncspec {

// One file of an entry, as it was when the program was built.
struct DriftFile {
  absl::string_view path;  // within corpus/drift/: "flags-are-an-int/entry.txt"
  absl::string_view text;
};

// Returns every file of every entry. They live as long as the program.
std::span<const DriftFile> DriftFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_CORPUS_DRIFT_DRIFT_H_
