// SPDX-License-Identifier: MIT
//
// A scenario's text and its bytes both give it back, and its text is canonical.
#include "fuzz/require.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  const Scenario scenario = Decode({data, size});
  const std::string text = Print(scenario);
  const auto show = [&text] { return text; };
  const absl::StatusOr<AnnotatedScenario> parsed = Parse(text);
  Require(parsed.ok(), "what is printed can be parsed", show);
  Require(parsed->scenario == scenario, "parsing gives back what was printed", show);
  Require(Print(*parsed) == text, "printing is canonical", show);
  Require(Decode(Encode(scenario)) == scenario, "decoding gives back what was encoded", show);
  return 0;
}
