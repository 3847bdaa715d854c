// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_EXHAUSTIVE_SWEEP_H_
#define MSYNCSPEC_HARNESS_DIFFER_EXHAUSTIVE_SWEEP_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/differ/sweep.h"
#include "harness/differ/sweep_target.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/performer.h"
#include "harness/generate/exhaustive.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// Builds the layouts of a scope one after the other in this process, makes every call in each, and
// compares. For the worker of a sweep.
class ExhaustiveSweep {
 public:
  // `scope` and `profile` outlive the sweep. Not ok where the harness fails.
  static absl::StatusOr<std::unique_ptr<ExhaustiveSweep>> Make(const ExhaustiveScope& scope,
                                                               const Profile& profile,
                                                               FileProvider& provider);

  // Empties the arena.
  ~ExhaustiveSweep() { performer_.Clear(); }

  // Goes through the layouts from index `begin` up to, but not including, `end`.
  void Run(uint64_t begin, uint64_t end, SweepState& state);

  SweepTarget& target() { return *target_; }
  Performer& performer() { return performer_; }

 private:
  // A call of the scope with what is the same in every layout.
  struct PreparedCall {
    Call call;
    bool walks;    // its arguments alone do not decide it
    bool unknown;  // it depends on what is mapped beyond the arena, and that is not known
  };

  ExhaustiveSweep(const ExhaustiveScope& scope, const Profile& profile,
                  std::unique_ptr<SweepTarget> target);

  void Apply(uint64_t layout, int slot, SweepState& state);
  void CompareCalls(uint64_t layout, SweepState& state);

  const ExhaustiveScope& scope_;
  const Profile& profile_;
  const std::unique_ptr<SweepTarget> target_;
  const std::vector<const OpenedFile*> files_;
  Performer performer_;
  std::vector<PreparedCall> calls_;
  Prediction prediction_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_EXHAUSTIVE_SWEEP_H_
