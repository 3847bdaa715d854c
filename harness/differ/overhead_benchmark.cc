// SPDX-License-Identifier: MIT
//
// What the model and the comparison add to the system calls. Each figure is a ratio of two times
// that are measured in turn, slice by slice, within one run, so that the machine's pace cancels
// out. scripts/bench runs this and holds the ratios against their limits.
#include <benchmark/benchmark.h>
#include <sched.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "absl/time/clock.h"
#include "harness/differ/bare_actions.h"
#include "harness/differ/exhaustive_sweep.h"
#include "harness/differ/random_sweep.h"
#include "harness/differ/served_sweep.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/this_process.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr int kScope = 4;
constexpr uint64_t kLayouts = 32;    // done one way before the other has its turn
constexpr uint64_t kScenarios = 64;  // the same for random scenarios
constexpr uint64_t kSeed = 1;

const Profile& NewestProfile() { return LinuxProfiles().back(); }

template <typename Value>
Value OrDie(absl::StatusOr<Value> value) {
  if (value.ok()) return *std::move(value);
  fprintf(stderr, "%s\n", std::string(value.status().message()).c_str());
  std::exit(3);
}

// Returns the file without fsync that can be had here.
Backing FileWithoutFsync() {
  for (const Backing backing : {Backing::kBpfArray, Backing::kPerf}) {
    if (OpenKernelFile({.backing = backing}, ThisMachine().page_size).ok()) return backing;
  }
  fprintf(stderr, "no file without fsync can be had here: try as root\n");
  std::exit(4);
}

ExhaustiveScope MakeScope() {
  return ExhaustiveScope(
      kScope,
      {SlotClass::kHole, SlotClass::kPrivate, SlotClass::kShared, SlotClass::kSharedReadOnlyFile,
       SlotClass::kPrivateLocked, SlotClass::kSharedLocked, SlotClass::kSharedWithoutFsync},
      FileWithoutFsync());
}

// Returns the seconds that `work` takes.
template <typename Work>
double Seconds(const Work& work) {
  const int64_t begin = absl::GetCurrentTimeNanos();
  work();
  return static_cast<double>(absl::GetCurrentTimeNanos() - begin) * 1e-9;
}

std::vector<Call> CallsOf(const ExhaustiveScope& scope, const Surroundings& surroundings) {
  std::vector<Call> calls;
  for (const SymbolicCall& call : scope.calls()) {
    calls.push_back(Resolve(call, surroundings.machine, surroundings.arena));
  }
  return calls;
}

// The exhaustive check, divided by its own system calls.
void CheckOverhead(benchmark::State& state) {
  const ExhaustiveScope scope = MakeScope();
  const auto sweep = OrDie(ExhaustiveSweep::Make(scope, NewestProfile(), KernelFiles()));
  const std::vector<Call> calls = CallsOf(scope, sweep->target().surroundings());
  const auto shared = std::make_unique<SweepState>();
  std::vector<std::vector<BareAction>> changes;  // before each layout
  double ours = 0, bare = 0;
  uint64_t begin = 0;
  for (auto _ : state) {
    const uint64_t end = std::min(begin + kLayouts, scope.layouts());
    changes.assign(end - begin, {});
    for (int slot = 0; slot < kScope; ++slot) {
      changes[0].push_back(Bare(scope.StepFor(begin, slot), sweep->performer()));
    }
    for (uint64_t i = begin + 1; i < end; ++i) {
      const Step change = scope.StepFor(i, scope.ChangedSlot(i));
      changes[i - begin].push_back(Bare(change, sweep->performer()));
    }
    ours += Seconds([&] { sweep->Run(begin, end, *shared); });
    bare += Seconds([&] {
      for (const std::vector<BareAction>& change : changes) {
        Perform(change, sweep->performer());
        for (const Call& call : calls) benchmark::DoNotOptimize(RawMsync(call));
      }
    });
    begin = end == scope.layouts() ? 0 : end;
  }
  state.counters["ratio"] = ours / bare;
  state.counters["rate"] = static_cast<double>(shared->counts.calls) / ours;
}

// Predicting the calls of the exhaustive check, divided by making them.
void PredictShare(benchmark::State& state) {
  const ExhaustiveScope scope = MakeScope();
  const auto sweep = OrDie(ExhaustiveSweep::Make(scope, NewestProfile(), KernelFiles()));
  const std::vector<Call> calls = CallsOf(scope, sweep->target().surroundings());
  const Machine machine = sweep->target().machine();
  Layout& layout = sweep->target().layout();
  Prediction prediction;
  double ours = 0, bare = 0;
  uint64_t made = 0, index = 0;
  for (auto _ : state) {
    for (int slot = 0; slot < kScope; ++slot) {
      const Step step = scope.StepFor(index, slot);
      layout.Apply(step);
      sweep->performer().Perform(step);
    }
    ours += Seconds([&] {
      for (const Call& call : calls) {
        Predict(NewestProfile(), machine, layout.space(), call, prediction);
        benchmark::DoNotOptimize(prediction.outcomes);
      }
    });
    bare += Seconds([&] {
      for (const Call& call : calls) benchmark::DoNotOptimize(RawMsync(call));
    });
    made += calls.size();
    index = (index + 1) % scope.layouts();
  }
  state.counters["ratio"] = ours / bare;
  state.counters["nanoseconds"] = ours / static_cast<double>(made) * 1e9;
}

// Whether a scenario waits for something slower than memory, which varies by more than what is
// measured here.
bool WaitsForDevices(uint64_t index) {
  RandomScenario random;
  MakeRandomScenario(kSeed, index, random);
  return std::any_of(random.scenario.files.begin(), random.scenario.files.end(),
                     [](const File& file) {
                       return file.backing == Backing::kDisk || file.backing == Backing::kDeleted ||
                              file.backing == Backing::kPerf;
                     });
}

// Appends what random scenario `index` asks of the kernel, if all of its files can be had.
void AppendRandom(uint64_t index, RandomSweep& sweep, std::vector<BareAction>& actions) {
  RandomScenario random;
  MakeRandomScenario(kSeed, index, random);
  std::vector<const OpenedFile*> files;
  for (size_t i = 0; i < random.scenario.files.size(); ++i) {
    files.push_back(sweep.target().file(random.choice[i]));
    if (files.back() == nullptr) return;
  }
  AppendBare(random.scenario, files, sweep.target().surroundings(), NewestProfile().layout,
             actions);
}

// The random check, generation included, divided by its own system calls.
void RandomOverhead(benchmark::State& state) {
  const auto sweep = OrDie(RandomSweep::Make(NewestProfile(), KernelFiles()));
  const auto shared = std::make_unique<SweepState>();
  std::vector<BareAction> actions;
  double ours = 0, bare = 0;
  std::vector<uint64_t> indices;
  uint64_t next = 0;
  for (auto _ : state) {
    indices.clear();
    for (; indices.size() < kScenarios; ++next) {
      if (!WaitsForDevices(next)) indices.push_back(next);
    }
    actions.clear();
    for (const uint64_t index : indices) AppendRandom(index, *sweep, actions);
    ours += Seconds([&] {
      for (const uint64_t index : indices) sweep->Run(kSeed, index, index, *shared);
    });
    bare += Seconds([&] { Perform(actions, sweep->performer()); });
  }
  state.counters["ratio"] = ours / bare;
  state.counters["rate"] = static_cast<double>(shared->counts.layouts) / ours;
}

// Keeps this process, and the server that it starts, on one processor, where neither has to wake
// the other up from idleness.
class OneProcessor {
 public:
  OneProcessor() {
    sched_getaffinity(0, sizeof(before_), &before_);
    cpu_set_t here;
    CPU_ZERO(&here);
    CPU_SET(static_cast<unsigned>(sched_getcpu()), &here);
    sched_setaffinity(0, sizeof(here), &here);
  }
  ~OneProcessor() { sched_setaffinity(0, sizeof(before_), &before_); }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;

 private:
  cpu_set_t before_{};
};

// A served sweep with its server, on one processor.
struct ServedBench {
  OneProcessor processor;
  std::unique_ptr<SweptServer> server = OrDie(SweptServer::Start(ThisMachine().page_size));
  std::unique_ptr<ServedSweep> sweep = OrDie(ServedSweep::Make(NewestProfile(), *server));
  std::unique_ptr<SweepState> shared = std::make_unique<SweepState>();
};

// The served check, generation included, divided by its own system calls on the same server.
void EffectsOverhead(benchmark::State& state) {
  const ServedBench bench;
  std::vector<const OpenedFile*> files;
  for (size_t i = 0; i < ServedScenarioFiles().size(); ++i) {
    files.push_back(bench.sweep->target().file(i));
  }
  std::vector<BareAction> actions;
  Performer performer(bench.sweep->target().machine(), bench.sweep->target().surroundings().arena,
                      files);
  Scenario scenario;
  double ours = 0, bare = 0;
  uint64_t next = 0;
  for (auto _ : state) {
    const uint64_t end = next + kScenarios;
    actions.clear();
    for (uint64_t i = next; i < end; ++i) {
      MakeServedScenario(kSeed, i, scenario);
      AppendBare(scenario, files, bench.sweep->target().surroundings(), NewestProfile().layout,
                 actions);
    }
    ours += Seconds([&] {
      for (uint64_t i = next; i < end; ++i) {
        MakeServedScenario(kSeed, i, scenario);
        bench.sweep->Run(scenario, i, *bench.shared);
      }
    });
    bare += Seconds([&] { Perform(actions, performer); });
    next = end;
  }
  if (bench.shared->counts.disagreed > 0) state.SkipWithError("the kernel disagrees");
  state.counters["ratio"] = ours / bare;
  state.counters["rate"] = static_cast<double>(bench.shared->counts.calls) / ours;
}

enum class Page { kClean, kDirty };

// Calls with MS_SYNC for one page of a file server's file, compared, a second.
void EffectsRate(benchmark::State& state, Page page) {
  constexpr int kCalls = 128;
  constexpr Length kOnePage = {.pages = 1};
  const ServedBench bench;
  Scenario scenario = {.files = {ServedScenarioFiles().begin(), ServedScenarioFiles().end()}};
  scenario.actions.push_back(Step{.kind = StepKind::kMap,
                                  .length = kOnePage,
                                  .sharing = MapSharing::kShared,
                                  .access = Access::kRead | Access::kWrite,
                                  .file = 0});
  const SyncFlags sync(bench.sweep->target().machine().flags.sync);
  for (int i = 0; i < kCalls; ++i) {
    if (page == Page::kDirty) {
      scenario.actions.push_back(Step{.kind = StepKind::kWrite, .length = kOnePage});
    }
    scenario.actions.push_back(SymbolicCall{.length = kOnePage, .flags = sync});
  }
  double ours = 0;
  for (auto _ : state) {
    ours += Seconds([&] { bench.sweep->Run(scenario, 0, *bench.shared); });
  }
  if (bench.shared->counts.disagreed > 0) state.SkipWithError("the kernel disagrees");
  state.counters["rate"] = static_cast<double>(bench.shared->counts.calls) / ours;
}

BENCHMARK(CheckOverhead)->Name("check.overhead")->UseRealTime();
BENCHMARK(RandomOverhead)->Name("random.overhead")->UseRealTime();
BENCHMARK(PredictShare)->Name("predict.share")->UseRealTime();
BENCHMARK(EffectsOverhead)->Name("effects.overhead")->UseRealTime();
BENCHMARK_CAPTURE(EffectsRate, clean, Page::kClean)->Name("effects.clean")->UseRealTime();
BENCHMARK_CAPTURE(EffectsRate, dirty, Page::kDirty)->Name("effects.dirty")->UseRealTime();

}  // namespace
}  // namespace msyncspec

BENCHMARK_MAIN();
