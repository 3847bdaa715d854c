// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_SOURCE_H_
#define MSYNCSPEC_MODEL_SOURCE_H_

#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace msyncspec {

// One labelled excerpt of a source. White space is folded in all of its texts.
struct Clause {
  std::string label;       // "ERRORS EBUSY", as citations give it
  std::string text;        // the document's words, or this project's own
  std::string uncited;     // why no rule cites it; empty where one should
  std::string untestable;  // why nothing that a program sees could contradict it; empty elsewhere
};

// What rules cite: a document, or what this project wrote down about Linux.
struct Source {
  std::string name;                    // "man-pages-3.53", as citations give it
  std::string edition;                 // which edition, in words
  std::string where;                   // where it is to be found
  std::vector<Clause> clauses;         // in the order of the file
  std::vector<std::string> misplaced;  // lines that the format has no place for, without line ends

  // Returns the clause of that label, or null.
  const Clause* Find(absl::string_view label) const;
};

// Returns what `file` says, which is: comments (#); a head of three lines, `source: NAME`,
// `edition: …` and `where: …`; then clauses, each of them a line [LABEL], perhaps a line
// `uncited: REASON` or `untestable: REASON`, and lines of text up to a blank line. Total: lines of
// another form come back as `misplaced`.
Source ParseSource(absl::string_view file);

// Returns the sources of model/sources/ as they were when the program was built, in the order of
// model/CMakeLists.txt. They live as long as the program.
std::span<const Source> Sources();

// Returns the source of that name, or null.
const Source* FindSource(absl::string_view name);

// One file of model/sources/, before it is parsed.
struct SourceFile {
  absl::string_view path;  // within model/: "sources/man-pages-3.53.txt"
  absl::string_view text;
};

// Returns the files that Sources parses, in the same order.
std::span<const SourceFile> SourceFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_SOURCE_H_
