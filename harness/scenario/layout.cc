// SPDX-License-Identifier: MIT
#include "harness/scenario/layout.h"

#include <algorithm>

namespace msyncspec {

namespace {

// Whether `step` may bring pages into memory that nothing has been stored to.
bool BringsIn(const Step& step) {
  switch (step.kind) {
    case StepKind::kLock:
    case StepKind::kLockOnFault:
    case StepKind::kLockAll:
      return true;
    case StepKind::kMap:
      return (step.options & (kMapLocked | kMapPopulate)) != 0;
    default:
      return false;
  }
}

}  // namespace

Layout::Layout(const Surroundings& surroundings, const LayoutBehaviour& behaviour)
    : surroundings_(surroundings),
      behaviour_(behaviour),
      states_(behaviour.error_report, behaviour.unmap_error) {
  // The mappings of the arena have a page each at least; ambient ones may be read later.
  space_.Reserve(surroundings.ambient.capacity() + kArenaPages + 2);
  space_.files().reserve(kMaxFiles);
  files_.reserve(kMaxFiles);
  Reset({});
}

void Layout::Reset(std::span<const File> files) {
  space_.Assign(surroundings_.ambient);
  files_.assign(files.begin(), files.end());
  states_.Reset(files, page_size());
  states_.TellFacts(space_.files());
  stores_ = 0;
  has_server_ = std::any_of(files.begin(), files.end(),
                            [](const File& file) { return file.backing == Backing::kFuse; });
  moved_.fill(false);
  brings_in_ = false;
  moved_zeros_ = false;
  guards_.reset();
  lock_of_new_ = Lock::kUnlocked;
}

StepPrediction Layout::Apply(const Step& step) {
  brings_in_ |= BringsIn(step);
  const StepPrediction predicted = Change(step);
  if (!states_.unclear()) return predicted;
  return Unmodelled("which error is kept where nobody waits for a server's writes");
}

StepPrediction Layout::Change(const Step& step) {
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
    case StepKind::kReopen:
      return Reopen(step);
    case StepKind::kSignal:
      return Returns(Errno::kOk);
    case StepKind::kFork:
      return Fork();
    case StepKind::kSeal:
      return Seal(step);
    case StepKind::kUserfault:
      return RegisterUserfault(step);
  }
  return Unmodelled("an unknown step");
}

StepPrediction Layout::ApplyMeanwhile(const Step& step, const SyncedRange& waiting) {
  if (step.kind == StepKind::kSignal) {
    states_.Interrupt(waiting.file);
    states_.TellFacts(space_.files());
  }
  StepPrediction predicted = Apply(step);
  // fuse_fsync holds the inode's lock, which a change of the size takes (fs/fuse/file.c).
  predicted.waits = step.kind == StepKind::kTruncate && predicted.result == Errno::kOk &&
                    ObjectOf(files_, step.file) == ObjectOf(files_, waiting.file);
  return predicted;
}

void Layout::WriteBack(const SyncedRange& request) {
  states_.WriteBack(request);
  states_.TellFacts(space_.files());
}

void Layout::TakeAnswer(const SyncedRange& request) {
  states_.TakeAnswer(request);
  states_.TellFacts(space_.files());
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

const File* Layout::FileOf(const Mapping& mapping) const {
  return mapping.file >= 0 ? &files_[static_cast<size_t>(mapping.file)] : nullptr;
}

bool Layout::IsKernelOwned(const Mapping& mapping) const {
  const File* file = FileOf(mapping);
  return file != nullptr && FactsOf(file->backing).owner == Owner::kKernel;
}

bool Layout::IsPastTheEnd(const Mapping& mapping, Address page) const {
  const File* file = FileOf(mapping);
  if (file == nullptr) return false;
  if (FactsOf(file->backing).past_the_end != PastTheEnd::kFaults) return false;
  const Bytes offset = mapping.offset + (page - mapping.begin);
  return offset.count >= states_.pages(mapping.file) * page_size().count;
}

}  // namespace msyncspec
