// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_IN_PROCESS_RUN_H_
#define MSYNCSPEC_HARNESS_DIFFER_IN_PROCESS_RUN_H_

#include <array>
#include <cstdint>
#include <span>

#include "harness/differ/call_onlooker.h"
#include "harness/differ/sweep.h"
#include "harness/differ/sweep_target.h"
#include "harness/executor/performer.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// Performs scenarios one after the other in this process, which goes on as it was, and compares
// every step and call. A scenario has only steps whose doing can be undone: none that locks the
// whole process, forks, seals or raises a signal. Allocates nothing.
class InProcessRun {
 public:
  // Everything outlives the run; `onlooker` may be null.
  InProcessRun(const Profile& profile, SweepTarget& target, CallOnlooker* onlooker = nullptr);

  // Performs `scenario`, whose file `i` is `files[i]`, as the `position`-th, and records what is
  // suspicious. Goes on behind a suspicious call, not behind a suspicious step.
  Way Perform(const Scenario& scenario, std::span<const OpenedFile* const> files, uint64_t position,
              SweepState& state);

  // Compares the kernel's own view of the layout that the last scenario has left with the model's.
  void CompareView(const Scenario& scenario, uint64_t position, SweepState& state);

  // Makes the process what it was before the last scenario.
  void CleanUp(const Scenario& scenario);

  Performer& performer() { return performer_; }

 private:
  Way PerformStep(const Step& step, const Suspect& place, SweepState& state);
  void PerformCall(const SymbolicCall& symbolic, const Suspect& place, SweepState& state);

  const Profile& profile_;
  SweepTarget& target_;
  CallOnlooker* const onlooker_;
  std::array<const OpenedFile*, kMaxFiles> files_{};
  Performer performer_;
  Prediction prediction_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_IN_PROCESS_RUN_H_
