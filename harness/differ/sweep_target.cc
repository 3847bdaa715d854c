// SPDX-License-Identifier: MIT
#include "harness/differ/sweep_target.h"

#include <algorithm>
#include <functional>

#include "harness/differ/run_and_judge.h"
#include "harness/executor/this_process.h"

namespace msyncspec {

absl::StatusOr<std::unique_ptr<SweepTarget>> SweepTarget::Make(std::span<const File> files,
                                                               const Profile& profile,
                                                               FileProvider& provider) {
  std::unique_ptr<SweepTarget> target(new SweepTarget());
  absl::StatusOr<Surroundings> surroundings = ReadSurroundings({files.begin(), files.end()});
  if (!surroundings.ok()) return surroundings.status();
  target->surroundings_ = *std::move(surroundings);
  target->compat_ = CallerOf(profile) == Caller::kCompat32;
  target->filter_ = provider.answers();
  target->surroundings_.machine = profile.abi.On(target->surroundings_.machine);
  target->surroundings_.ambient.reserve(KernelView::kMaxMappings);
  target->opened_.resize(files.size());
  target->why_not_.resize(files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    absl::StatusOr<OpenedFile> opened = provider.Open(files, i, target->machine().page_size);
    if (opened.ok()) {
      target->opened_[i].emplace(*std::move(opened));
    } else if (SaysUnsupported(opened.status())) {
      target->why_not_[i] = std::string(opened.status().message());
    } else {
      return opened.status();
    }
  }
  target->ReadAmbient();  // so that it is known whether there is anything to read
  target->layout_ = std::make_unique<Layout>(target->surroundings_, profile.layout);
  return target;
}

void SweepTarget::ReadAmbient() {
  view_->Read();
  SetAmbient(*view_, surroundings_);
}

void SweepTarget::TakeAmbientForPlain() {
  view_->Read();
  const std::span<const Mapping> mappings = view_->mappings();
  surroundings_.ambient.clear();
  surroundings_.ambient_known = false;
  surroundings_.ambient_is_plain =
      view_->source() == KernelView::Source::kSmaps &&
      std::none_of(mappings.begin(), mappings.end(), std::mem_fn(&Mapping::locked));
}

std::optional<bool> SweepTarget::ViewAgrees() {
  view_->Read();
  if (view_->source() != KernelView::Source::kSmaps) return std::nullopt;
  const Bytes arena = {static_cast<uint64_t>(kArenaPages) * machine().page_size.count};
  return !FirstDifference(layout_->space().mappings(), view_->mappings(),
                          {surroundings_.arena, surroundings_.arena + arena}, machine().page_size)
              .has_value();
}

}  // namespace msyncspec
