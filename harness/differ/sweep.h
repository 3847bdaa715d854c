// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_SWEEP_H_
#define MSYNCSPEC_HARNESS_DIFFER_SWEEP_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "harness/differ/stage.h"
#include "harness/differ/verdict.h"
#include "harness/scenario/scenario.h"
#include "model/errno.h"
#include "model/prediction.h"
#include "model/rule.h"

namespace msyncspec {

// A sweep compares very many layouts in one worker, without allocation, and reports through memory
// that it shares with its parent. What looks like a disagreement is only a suspect there: the
// parent makes a scenario of it and confirms it by itself.

// The place of something suspicious, and what was suspicious about it.
struct Suspect {
  Subject subject = Subject::kCall;
  uint64_t position = 0;           // which layout or scenario of the sweep
  uint64_t item = 0;               // which of its calls or actions
  StepKind step = StepKind::kMap;  // for a step
  const Rule* rule = nullptr;      // for a call
  Outcomes expected;
  Errno observed = Errno::kOk;
};

// How far a scenario of a sweep could be followed: to its end, or not by the model, or up to a step
// that answered otherwise.
enum class Way : uint8_t { kFollowed, kUnmodelled, kSuspect };

// Counts that only grow.
struct SweepCounts {
  uint64_t layouts = 0;
  uint64_t steps = 0;
  uint64_t calls = 0;              // made and compared
  uint64_t walked = 0;             // of these, not decided by their arguments alone
  uint64_t disagreed = 0;          // of these
  uint64_t views = 0;              // layouts compared with the kernel's own view
  EffectCounts effects;            // on a file server
  uint64_t unsupported_calls = 0;  // would reach beyond the arena, where nothing is known
};

// What a sweep's worker and its parent share.
class SweepState {
 public:
  static constexpr size_t kMaxReasons = 32;
  static constexpr size_t kMaxSuspects = 64;  // different ones; more are only counted

  SweepCounts counts;
  // Layouts that could not be compared, by the sweep's own numbering of reasons.
  std::array<uint64_t, kMaxReasons> unsupported{};
  std::atomic<uint64_t> position{0};  // the layout or scenario being worked on
  std::atomic<uint64_t> item{0};      // and which of its calls or actions
  std::atomic<bool> stop{false};      // the parent asks the sweep to end before its end
  std::atomic<bool> finished{false};  // the sweep has come to its end
  std::array<char, 256> failure{};    // why it could not begin

  // Says why the sweep could not begin.
  void Fail(const absl::Status& status);

  // Records `suspect` unless one of the same kind is there already. Nothing is known of a crash, a
  // hang or a layout until it is run again, so of these each counts.
  void Record(const Suspect& suspect);

  std::vector<Suspect> Suspects() const {
    return {suspects_.begin(),
            suspects_.begin() + static_cast<std::ptrdiff_t>(suspect_count_.load())};
  }

 private:
  std::atomic<size_t> suspect_count_{0};
  std::array<Suspect, kMaxSuspects> suspects_;
};

// How a sweep ended.
struct SweepResult {
  absl::Status status;    // not ok if the harness failed
  bool complete = false;  // it came to its end
  bool stopped = false;   // at once: nothing more may be run
  bool died = false;      // its workers did, too often; then the status is not ok
};

// Runs `body(state, start)` in a worker, from position 0. Where the worker dies or hangs, records a
// suspect for that position and starts again behind it. `tick` is called several times a second.
SweepResult RunSweep(SweepState& state,
                     absl::FunctionRef<void(SweepState& state, uint64_t start)> body,
                     absl::FunctionRef<Go(const SweepState& state)> tick);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_SWEEP_H_
