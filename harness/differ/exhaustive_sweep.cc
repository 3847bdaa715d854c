// SPDX-License-Identifier: MIT
#include "harness/differ/exhaustive_sweep.h"

#include <cstdio>
#include <vector>

#include "harness/differ/sweep_target.h"
#include "harness/executor/system_calls.h"
#include "model/predict.h"

namespace msyncspec {
namespace {

// Reading the kernel's view costs as much as a thousand calls.
constexpr uint64_t kViewEvery = 64;

// A call of the scope with what is the same in every layout.
struct PreparedCall {
  Call call;
  bool walks;    // its arguments alone do not decide it
  bool unknown;  // it depends on what is mapped beyond the arena, and that is not known
};

std::vector<PreparedCall> Prepare(const ExhaustiveScope& scope, const Profile& profile,
                                  const SweepTarget& target) {
  const AddressSpace empty;  // whether a call walks does not depend on what is mapped
  Prediction prediction;
  std::vector<PreparedCall> prepared;
  for (const SymbolicCall& symbolic : scope.calls()) {
    const Call call = Resolve(symbolic, target.machine(), target.surroundings().arena);
    Predict(profile, target.machine(), empty, call, prediction);
    const bool walks = prediction.walked;
    prepared.push_back({call, walks, walks && target.DependsOnUnknown(call)});
  }
  return prepared;
}

// Returns the files that the target could open, null for the others, which no layout then uses.
std::vector<const OpenedFile*> OpenedFiles(const SweepTarget& target, size_t count) {
  std::vector<const OpenedFile*> files;
  for (size_t i = 0; i < count; ++i) files.push_back(target.file(i));
  return files;
}

}  // namespace

void ExhaustiveSweep(const ExhaustiveScope& scope, const Profile& profile, FileProvider provider,
                     uint64_t start, SweepState& state) {
  absl::StatusOr<std::unique_ptr<SweepTarget>> made =
      SweepTarget::Make(scope.files(), profile, provider);
  if (!made.ok()) {
    snprintf(state.failure.data(), state.failure.size(), "%s", made.status().ToString().c_str());
    return;
  }
  SweepTarget& target = **made;
  const std::vector<const OpenedFile*> files = OpenedFiles(target, scope.files().size());
  const Performer performer(target.machine(), target.surroundings().arena, files);
  const std::vector<PreparedCall> calls = Prepare(scope, profile, target);
  Layout& layout = target.layout();
  layout.Reset(scope.files());
  Prediction prediction;
  prediction.fsyncs.reserve(kArenaPages);

  const auto apply = [&](uint64_t index, int slot) {
    const Step step = scope.StepFor(index, slot);
    const Errno expected = layout.Apply(step).result;
    const Errno observed = performer.Perform(step);
    ++state.counts.steps;
    if (observed != expected) {
      state.Record({.subject = Subject::kStep,
                    .position = index,
                    .expected = expected,
                    .observed = observed});
    }
  };
  for (uint64_t index = start; index < scope.layouts(); ++index) {
    state.position = index;
    if (index == start) {
      for (int slot = 0; slot < scope.slots(); ++slot) apply(index, slot);
    } else {
      apply(index, scope.ChangedSlot(index));
    }

    SweepCounts counts = state.counts;
    for (size_t i = 0; i < calls.size(); ++i) {
      const PreparedCall& prepared = calls[i];
      if (prepared.unknown) {
        ++counts.unsupported_calls;
        continue;
      }
      state.item.store(i, std::memory_order_relaxed);
      const Errno observed = RawMsync(prepared.call);
      Predict(profile, target.machine(), layout.space(), prepared.call, prediction);
      ++counts.calls;
      counts.walked += prepared.walks;
      if (prediction.outcomes.Allow(observed)) continue;
      ++counts.disagreed;
      state.Record({.subject = Subject::kCall,
                    .position = index,
                    .item = i,
                    .rule = prediction.rule,
                    .expected = prediction.outcomes[0],
                    .observed = observed});
    }
    ++counts.layouts;
    state.counts = counts;

    if (index % kViewEvery != 0) continue;
    const std::optional<bool> agrees = target.ViewAgrees();
    state.counts.views += agrees.has_value();
    if (!agrees.value_or(true)) state.Record({.subject = Subject::kLayout, .position = index});
  }
  state.finished = true;
}

}  // namespace msyncspec
