// SPDX-License-Identifier: MIT
#include "harness/scenario/layout.h"

namespace msyncspec {

Layout::Layout(const Surroundings& surroundings, const LayoutBehaviour& behaviour)
    : surroundings_(surroundings), behaviour_(behaviour) {
  // The mappings of the arena have a page each at least; ambient ones may be read later.
  space_.Reserve(surroundings.ambient.capacity() + kArenaPages + 2);
  space_.files().reserve(kMaxFiles);
  files_.reserve(kMaxFiles);
  Reset({});
}

void Layout::Reset(std::span<const File> files) {
  space_.Assign(surroundings_.ambient);
  space_.files().clear();
  files_.clear();
  for (const File& file : files) {
    // A server that does not know FSYNC is asked once, and the caller told 0 (fs/fuse/file.c).
    const Errno answer = file.fsync_error == Errno::kENOSYS ? Errno::kOk : file.fsync_error;
    space_.files().push_back({FactsOf(file.backing).fsync, answer});
    files_.push_back({file.backing, file.descriptor, static_cast<uint64_t>(file.pages)});
  }
  lock_of_new_ = Lock::kUnlocked;
}

StepPrediction Layout::Apply(const Step& step) {
  switch (step.kind) {
    case StepKind::kMap:
      return Map(step);
    case StepKind::kUnmap:
      return Unmap(step);
    case StepKind::kProtect:
      return Protect(step);
    case StepKind::kLock:
      return LockRange(step, Lock::kLocked);
    case StepKind::kLockOnFault:
      return LockRange(step, Lock::kLockedOnFault);
    case StepKind::kUnlock:
      return LockRange(step, Lock::kUnlocked);
    case StepKind::kLockAll:
      return LockAll(step);
    case StepKind::kUnlockAll:
      return UnlockAll();
    case StepKind::kRemap:
      return Remap(step);
    case StepKind::kWrite:
      return Write(step);
    case StepKind::kTruncate:
      return Truncate(step);
    case StepKind::kAdvise:
      return Advise(step);
  }
  return Unmodelled("an unknown step");
}

Address Layout::At(const Position& position) const {
  return Resolve(position, surroundings_.machine, surroundings_.arena);
}

Bytes Layout::LengthOf(const Length& length) const {
  return Resolve(length, surroundings_.machine, {});
}

AddressRange Layout::WholePages(const Step& step) const {
  const Address at = At(step.at);
  return {at, at + PageUp(LengthOf(step.length))};
}

const Layout::FileState* Layout::StateOf(const Mapping& mapping) const {
  return mapping.file >= 0 ? &files_[static_cast<size_t>(mapping.file)] : nullptr;
}

bool Layout::IsKernelOwned(const Mapping& mapping) const {
  const FileState* state = StateOf(mapping);
  return state != nullptr && FactsOf(state->backing).owner == Owner::kKernel;
}

bool Layout::IsPastTheEnd(const Mapping& mapping, Address page) const {
  const FileState* state = StateOf(mapping);
  if (state == nullptr) return false;
  if (FactsOf(state->backing).past_the_end != PastTheEnd::kFaults) return false;
  const Bytes offset = mapping.offset + (page - mapping.begin);
  return offset.count >= state->pages * page_size().count;
}

}  // namespace msyncspec
