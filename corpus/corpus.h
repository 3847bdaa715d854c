// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_CORPUS_CORPUS_H_
#define MSYNCSPEC_CORPUS_CORPUS_H_

#include <span>

#include "absl/strings/string_view.h"

namespace msyncspec {

// One file of the corpus, as it was when the program was built.
struct CorpusFile {
  absl::string_view path;  // within corpus/: "rules/mapping.locked.msync"
  absl::string_view text;
};

// Returns every file of the corpus, in the order of CMakeLists.txt. They live as long as the
// program.
std::span<const CorpusFile> CorpusFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_CORPUS_CORPUS_H_
