// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_GAP_H_
#define MSYNCSPEC_HARNESS_VECTORS_GAP_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Where a range has a hole behind a mapping, which is where an implementation may stop too early.
enum class Gap : uint8_t {
  kNone,
  kBetweenMappings,     // a mapping, a hole, a mapping
  kAtEnd,               // a mapping, then a hole to the end of the range, and nothing behind it
  kAtEndBeforeMapping,  // the same, and a mapping just behind the range
};

// Returns the gap of a scenario whose steps map single pages, and whose call is about whole pages
// from p0 on; kNone for every other.
Gap GapOf(const Scenario& scenario);

// Returns "hole-between-mappings" …
absl::string_view GapName(Gap gap);

// Returns what such ranges have in common, as a clause.
absl::string_view GapSays(Gap gap);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_GAP_H_
