// SPDX-License-Identifier: MIT
//
// native_vs_model, with its own cost: at its end it says how long an input took, the engine's work
// included, and how long the bare system calls of the same inputs take. scripts/bench runs it.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "fuzz/finding.h"
#include "fuzz/native_target.h"
#include "harness/differ/bare_actions.h"
#include "harness/scenario/binary.h"

namespace msyncspec {
namespace {

constexpr size_t kInputs = 128;  // between two turns of their bare system calls

// Returns the nanoseconds that this process has had a processor: others do not count.
int64_t Now() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

class Overhead {
 public:
  void Take(std::span<const uint8_t> bytes) {
    const FittedScenario fitted = Fit(RandomHabitat(), Decode(bytes));
    kernel_.Check(fitted);
    batch_.push_back(fitted);
    if (batch_.size() == kInputs) TakeTurn();
  }

  void Print() const {
    const int64_t ours = Now() - begin_ - paused_;
    const auto inputs = static_cast<double>(inputs_);
    printf("native_overhead: inputs %zu ours %.0f ns bare %.0f ns ratio %.3f\n", inputs_,
           static_cast<double>(ours) / inputs, static_cast<double>(bare_) / inputs,
           static_cast<double>(ours) / static_cast<double>(bare_));
  }

 private:
  void TakeTurn() {
    const int64_t pause = Now();
    std::vector<BareAction> actions;
    const SweepTarget& target = kernel_.target();
    for (const FittedScenario& fitted : batch_) {
      AppendBare(fitted.scenario, kernel_.FilesOf(fitted), target.surroundings(),
                 FuzzedProfile().layout, actions);
    }
    const int64_t begin = Now();
    Perform(actions, kernel_.performer());
    const int64_t end = Now();
    bare_ += end - begin;
    inputs_ += batch_.size();
    batch_.clear();
    paused_ += Now() - pause;
  }

  NativeTarget kernel_{KernelFiles()};
  std::vector<FittedScenario> batch_;
  size_t inputs_ = 0;
  const int64_t begin_ = Now();
  int64_t paused_ = 0, bare_ = 0;
};

Overhead& TheOverhead() {
  static Overhead& overhead = *new Overhead();
  return overhead;
}

}  // namespace
}  // namespace msyncspec

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  return atexit([] { msyncspec::TheOverhead().Print(); });
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  msyncspec::TheOverhead().Take({data, size});
  return 0;
}
