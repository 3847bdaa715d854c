// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_REQUIRE_H_
#define MSYNCSPEC_FUZZ_REQUIRE_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace msyncspec {

// Ends the process, in the way that every engine takes for a crash, unless `law` holds; `of_what`
// says of what it does not.
void Require(bool holds, absl::string_view law, absl::FunctionRef<std::string()> of_what);

// Ends the process with status 4 before anything is fuzzed: nothing can be run here, because of
// `why`.
[[noreturn]] void NothingCanBeRun(absl::string_view why);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_REQUIRE_H_
