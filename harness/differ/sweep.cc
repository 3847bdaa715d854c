// SPDX-License-Identifier: MIT
#include "harness/differ/sweep.h"

#include <cstdio>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/executor/stopwatch.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kTick = absl::Milliseconds(100);
// Longer than one layout takes anywhere, software emulation and slow disks included.
constexpr absl::Duration kStallPatience = absl::Seconds(20);
constexpr absl::Duration kStopPatience = absl::Seconds(2);
constexpr int kMaxRestarts = 8;  // a target that kills every worker is not asked for ever

// What came of waiting for a worker: its end, or that it was broken off, or, with neither, that it
// does not get on.
struct Watched {
  std::optional<WorkerEnd> end;
  Go go = Go::kOn;
};

Watched Watch(Worker& worker, const SweepState& state,
              absl::FunctionRef<Go(const SweepState&)> tick) {
  std::pair<uint64_t, uint64_t> last_place;
  Stopwatch since_progress;
  while (true) {
    if (std::optional<WorkerEnd> end = worker.Wait(kTick); end.has_value()) return {.end = end};
    if (const Go go = tick(state); go != Go::kOn) return {.go = go};
    const std::pair<uint64_t, uint64_t> place = {state.position, state.item};
    if (place != last_place) {
      last_place = place;
      since_progress = Stopwatch();
    } else if (since_progress.Elapsed() > kStallPatience) {
      return {};
    }
  }
}

constexpr size_t kMaxDeaths = kMaxRestarts + 1;

}  // namespace

void SweepState::Fail(const absl::Status& status) {
  snprintf(failure.data(), failure.size(), "%s", std::string(status.message()).c_str());
}

void SweepState::Record(const Suspect& suspect) {
  const size_t count = suspect_count_;
  const bool comparable = suspect.subject == Subject::kCall || suspect.subject == Subject::kStep ||
                          suspect.subject == Subject::kEffect;
  const bool death = suspect.subject == Subject::kCrash || suspect.subject == Subject::kHang;
  for (size_t i = 0; comparable && i < count; ++i) {
    const Suspect& known = suspects_[i];
    if (known.subject == suspect.subject && known.step == suspect.step &&
        known.rule == suspect.rule && known.expected == suspect.expected &&
        known.observed == suspect.observed) {
      return;
    }
  }
  if (count == kMaxSuspects) return;
  // Some places are kept for the deaths of workers.
  if (!death && count + kMaxDeaths >= kMaxSuspects) return;
  suspects_[count] = suspect;
  suspect_count_ = count + 1;  // only now, so that the parent never sees half of one
}

SweepResult RunSweep(SweepState& state,
                     absl::FunctionRef<void(SweepState& state, uint64_t start)> body,
                     absl::FunctionRef<Go(const SweepState& state)> tick) {
  uint64_t start = 0;
  for (int attempt = 0; attempt <= kMaxRestarts; ++attempt) {
    absl::StatusOr<Worker> worker = Worker::Start([&state, body, start] { body(state, start); });
    if (!worker.ok()) return {.status = worker.status()};
    const Watched watched = Watch(*worker, state, tick);
    if (watched.go != Go::kOn) {
      // Between two layouts, so that the counts belong together.
      state.stop = true;
      worker->Wait(kStopPatience);
      worker->Kill();
      return {.stopped = watched.go == Go::kStop};
    }
    if (state.failure[0] != '\0') return {.status = absl::InternalError(state.failure.data())};
    if (state.finished) return {.complete = true};
    if (watched.end.has_value() && watched.end->signal == 0) {
      return {.status = absl::InternalError(absl::StrCat("the worker ended by itself with status ",
                                                         watched.end->exit_status, " at ",
                                                         state.position.load()))};
    }
    if (!watched.end.has_value() && !worker->Kill()) {
      return {.status = absl::InternalError(absl::StrCat(
                  "the kernel does not let go of the worker at ", state.position.load()))};
    }
    state.Record({.subject = watched.end.has_value() ? Subject::kCrash : Subject::kHang,
                  .position = state.position,
                  .item = state.item});
    start = state.position + 1;
  }
  SweepResult result = {.died = true};
  result.status = absl::InternalError(absl::StrCat("the worker died ", kMaxRestarts + 1,
                                                   " times; what killed it is among the findings"));
  return result;
}

}  // namespace msyncspec
