// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_NATIVE_TARGET_H_
#define MSYNCSPEC_FUZZ_NATIVE_TARGET_H_

#include <array>
#include <memory>
#include <optional>
#include <span>

#include "fuzz/guide.h"
#include "fuzz/kernel_coverage.h"
#include "fuzz/leaks.h"
#include "harness/differ/in_process_run.h"
#include "harness/differ/sweep_target.h"
#include "harness/executor/file_provider.h"
#include "harness/generate/fit_scenario.h"

namespace msyncspec {

// Holds the model against this kernel, in this process: answers of steps and calls, and now and
// then the kernel's own view of the layout.
class NativeTarget {
 public:
  // Opens the files of RandomHabitat. `provider` outlives the target. Ends the process where
  // nothing can be run.
  explicit NativeTarget(FileProvider& provider);

  // Performs and compares `fitted`, of RandomHabitat; does not return if it disagrees. Leaves out a
  // scenario with a file that cannot be had here.
  void Check(const FittedScenario& fitted);

  // Returns the opened files of `fitted`, null where one cannot be had.
  std::span<const OpenedFile* const> FilesOf(const FittedScenario& fitted);

  const SweepCounts& counts() const { return state_->counts; }
  const SweepTarget& target() const { return *target_; }
  Performer& performer() { return run_->performer(); }

 private:
  void Perform(const FittedScenario& fitted);

  FileProvider& provider_;
  std::unique_ptr<SweepTarget> target_;
  std::array<const OpenedFile*, kMaxFiles> files_{};  // of the last scenario
  Guide guide_;
  KernelCoverage coverage_;
  std::optional<InProcessRun> run_;
  std::unique_ptr<SweepState> state_ = std::make_unique<SweepState>();
  LeakWatch leaks_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_NATIVE_TARGET_H_
