// SPDX-License-Identifier: MIT
#include "harness/differ/exhaustive_sweep.h"

#include <utility>

#include "harness/executor/this_process.h"
#include "model/predict.h"

namespace msyncspec {
namespace {

// Reading the kernel's view costs as much as a thousand calls.
constexpr uint64_t kViewEvery = 64;

// Returns the files that the target could open, null for the others, which no layout then uses.
std::vector<const OpenedFile*> OpenedFiles(const SweepTarget& target, size_t count) {
  std::vector<const OpenedFile*> files;
  for (size_t i = 0; i < count; ++i) files.push_back(target.file(i));
  return files;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExhaustiveSweep>> ExhaustiveSweep::Make(const ExhaustiveScope& scope,
                                                                       const Profile& profile,
                                                                       FileProvider& provider) {
  absl::StatusOr<std::unique_ptr<SweepTarget>> target =
      SweepTarget::Make(scope.files(), profile, provider);
  if (!target.ok()) return target.status();
  std::unique_ptr<ExhaustiveSweep> sweep(new ExhaustiveSweep(scope, profile, *std::move(target)));
  // Last of all, when nothing more is allocated.
  sweep->target_->ReadAmbient();
  sweep->target_->layout().Reset(scope.files());
  return sweep;
}

ExhaustiveSweep::ExhaustiveSweep(const ExhaustiveScope& scope, const Profile& profile,
                                 std::unique_ptr<SweepTarget> target)
    : scope_(scope),
      profile_(profile),
      target_(std::move(target)),
      files_(OpenedFiles(*target_, scope.files().size())),
      performer_(target_->machine(), target_->surroundings().arena, files_) {
  const AddressSpace empty;  // whether a call walks does not depend on what is mapped
  for (const SymbolicCall& symbolic : scope.calls()) {
    const Call call = Resolve(symbolic, target_->machine(), target_->surroundings().arena);
    Predict(profile, target_->machine(), empty, call, prediction_);
    calls_.push_back({call, prediction_.walked,
                      prediction_.walked && DependsOnUnknown(target_->surroundings(), call)});
  }
  prediction_.syncs.reserve(kArenaPages);
}

void ExhaustiveSweep::Run(uint64_t begin, uint64_t end, SweepState& state) {
  for (uint64_t layout = begin; layout < end && !state.stop; ++layout) {
    state.position = layout;
    if (layout == begin) {
      for (int slot = 0; slot < scope_.slots(); ++slot) Apply(layout, slot, state);
    } else {
      Apply(layout, scope_.ChangedSlot(layout), state);
    }
    CompareCalls(layout, state);
    ++state.counts.layouts;

    if (layout % kViewEvery != 0) continue;
    const std::optional<bool> agrees = target_->ViewAgrees();
    state.counts.views += agrees.has_value();
    if (!agrees.value_or(true)) state.Record({.subject = Subject::kLayout, .position = layout});
  }
}

void ExhaustiveSweep::Apply(uint64_t layout, int slot, SweepState& state) {
  const Step step = scope_.StepFor(layout, slot);
  const Errno expected = target_->layout().Apply(step).result;
  const Errno observed = performer_.Perform(step);
  ++state.counts.steps;
  if (observed == expected) return;
  state.Record({.subject = Subject::kStep,
                .position = layout,
                .step = step.kind,
                .expected = Outcomes(expected),
                .observed = observed});
}

void ExhaustiveSweep::CompareCalls(uint64_t layout, SweepState& state) {
  const Machine& machine = target_->machine();
  const AddressSpace& space = target_->layout().space();
  SweepCounts counts = state.counts;
  for (size_t i = 0; i < calls_.size(); ++i) {
    const PreparedCall& prepared = calls_[i];
    if (prepared.unknown) {
      ++counts.unsupported_calls;
      continue;
    }
    state.item.store(i, std::memory_order_relaxed);
    const Errno observed = target_->Msync(prepared.call);
    Predict(profile_, machine, space, prepared.call, prediction_);
    ++counts.calls;
    counts.walked += prepared.walks;
    if (prediction_.outcomes.Allow(observed)) continue;
    ++counts.disagreed;
    state.Record({.subject = Subject::kCall,
                  .position = layout,
                  .item = i,
                  .rule = prediction_.rule,
                  .expected = prediction_.outcomes,
                  .observed = observed});
  }
  state.counts = counts;
}

}  // namespace msyncspec
