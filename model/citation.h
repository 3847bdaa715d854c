// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_CITATION_H_
#define MSYNCSPEC_MODEL_CITATION_H_

#include "absl/strings/string_view.h"

namespace msyncspec {

// Where a rule comes from: `words` stand under the label `clause` in model/sources/<source>.txt,
// which names the edition. A test finds them there.
struct Citation {
  absl::string_view source;  // "man-pages-3.53"
  absl::string_view clause;  // "ERRORS EBUSY"
  absl::string_view words;   // "a memory lock exists for the specified address range"
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_CITATION_H_
