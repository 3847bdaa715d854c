// SPDX-License-Identifier: MIT
//
// Any text is a valid scenario, which its own canonical text gives back, or an error with a place.
#include <cstdio>

#include "fuzz/require.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  const std::string text(data, data + size);
  const auto show = [&text] { return text; };
  const absl::StatusOr<AnnotatedScenario> parsed = Parse(text);
  int line = 0, column = 0;
  Require(parsed.ok() || sscanf(std::string(parsed.status().message()).c_str(), "%d:%d: expected",
                                &line, &column) == 2,
          "an error names its line and column", show);
  if (!parsed.ok()) return 0;
  Require(Validate(parsed->scenario).ok(), "what is parsed is valid", show);
  const absl::StatusOr<AnnotatedScenario> again = Parse(Print(*parsed));
  Require(again.ok() && *again == *parsed, "its canonical text gives it back", show);
  return 0;
}
