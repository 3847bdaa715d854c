// SPDX-License-Identifier: MIT
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/run_and_judge.h"
#include "harness/differ/served_sweep.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/executor/this_process.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

constexpr uint64_t kClockEvery = 32;  // scenarios between two looks at the clock

// The worker's part.
void Sweep(const Profile& profile, SweptServer& server, const RandomOptions& options,
           const Stopwatch& stopwatch, SweepState& state, uint64_t start) {
  absl::StatusOr<std::unique_ptr<ServedSweep>> made = ServedSweep::Make(profile, server);
  if (!made.ok()) return state.Fail(made.status());
  Scenario scenario;
  scenario.actions.reserve(kMaxActions);
  for (uint64_t i = start; i < options.count && !state.stop; ++i) {
    if (i % kClockEvery == 0 && stopwatch.Elapsed() >= options.budget) break;
    state.position = i;
    MakeServedScenario(options.seed, options.first + i, scenario);
    (*made)->Run(scenario, i, state);
  }
  state.finished = !state.stop;
}

}  // namespace

StageResult RunServedStage(const StageContext& context, const RandomOptions& options) {
  StageResult result = {.name = "served"};
  if (context.profile.layout.unmap_error != UnmapError::kCoarse) {
    // One scenario's writes would reach the server in the midst of the next.
    result.unsupported["before 6.16 FUSE does not wait for what munmap writes"].layouts = 1;
    result.complete = true;
    return result;
  }
  absl::StatusOr<std::unique_ptr<SweptServer>> server = SweptServer::Start(ThisMachine().page_size);
  if (!server.ok()) {
    if (!SaysUnsupported(server.status())) result.status = server.status();
    result.unsupported[std::string(server.status().message())].layouts = 1;
    result.complete = result.status.ok();
    return result;
  }
  const Stopwatch stopwatch;
  SharedMemory<SweepState> state;
  const SweepResult sweep = RunSweep(
      *state,
      [&](SweepState& shared, uint64_t start) {
        Sweep(context.profile, **server, options, stopwatch, shared, start);
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
  result.effects[std::string(FactsOf(Backing::kFuse).name)] += state->counts.effects;
  if (state->unsupported[0] > 0) {
    result.unsupported["a step that the model of the layout does not follow"].layouts =
        state->unsupported[0];
  }
  for (const Suspect& suspect : state->Suspects()) {
    if (sweep.stopped || context.progress({.stage = result.name, .done = 1}) == Go::kStop) break;
    const uint64_t index = options.first + suspect.position;
    Scenario scenario;
    MakeServedScenario(options.seed, index, scenario);
    AddFindings(context, scenario, suspect,
                absl::StrCat("seed ", options.seed, ", served scenario ", index), "", result);
  }
  return result;
}

}  // namespace msyncspec
