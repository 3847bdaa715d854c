// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_CORPUS_KNOWN_DEVIATIONS_KNOWN_DEVIATIONS_H_
#define MSYNCSPEC_CORPUS_KNOWN_DEVIATIONS_KNOWN_DEVIATIONS_H_

#include <span>

#include "absl/strings/string_view.h"

namespace msyncspec {

// One known deviation, as its file was when the program was built.
struct KnownDeviationFile {
  absl::string_view path;  // within corpus/known_deviations/: "gvisor.NAME.msync"
  absl::string_view text;
};

// Returns every known deviation. They live as long as the program.
std::span<const KnownDeviationFile> KnownDeviationFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_CORPUS_KNOWN_DEVIATIONS_KNOWN_DEVIATIONS_H_
