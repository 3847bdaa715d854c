// SPDX-License-Identifier: MIT
#include "harness/generate/mutation.h"

#include <algorithm>
#include <utility>

#include "harness/generate/random_action.h"
#include "harness/generate/random_scenario.h"
#include "harness/scenario/binary_repair.h"

namespace msyncspec {
namespace {

constexpr uint64_t kMaxChanges = 4;
constexpr uint64_t kMaxCopies = 8;
constexpr uint64_t kMaxRemoved = 4;
constexpr size_t kMany = 24;  // actions: with more, what is added is taken away again elsewhere

// Brings what was changed back into the bounds of a scenario, leaving out what cannot stand.
void Repair(Scenario& scenario) {
  std::erase_if(scenario.actions, [&scenario](Action& action) {
    Step* step = std::get_if<Step>(&action);
    return step != nullptr && !RepairStep(*step, scenario.files);
  });
  const auto is_call = [](const Action& action) {
    return std::holds_alternative<SymbolicCall>(action);
  };
  std::vector<Action>& actions = scenario.actions;
  if (actions.size() > kMaxActions) actions.resize(kMaxActions);
  if (std::none_of(actions.begin(), actions.end(), is_call)) {
    if (actions.size() == kMaxActions) actions.pop_back();
    actions.push_back(SymbolicCall{.length = {.pages = 1}});
  }
  RepairOrder(actions);
}

class Mutation {
 public:
  Mutation(RandomSource& source, Scenario& scenario)
      : source_(source), scenario_(scenario), random_(source, scenario) {}

  void ChangeOnce() {
    switch (source_.Below(16)) {
      case 0:
      case 1:
      case 2:
        return Insert(random_.NewStep());
      case 3:
      case 4:
        return Insert(random_.NewCall());
      case 5:
      case 6:
        return Remove();
      case 7:
      case 8:
        return Copy();
      case 9:
        return Swap();
      case 10:
        return ChangeFiles();
      default:
        return ChangeAction();
    }
  }

  void Remove() {
    const size_t first = Any();
    const size_t count = 1 + (source_.OneIn(4) ? source_.Below(kMaxRemoved) : 0);
    actions().erase(At(first), At(std::min(first + count, actions().size())));
  }

 private:
  std::vector<Action>& actions() { return scenario_.actions; }
  size_t Any() { return source_.Below(actions().size()); }
  std::vector<Action>::iterator At(size_t i) {
    return actions().begin() + static_cast<std::ptrdiff_t>(i);
  }

  // Steps come to stand anywhere; calls mostly last, behind all that makes the layout.
  void Insert(const Action& action) {
    if (actions().size() >= kMaxActions) return Remove();
    const bool last = std::holds_alternative<SymbolicCall>(action) && !source_.OneIn(4);
    actions().insert(last ? actions().end() : At(source_.Below(actions().size() + 1)), action);
  }

  void Swap() { std::swap(actions()[Any()], actions()[Any()]); }

  void ChangeAction() {
    Action& action = actions()[Any()];
    if (Step* step = std::get_if<Step>(&action); step != nullptr) {
      random_.Change(*step);
    } else {
      random_.Change(std::get<SymbolicCall>(action));
    }
  }

  // Repeats an action behind its own range, again and again; every second one may be otherwise,
  // since equal mappings join.
  void Copy() {
    const size_t i = Any();
    const Action original = actions()[i];
    const uint64_t copies = 1 + source_.Below(kMaxCopies);
    const int64_t gap = source_.OneIn(4) ? 1 : 0;
    const bool alternates = source_.OneIn(2);
    for (uint64_t n = 1; n <= copies && actions().size() < kMaxActions; ++n) {
      Action copy = original;
      if (Step* step = std::get_if<Step>(&copy); step != nullptr) {
        step->at.pages += static_cast<int64_t>(n) * (step->length.pages + gap);
        if (step->at.pages >= kRandomPages) break;
        if (alternates && n % 2 == 1 && step->kind == StepKind::kMap) {
          step->access = step->access == Access::kRead ? Access::kNone : Access::kRead;
        }
      }
      actions().insert(At(i + n), copy);
    }
  }

  void ChangeFiles() {
    std::vector<File>& files = scenario_.files;
    const std::span<const File> common = CommonRandomFiles();
    const File& file = common[source_.Below(common.size())];
    if (files.size() < kMaxFiles && (files.empty() || source_.OneIn(2))) {
      files.push_back(file);
      return;
    }
    // What others come from stays, since they would come from something else.
    const size_t i = source_.Below(files.size());
    const bool is_origin = std::any_of(files.begin(), files.end(), [i](const File& each) {
      return each.origin != Origin::kNew && each.of == static_cast<FileId>(i);
    });
    if (!is_origin) files[i] = file;
  }

  RandomSource& source_;
  Scenario& scenario_;
  RandomAction random_;
};

}  // namespace

void Mutate(RandomSource& source, Scenario& scenario) {
  Mutation mutation(source, scenario);
  for (uint64_t changes = 1 + source.Below(kMaxChanges); changes > 0; --changes) {
    mutation.ChangeOnce();
    Repair(scenario);
  }
  while (scenario.actions.size() > kMany && !source.OneIn(kMany)) mutation.Remove();
  Repair(scenario);
}

Scenario Cross(RandomSource& source, const Scenario& first, const Scenario& second) {
  Scenario crossed = first;
  // Derived files name their origins by place, which only those of the first keep.
  std::vector<FileId> places;
  for (const File& file : second.files) {
    const bool has_room = crossed.files.size() < kMaxFiles && file.origin == Origin::kNew;
    places.push_back(has_room ? static_cast<FileId>(crossed.files.size()) : FileId{0});
    if (has_room) crossed.files.push_back(file);
  }
  const size_t kept = source.Below(first.actions.size() + 1);
  const size_t taken = source.Below(second.actions.size() + 1);
  std::vector<Action>& actions = crossed.actions;
  actions.resize(kept);
  for (size_t i = second.actions.size() - taken; i < second.actions.size(); ++i) {
    Action action = second.actions[i];
    Step* step = std::get_if<Step>(&action);
    if (step != nullptr && step->file != kNoFile) {
      step->file = places[static_cast<size_t>(step->file)];
    }
    if (actions.size() < kMaxActions) actions.push_back(action);
  }
  Repair(crossed);
  return crossed;
}

}  // namespace msyncspec
