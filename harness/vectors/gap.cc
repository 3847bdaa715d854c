// SPDX-License-Identifier: MIT
#include "harness/vectors/gap.h"

#include <algorithm>

namespace msyncspec {
namespace {

bool Maps(const Scenario& scenario, int64_t page) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [page](const Action& each) {
    const Step* step = std::get_if<Step>(&each);
    return step != nullptr && step->at == Position{.pages = page};
  });
}

}  // namespace

Gap GapOf(const Scenario& scenario) {
  const SymbolicCall& call = std::get<SymbolicCall>(scenario.actions.back());
  if (call.addr != Position{} || !Maps(scenario, 0) || Maps(scenario, 1)) return Gap::kNone;
  const bool behind = Maps(scenario, 2);
  if (call.length == Length{.pages = 2}) return behind ? Gap::kAtEndBeforeMapping : Gap::kAtEnd;
  return behind && call.length == Length{.pages = 3} ? Gap::kBetweenMappings : Gap::kNone;
}

absl::string_view GapName(Gap gap) {
  switch (gap) {
    case Gap::kNone:
      return "";
    case Gap::kBetweenMappings:
      return "hole-between-mappings";
    case Gap::kAtEnd:
      return "hole-at-end";
    case Gap::kAtEndBeforeMapping:
      return "hole-at-end-before-mapping";
  }
  return "";
}

absl::string_view GapSays(Gap gap) {
  switch (gap) {
    case Gap::kNone:
      return "";
    case Gap::kBetweenMappings:
      return "a hole lies between two mappings of the range, and what is behind it matters";
    case Gap::kAtEnd:
      return "the range begins with a mapping and ends in a hole, with nothing behind it";
    case Gap::kAtEndBeforeMapping:
      return "the range begins with a mapping and ends in a hole, and what is mapped just behind "
             "it must not matter";
  }
  return "";
}

}  // namespace msyncspec
