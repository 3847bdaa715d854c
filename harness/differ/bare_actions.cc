// SPDX-License-Identifier: MIT
#include "harness/differ/bare_actions.h"

#include <sys/syscall.h>

namespace msyncspec {
namespace {

SystemCall BareMsync(const Call& call) {
  return {SYS_msync, {call.addr.value, call.length.count, call.flags.word()}};
}

}  // namespace

BareAction Bare(const Step& step, const Performer& performer) {
  if (step.kind == StepKind::kWrite) return {.call = {}, .store = step};
  return {.call = performer.SystemCallFor(step), .store = std::nullopt};
}

void AppendBare(const Scenario& scenario, std::span<const OpenedFile* const> files,
                const Surroundings& around, const LayoutBehaviour& behaviour,
                std::vector<BareAction>& actions) {
  Performer performer(around.machine, around.arena, files);
  Layout layout(around, behaviour);
  layout.Reset(scenario.files);
  const uint64_t arena_bytes = static_cast<uint64_t>(kArenaPages) * around.machine.page_size.count;
  std::vector<BareAction> restore = {{.call = {SYS_munmap, {around.arena.value, arena_bytes}}}};
  for (const Action& action : scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    if (step == nullptr) {
      const Call call = Resolve(std::get<SymbolicCall>(action), around.machine, around.arena);
      actions.push_back({.call = BareMsync(call), .store = std::nullopt});
      continue;
    }
    const StepPrediction predicted = layout.Apply(*step);
    if (predicted.kind == StepPrediction::Kind::kUnmodelled) break;
    if (predicted.kind == StepPrediction::Kind::kFaults) continue;
    actions.push_back(Bare(*step, performer));
    if (step->kind == StepKind::kLockAll) restore.push_back({.call = {SYS_munlockall, {}}});
    if (step->kind == StepKind::kTruncate) {
      Step whole = *step;
      whole.length = {.pages = scenario.files[static_cast<size_t>(step->file)].pages};
      restore.push_back(Bare(whole, performer));
    }
  }
  actions.insert(actions.end(), restore.begin(), restore.end());
}

void Perform(std::span<const BareAction> actions, Performer& performer) {
  for (const BareAction& action : actions) {
    if (action.store.has_value()) {
      performer.Perform(*action.store);
    } else {
      action.call.Make();
    }
  }
}

}  // namespace msyncspec
