// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer_scope.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace msyncspec {
namespace {

constexpr Address kFirstMappable = {0x10000};   // vm.mmap_min_addr
constexpr Address kUserEnd = {0x7ffffffff000};  // of x86-64; others have less, or are like it
constexpr Address kProgram = {0x400000};        // and its end, as linkers place it
constexpr Address kProgramEnd = {0x4c0000};
constexpr Address kStack = {0x7ffff0000000};
constexpr Address kStackEnd = {0x7ffff0021000};

// Returns mappings beside the arena and the room that is kept free around it.
std::vector<Mapping> AllElse(const Surroundings& around, Lock lock) {
  const Bytes room = {static_cast<uint64_t>(kArenaPages) * around.machine.page_size.count};
  return {{.begin = kFirstMappable, .end = around.arena - room, .lock = lock},
          {.begin = around.arena + room + room, .end = kUserEnd, .lock = lock}};
}

// Returns what a program has mapped at least.
std::vector<Mapping> ALittle(Lock lock) {
  return {{.begin = kProgram, .end = kProgramEnd, .lock = lock},
          {.begin = kStack, .end = kStackEnd, .lock = lock}};
}

bool LocksAll(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    return step != nullptr && step->kind == StepKind::kLockAll;
  });
}

bool IsSame(const ActionPrediction& a, const ActionPrediction& b) {
  return a.call.prediction.outcomes == b.call.prediction.outcomes && a.step.kind == b.step.kind &&
         a.step.result == b.step.result && a.step.signal == b.step.signal;
}

bool AreSame(const ScenarioPrediction& a, const ScenarioPrediction& b) {
  return std::equal(a.actions.begin(), a.actions.end(), b.actions.begin(), b.actions.end(), IsSame);
}

// Whether `call` looks at nothing but the arena and the room around it.
bool StaysNear(const SymbolicCall& call, const Surroundings& around) {
  const Machine machine = MachineOf(around.machine, call.caller);
  const Call received = machine.Receive(Resolve(call, around.machine, around.arena));
  const uint64_t room = static_cast<uint64_t>(kArenaPages) * machine.page_size.count;
  const uint64_t into = received.addr.value - (around.arena.value - room);
  return into <= 3 * room && machine.RoundUpToPages(received.length).count <= 3 * room - into;
}

// Finds out which calls of `prediction` are predicted otherwise where `others` are mapped too.
void Compare(const Scenario& scenario, const Profile& profile, const ScenarioPrediction& prediction,
             std::vector<Mapping> others, std::vector<bool>& depends) {
  Surroundings around = BareSurroundings();
  around.ambient = std::move(others);
  const ScenarioPrediction said = PredictScenario(scenario, profile, around);
  for (size_t i = 0; i < prediction.actions.size(); ++i) {
    const SymbolicCall* call = std::get_if<SymbolicCall>(&scenario.actions[i]);
    if (call == nullptr || StaysNear(*call, around)) continue;
    const bool same = i < said.actions.size() && IsSame(prediction.actions[i], said.actions[i]);
    if (!same) depends[i] = true;
  }
}

bool HoldsOn(const Machine& machine, const Scenario& scenario, const Profile& profile,
             const ScenarioPrediction& prediction) {
  Surroundings around = BareSurroundings();
  around.machine = machine;
  around.stack_gap = {256 * machine.page_size.count};
  return AreSame(prediction, PredictScenario(scenario, profile, around));
}

bool IsWide(int64_t value) {
  return value > std::numeric_limits<int32_t>::max() || value < std::numeric_limits<int32_t>::min();
}

// Whether a call has an argument that takes more than 32 bits to write down.
bool HasWideArguments(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
    const SymbolicCall* call = std::get_if<SymbolicCall>(&action);
    return call != nullptr && (IsWide(call->addr.bytes) || IsWide(call->length.bytes) ||
                               (call->flags.word() >> 32) != 0);
  });
}

}  // namespace

ReproducerScope ScopeOf(const Scenario& scenario, const Profile& profile,
                        const ScenarioPrediction& prediction) {
  ReproducerScope scope;
  scope.depends_on_others.resize(scenario.actions.size());
  const Surroundings bare = BareSurroundings();
  std::vector<Lock> locks = {Lock::kUnlocked};
  // What the C library maps later may be locked after mlockall.
  if (LocksAll(scenario)) locks.push_back(Lock::kLocked);
  for (const Lock lock : locks) {
    Compare(scenario, profile, prediction, AllElse(bare, lock), scope.depends_on_others);
    Compare(scenario, profile, prediction, ALittle(lock), scope.depends_on_others);
  }
  Machine machine = profile.abi.On(bare.machine);
  if (profile.abi.page_size.has_value()) scope.page_size = machine.page_size;
  for (const uint64_t pages : {uint64_t{16} << 10, uint64_t{64} << 10}) {
    machine.page_size = {pages};
    if (!HoldsOn(machine, scenario, profile, prediction)) scope.page_size = bare.machine.page_size;
  }
  machine = bare.machine;
  scope.needs_wide_registers = HasWideArguments(scenario);
  for (const int address_bits : {32, 64}) {
    machine.argument_bits = 32;
    machine.address_bits = address_bits;
    if (!HoldsOn(machine, scenario, profile, prediction)) scope.needs_wide_registers = true;
  }
  return scope;
}

}  // namespace msyncspec
