// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "harness/scenario/places.h"
#include "harness/scenario/scenario_size.h"
#include "harness/scenario/simplify_ways.h"

namespace msyncspec {
namespace {

// Calls may name pages far from the arena; there nothing is cut, nor sums made.
constexpr int64_t kNear = 2 * kArenaPages;

struct PageRange {
  int64_t begin = 0, end = 0;
};

// Returns the pages of a range whose ends can be moved, or nothing.
std::optional<PageRange> NearArena(const Position& at, const Length& length) {
  const bool is_near = at.anchor == Anchor::kArena && -kNear < at.pages && at.pages < kNear &&
                       length.base == LengthBase::kZero && 0 <= length.pages &&
                       length.pages < kNear;
  if (!is_near) return std::nullopt;
  return PageRange{at.pages, at.pages + length.pages};
}

// Calls `visit` with the place and the length of each range of an action, in turn.
template <typename AnyAction, typename Visit>
void ForEachRange(AnyAction& action, const Visit& visit) {
  auto* step = std::get_if<Step>(&action);
  if (step == nullptr) {
    auto& call = std::get<SymbolicCall>(action);
    visit(call.addr, call.length);
    return;
  }
  if (!HasRange(step->kind)) return;
  // Where a remap leaves its range in place, both lengths begin at the same address.
  if (step->kind == StepKind::kRemap && !step->moves) {
    auto place = step->at;
    visit(place, step->new_length);
  }
  visit(step->at, step->length);
  if (step->moves) visit(step->to, step->new_length);
}

// Returns where ranges begin and end, and the arena begins, in order.
std::vector<int64_t> Borders(const Scenario& scenario) {
  std::vector<int64_t> borders = {0};
  for (const Action& action : scenario.actions) {
    ForEachRange(action, [&borders](const Position& at, const Length& length) {
      const std::optional<PageRange> range = NearArena(at, length);
      if (!range.has_value()) return;
      if (range->begin > 0) borders.push_back(range->begin);
      if (range->end > 0) borders.push_back(range->end);
    });
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  return borders;
}

int64_t Behind(const PageRange& cut, int64_t page) {
  return page <= cut.begin ? page : std::max(cut.begin, page - (cut.end - cut.begin));
}

// Moves the ranges of an action to where they are without the pages of `cut`. Returns whether all
// of them are still there.
bool MoveDown(Action& action, const PageRange& cut) {
  bool remains = true;
  ForEachRange(action, [&](Position& at, Length& length) {
    const std::optional<PageRange> range = NearArena(at, length);
    if (!range.has_value()) return;
    at.pages = Behind(cut, range->begin);
    const int64_t pages = Behind(cut, range->end) - at.pages;
    remains &= pages > 0 || length.pages == 0;
    length.pages = pages;
  });
  return remains;
}

// Tries the scenario without the pages of `cut`, and without what is about these alone; or else
// with the calls that are, at the place where the pages were: what disagrees may need any call at
// all.
bool TryCut(MinimisingScenario& scenario, const PageRange& cut) {
  Scenario shorter = {.files = scenario.value().files}, with_calls = shorter;
  for (const Action& action : scenario.value().actions) {
    Action moved = action;
    const bool remains = MoveDown(moved, cut);
    if (remains) shorter.actions.push_back(moved);
    const SymbolicCall* call = std::get_if<SymbolicCall>(&action);
    if (!remains && call != nullptr) std::get<SymbolicCall>(moved).length = call->length;
    if (remains || call != nullptr) with_calls.actions.push_back(moved);
  }
  if (scenario.Try(shorter)) return true;
  return shorter != with_calls && scenario.Try(std::move(with_calls));
}

// Cuts as much as can be out of the pages between two borders.
void CutBetween(MinimisingScenario& scenario, int64_t begin, int64_t end) {
  if (TryCut(scenario, {begin, end})) return;
  for (int64_t pages = end - begin - 1; pages > 0;) {
    if (TryCut(scenario, {end - pages, end})) {
      end -= pages;
      pages = std::min(pages, end - begin - 1);
    } else {
      pages /= 2;
    }
  }
}

// A number of pages, and the plainest that it could be.
struct Number {
  int64_t* pages;
  int64_t plainest;
};

std::vector<Number> NumbersOf(Scenario& scenario) {
  std::vector<Number> numbers;
  ForEachPlace(scenario, [&numbers](auto& place) {
    numbers.push_back({&place.pages, PlainestPages(place)});
  });
  for (Action& action : scenario.actions) {
    Step* step = std::get_if<Step>(&action);
    if (step != nullptr) numbers.push_back({&step->file_page, 0});
  }
  for (File& file : scenario.files) {
    if (file.origin == Origin::kNew) numbers.push_back({&file.pages, 1});
  }
  return numbers;
}

// Brings the `index`-th number nearer by up to `by`. Returns how far from the plainest it then is.
uint64_t BringNearer(Scenario& scenario, size_t index, uint64_t by) {
  const std::vector<Number> numbers = NumbersOf(scenario);
  if (index >= numbers.size()) return 0;
  const Number& number = numbers[index];
  const uint64_t distance = Distance(*number.pages, number.plainest);
  const int64_t step = static_cast<int64_t>(std::min(by, distance));
  *number.pages += *number.pages > number.plainest ? -step : step;
  return distance - static_cast<uint64_t>(step);
}

}  // namespace

void CutPages(MinimisingScenario& scenario) {
  // A cut moves only what lies behind it, so that the borders before it stay what they are.
  const std::vector<int64_t> borders = Borders(scenario.value());
  for (size_t i = borders.size() - 1; i > 0; --i) {
    CutBetween(scenario, borders[i - 1], borders[i]);
  }
}

void BringNumbersDown(MinimisingScenario& scenario) {
  Scenario counted = scenario.value();
  const size_t count = NumbersOf(counted).size();
  for (size_t i = 0; i < count; ++i) {
    for (uint64_t by = BringNearer(counted, i, 0); by > 0;) {
      Scenario nearer = scenario.value();
      const uint64_t left = BringNearer(nearer, i, by);
      FollowFiles(nearer);
      by = scenario.Try(std::move(nearer)) ? std::min(by, left) : by / 2;
    }
  }
}

}  // namespace msyncspec
