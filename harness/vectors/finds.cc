// SPDX-License-Identifier: MIT
#include "harness/vectors/finds.h"

#include <algorithm>

#include "harness/scenario/print.h"

namespace msyncspec {

int Finds::NumberOf(const Rule& rule) {
  const auto [place, is_new] = numbers_.try_emplace(&rule);
  if (is_new) {
    const auto same = std::find(ids_.begin(), ids_.end(), rule.id);
    place->second = static_cast<int>(same - ids_.begin());
    if (same == ids_.end()) ids_.emplace_back(rule.id);
  }
  return place->second;
}

uint64_t Finds::Key(FlagKind kind, int subject, int other) {
  return static_cast<uint64_t>(kind) << 48 | static_cast<uint64_t>(subject) << 24 |
         static_cast<uint64_t>(other);
}

void Finds::Offer(FlagKind kind, int subject, int other, const SmallCase& found,
                  absl::FunctionRef<Flag()> flag) {
  const auto [place, is_new] = smallest_.try_emplace(Key(kind, subject, other));
  Smallest& smallest = place->second;
  if (is_new) {
    Flag made = flag();
    smallest.flag = made.name;
    made.note.kind = kind;
    notes_.try_emplace(std::move(made.name), std::move(made.note));
  } else if (found.cost >= smallest.cost) {
    return;
  }
  smallest.scenario = found.scenario;
  smallest.cost = found.cost;
}

std::vector<Find> Finds::All() const {
  std::map<std::string, Find> by_text;
  for (const auto& [key, smallest] : smallest_) {
    Find& find = by_text[Print(smallest.scenario)];
    find.scenario = smallest.scenario;
    find.cost = smallest.cost;
    find.flags.push_back(smallest.flag);
  }
  std::vector<Find> all;
  for (auto& [text, find] : by_text) {
    std::sort(find.flags.begin(), find.flags.end(), [this](const auto& a, const auto& b) {
      return std::tuple(notes_.at(a).kind, a) < std::tuple(notes_.at(b).kind, b);
    });
    find.flags.erase(std::unique(find.flags.begin(), find.flags.end()), find.flags.end());
    all.push_back(std::move(find));
  }
  return all;
}

}  // namespace msyncspec
