// SPDX-License-Identifier: MIT
// Stores through mappings, and truncation of what they show.
// Source: mm/mmap.c (expand_downwards), mm/filemap.c, fs/open.c of 6.12; measured on 6.18.44.
#include <csignal>

#include "harness/scenario/layout.h"

namespace msyncspec {
namespace {

StepPrediction Faults(int signal) {
  return {.kind = StepPrediction::Kind::kFaults, .signal = signal};
}

}  // namespace

// A write step stores one byte in every page of its range.
StepPrediction Layout::Write(const Step& step) {
  const Address at = At(step.at);
  const Address end = at + LengthOf(step.length);
  if (at == end) return Returns(Errno::kOk);
  const Address first = {at.value & ~(page_size().count - 1)};
  for (Address page = first; page < end; page = page + page_size()) {
    const Mapping* mapping = space_.At(page);
    if (mapping == nullptr) mapping = GrowsDownTo(page);
    if (mapping == nullptr) return Faults(SIGSEGV);
    if (!Allows(mapping->access, Access::kWrite)) return Faults(SIGSEGV);
    const FileState* state = StateOf(*mapping);
    if (state != nullptr && state->backing == Backing::kSecret &&
        !surroundings_.secret_memory_is_locked && surroundings_.lock_limit.has_value()) {
      return Unmodelled("secret memory that is charged to its user when it is touched");
    }
    if (IsKernelOwned(*mapping)) return Unmodelled("a store would disturb the kernel's own ring");
    if (IsPastTheEnd(*mapping, page)) return Faults(SIGBUS);
  }
  // A store that faults is not performed: nothing grows before it is known that none does.
  for (Address page = first; page < end; page = page + page_size()) {
    if (space_.At(page) != nullptr) continue;
    Mapping grown = space_.From(page).front();
    grown.begin = page;
    space_.Insert(grown);
  }
  return Returns(Errno::kOk);
}

// Returns the mapping above `page`, which is unmapped, if it may grow down to it, or null.
const Mapping* Layout::GrowsDownTo(Address page) const {
  const std::span<const Mapping> above = space_.From(page);
  if (above.empty() || above.front().growth != Growth::kGrowsDown) return nullptr;
  const Mapping& growing = above.front();
  if (!Allows(growing.access, Access::kWrite)) return nullptr;
  if ((growing.end - page) > surroundings_.stack_limit) return nullptr;
  if (growing.locked() && !FitsLockLimit((growing.begin - page).count)) return nullptr;
  const size_t below = static_cast<size_t>(above.data() - space_.mappings().data());
  if (below > 0) {
    const Mapping& previous = space_.mappings()[below - 1];
    if (previous.growth != Growth::kGrowsDown && previous.access != Access::kNone &&
        (page - previous.end) < surroundings_.stack_gap) {
      return nullptr;
    }
  }
  return &growing;
}

StepPrediction Layout::Truncate(const Step& step) {
  FileState& state = files_[static_cast<size_t>(step.file)];
  // A segment has no descriptor that ftruncate could take.
  if (state.backing == Backing::kShm) return Returns(Errno::kEBADF);
  if (state.descriptor == Descriptor::kReadOnly) return Returns(Errno::kEINVAL);
  if (FactsOf(state.backing).truncation == Truncation::kRefused) return Returns(Errno::kEINVAL);
  state.pages = PageUp(LengthOf(step.length)).count / page_size().count;
  return Returns(Errno::kOk);
}

}  // namespace msyncspec
