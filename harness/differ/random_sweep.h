// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_RANDOM_SWEEP_H_
#define MSYNCSPEC_HARNESS_DIFFER_RANDOM_SWEEP_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "harness/differ/in_process_run.h"
#include "harness/differ/sweep.h"
#include "harness/differ/sweep_target.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/performer.h"
#include "harness/generate/random_scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Performs random scenarios in this process and compares every step and call. For the worker of a
// sweep. SweepState::unsupported has a place for each reason that UnsupportedReason knows.
class RandomSweep {
 public:
  // `profile` outlives the sweep. Not ok where the harness fails.
  static absl::StatusOr<std::unique_ptr<RandomSweep>> Make(const Profile& profile,
                                                           FileProvider& provider);

  // Performs the scenario of that seed and index, the `position`-th of this sweep.
  void Run(uint64_t seed, uint64_t index, uint64_t position, SweepState& state);

  SweepTarget& target() { return *target_; }
  Performer& performer() { return run_.performer(); }

 private:
  RandomSweep(const Profile& profile, std::unique_ptr<SweepTarget> target);

  bool TakeFiles(SweepState& state);

  const std::unique_ptr<SweepTarget> target_;
  std::array<const OpenedFile*, RandomScenario::kMaxChosen> files_{};
  InProcessRun run_;
  RandomScenario random_;
};

// Returns what place `i` of SweepState::unsupported counts, or "" if there is no such place. For a
// file it says which; why it cannot be had is asked of the provider.
std::string UnsupportedReason(size_t i, FileProvider& provider);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_RANDOM_SWEEP_H_
