// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_BARE_ACTIONS_H_
#define MSYNCSPEC_HARNESS_DIFFER_BARE_ACTIONS_H_

#include <optional>
#include <span>
#include <vector>

#include "harness/executor/performer.h"
#include "harness/executor/system_calls.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/scenario.h"

// What a scenario asks of the kernel and nothing else, for benchmarks to compare with.
namespace msyncspec {

// The bare form of an action: a system call, or, for a store, the step itself.
struct BareAction {
  SystemCall call;
  std::optional<Step> store;
};

// Returns the bare form of `step`.
BareAction Bare(const Step& step, const Performer& performer);

// Appends that of every action of `scenario`, whose file `i` is `files[i]`, as far as the model
// follows it, and what makes the process again what it was.
void AppendBare(const Scenario& scenario, std::span<const OpenedFile* const> files,
                const Surroundings& around, const LayoutBehaviour& behaviour,
                std::vector<BareAction>& actions);

// Performs them; `performer` is for the stores.
void Perform(std::span<const BareAction> actions, Performer& performer);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_BARE_ACTIONS_H_
