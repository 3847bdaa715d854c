// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_EFFECTS_TARGET_H_
#define MSYNCSPEC_FUZZ_EFFECTS_TARGET_H_

#include <memory>

#include "fuzz/guide.h"
#include "fuzz/kernel_coverage.h"
#include "fuzz/leaks.h"
#include "harness/differ/served_sweep.h"
#include "harness/effects/effects_provider.h"
#include "harness/generate/fit_scenario.h"

namespace msyncspec {

// Holds the model against this kernel and a file server of our own, in this process: answers, and
// exactly what the server is asked and stores.
class EffectsTarget {
 public:
  // Starts the server. To be made while this process has one thread. Ends the process where nothing
  // can be run.
  EffectsTarget();

  // Performs and compares `fitted`, of ServedHabitat; does not return if it disagrees.
  void Check(const FittedScenario& fitted);

  const SweepCounts& counts() const { return state_->counts; }

 private:
  void Perform(const Scenario& scenario);

  EffectsProvider provider_;
  std::unique_ptr<SweptServer> server_;
  Guide guide_;
  KernelCoverage coverage_;
  std::unique_ptr<ServedSweep> sweep_;
  std::unique_ptr<SweepState> state_ = std::make_unique<SweepState>();
  LeakWatch leaks_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_EFFECTS_TARGET_H_
