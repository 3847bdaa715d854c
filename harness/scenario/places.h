// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_PLACES_H_
#define MSYNCSPEC_HARNESS_SCENARIO_PLACES_H_

#include <variant>

#include "harness/scenario/position.h"
#include "harness/scenario/scenario.h"

// The positions and lengths that a scenario uses, for whoever treats all of them alike.
namespace msyncspec {

// Whether steps of this kind are about a range of addresses.
constexpr bool HasRange(StepKind kind) {
  switch (kind) {
    case StepKind::kLockAll:
    case StepKind::kUnlockAll:
    case StepKind::kTruncate:
    case StepKind::kReopen:
    case StepKind::kSignal:
    case StepKind::kFork:
      return false;
    default:
      return true;
  }
}

// Call `visit` with a reference to each Position and each Length that is used, in a fixed order.
template <typename AnyStep, typename Visit>
void ForEachPlaceOfStep(AnyStep& step, const Visit& visit) {
  if (HasRange(step.kind)) visit(step.at);
  if (HasRange(step.kind) || step.kind == StepKind::kTruncate) visit(step.length);
  if (step.kind == StepKind::kRemap) visit(step.new_length);
  if (step.moves) visit(step.to);
}
template <typename AnyScenario, typename Visit>
void ForEachPlace(AnyScenario& scenario, const Visit& visit) {
  for (auto& action : scenario.actions) {
    if (auto* step = std::get_if<Step>(&action); step != nullptr) {
      ForEachPlaceOfStep(*step, visit);
    } else {
      auto& call = std::get<SymbolicCall>(action);
      visit(call.addr);
      visit(call.length);
    }
  }
}

// Returns the number of pages that is the plainest: of positions 0; of lengths 1, unless they are
// counted in bytes or from another base, where it is 0.
constexpr int64_t PlainestPages(const Position& /*position*/) { return 0; }
constexpr int64_t PlainestPages(const Length& length) {
  return length.base == LengthBase::kZero && length.bytes == 0 ? 1 : 0;
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_PLACES_H_
