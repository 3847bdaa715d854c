// SPDX-License-Identifier: MIT
#include "fuzz/require.h"

#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_format.h"

namespace msyncspec {
namespace {

constexpr int kExitNothingRun = 4;

}  // namespace

void Require(bool holds, absl::string_view law, absl::FunctionRef<std::string()> of_what) {
  if (holds) return;
  absl::FPrintF(stderr, "this does not hold: %s\n%s\n", law, of_what());
  abort();
}

void NothingCanBeRun(absl::string_view why) {
  absl::FPrintF(stderr, "nothing can be run here: %s\n", why);
  // Without the engine's own handlers, which would take the end for a crash.
  _exit(kExitNothingRun);
}

}  // namespace msyncspec
