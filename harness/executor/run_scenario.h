// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_RUN_SCENARIO_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_RUN_SCENARIO_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/kernel_view.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/scenario.h"
#include "model/errno.h"
#include "model/profile.h"

namespace msyncspec {

// What became of one action.
struct ActionObservation {
  enum class State : uint8_t {
    kNotReached,    // the process ended before it
    kNotPerformed,  // a store that would fault
    kBegun,         // the process ended, or hung, in it
    kDone,          // it answered `answer`
  };
  State state = State::kNotReached;
  Errno answer = Errno::kOk;
  bool waited = false;  // of another thread: it came back only when the call had been answered
};

// What a real system did with a scenario.
struct Observation {
  Surroundings surroundings;
  std::vector<ActionObservation> actions;  // one for each action of the scenario
  // The kernel's view when the last action was done; large, so not on anybody's stack.
  std::shared_ptr<KernelView> view = std::make_shared<KernelView>();
  int signal = 0;     // what killed the process, 0 if nothing did
  bool hung = false;  // it had to be killed when the deadline came
  ObservedEffects effects;
};

// Performs `scenario`, which is valid, in a process of its own. `behaviour` tells which stores
// would fault. Unimplemented or PermissionDenied where this machine or user cannot make one of its
// files, or where the model cannot follow a step; anything else is broken.
absl::StatusOr<Observation> RunScenario(const Scenario& scenario, const LayoutBehaviour& behaviour,
                                        FileProvider& provider, absl::Duration deadline);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_RUN_SCENARIO_H_
