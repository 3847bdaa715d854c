// SPDX-License-Identifier: MIT
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/random_sweep.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/executor/worker.h"
#include "harness/generate/random_scenario.h"

namespace msyncspec {
namespace {

constexpr uint64_t kClockEvery = 32;  // scenarios between two looks at the clock

}  // namespace

StageResult RunRandomStage(const StageContext& context, const RandomOptions& options) {
  StageResult result = {.name = "random"};
  const Stopwatch stopwatch;

  SharedMemory<SweepState> state;
  const SweepResult sweep = RunSweep(
      *state,
      [&](SweepState& shared, uint64_t start) {
        absl::StatusOr<std::unique_ptr<RandomSweep>> made =
            RandomSweep::Make(context.profile, context.provider);
        if (!made.ok()) return shared.Fail(made.status());
        for (uint64_t i = start; i < options.count && !shared.stop; ++i) {
          if (i % kClockEvery == 0 && stopwatch.Elapsed() >= options.budget) break;
          shared.position = i;
          (*made)->Run(options.seed, options.first + i, i, shared);
        }
        shared.finished = !shared.stop;
      },
      [&](const SweepState& shared) {
        const double by_time = absl::FDivDuration(stopwatch.Elapsed(), options.budget);
        const double by_count =
            static_cast<double>(shared.position) / static_cast<double>(options.count);
        return context.progress({.stage = result.name,
                                 .done = std::min(1.0, std::max(by_time, by_count)),
                                 .layouts = shared.counts.layouts,
                                 .calls = shared.counts.calls,
                                 .suspects = shared.Suspects().size()});
      });
  TakeSweep(sweep, state->counts, stopwatch.Elapsed(), result);
  for (size_t i = 0; i < SweepState::kMaxReasons; ++i) {
    if (state->unsupported[i] == 0) continue;
    result.unsupported[UnsupportedReason(i, context.provider)].layouts += state->unsupported[i];
  }
  for (const Suspect& suspect : state->Suspects()) {
    if (sweep.stopped || context.progress({.stage = result.name, .done = 1}) == Go::kStop) break;
    RandomScenario random;
    const uint64_t index = options.first + suspect.position;
    MakeRandomScenario(options.seed, index, random);
    AddFindings(context, random.scenario, suspect,
                absl::StrCat("seed ", options.seed, ", scenario ", index),
                absl::StrCat("msyncspec check --stages=random --seed=", options.seed,
                             " --at=", index, " --count=1 --profile=", context.profile.name),
                result);
  }
  return result;
}

}  // namespace msyncspec
