// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_LINES_H_
#define MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_LINES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "harness/scenario/position.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// C text of lines under 80 columns, where a tab takes eight.

// Returns a statement of the body of a function: `head`, which ends where its arguments begin, the
// arguments, parted by commas, and `tail`; in as many lines as it takes.
std::string Statement(absl::string_view head, const std::vector<std::string>& arguments,
                      absl::string_view tail);

// Returns a comment for people, `lines`, each broken where it is too long, and made harmless.
std::string BlockComment(const std::vector<std::string>& lines);

// Returns `text`, which has no quotes, backslashes or control characters, as a C string.
std::string Quoted(absl::string_view text);

// Return the C expression of a value, in terms of `p`, the arena's first page, and `page`.
std::string AddressInC(const Position& position);                       // a pointer
std::string LengthInC(const Length& length, const Position& position);  // of what begins there
std::string FlagsInC(SyncFlags flags);
std::string ErrnoInC(Errno value);  // a number where it has no name here

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_LINES_H_
