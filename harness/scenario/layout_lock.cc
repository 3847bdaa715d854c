// SPDX-License-Identifier: MIT
// mlock, mlock2, munlock, mlockall and munlockall: who carries a lock, and what they answer.
// Source: mm/mlock.c and mm/gup.c of 6.12 and 7.2; measured on 6.18.44.
#include <algorithm>

#include "harness/scenario/layout.h"

namespace msyncspec {
namespace {

// What mlockall may be asked to bring in. A sanitizer's shadow alone is thousands of times larger.
constexpr Bytes kMostToBringIn = {uint64_t{1} << 30};

void SetLock(Mapping& mapping, Lock lock) {
  if (mapping.lockability == Lockability::kLockable) mapping.lock = lock;
}

}  // namespace

StepPrediction Layout::LockRange(const Step& step, Lock lock) {
  const bool locks = lock != Lock::kUnlocked;
  if (locks && !MayLockAtAll()) return Returns(Errno::kEPERM);

  // Unlike the rest of its kin, mlock rounds addr down.
  const Address at = At(step.at);
  const Bytes in_page = {at.value & (page_size().count - 1)};
  const Address begin = at - in_page;
  const AddressRange range = {begin, begin + PageUp(LengthOf(step.length) + in_page)};
  const uint64_t already = LockedBytes(range);
  if (locks && !FitsLockLimit((range.end - range.begin).count - already)) {
    return Returns(Errno::kENOMEM);
  }
  if (range.begin == range.end) return Returns(Errno::kOk);

  for (const Mapping& mapping : space_.From(range.begin)) {
    if (!locks || mapping.begin >= range.end) break;
    if (IsKernelOwned(mapping) && mapping.access == Access::kNone) {
      return Unmodelled("whether the kernel brings in pages of its own that are not accessible");
    }
    if (lock == Lock::kLocked && mapping.Has(kUserfault)) return WouldWait();
  }

  // A hole ends it; what precedes the hole is locked.
  Address reached = range.begin;
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin > reached || reached >= range.end) break;
    reached = std::min(mapping.end, range.end);
  }
  space_.Update(WithoutDeafEnds({range.begin, reached}),
                [lock](Mapping& mapping) { SetLock(mapping, lock); });
  if (reached < range.end) return Returns(Errno::kENOMEM);
  return Returns(locks ? Populate(range) : Errno::kOk);
}

// Returns `range` without the mappings at its ends that take no locks: mlock cuts none of these.
AddressRange Layout::WithoutDeafEnds(AddressRange range) const {
  const Mapping* first = space_.At(range.begin);
  if (first != nullptr && first->lockability != Lockability::kLockable) {
    range.begin = std::min(first->end, range.end);
  }
  const Mapping* last = space_.At(range.end);
  if (last != nullptr && last->lockability != Lockability::kLockable) {
    range.end = std::max(last->begin, range.begin);
  }
  return range;
}

// mlock brings the pages in once all of them are marked. Where a page cannot be had, it fails and
// leaves the marks behind.
Errno Layout::Populate(AddressRange range) const {
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin >= range.end) break;
    const bool on_fault = mapping.lock == Lock::kLockedOnFault;
    if (mapping.access == Access::kNone && (!on_fault || behaviour_.lock_on_fault_needs_access)) {
      return Errno::kENOMEM;
    }
    if (on_fault) continue;
    // Pages of memfd_secret cannot be pinned by anyone, the kernel included.
    const File* file = FileOf(mapping);
    if (file != nullptr && file->backing == Backing::kSecret) return Errno::kENOMEM;
    if (AnyGuard({std::max(mapping.begin, range.begin), std::min(mapping.end, range.end)})) {
      return Errno::kENOMEM;
    }
    const Address last = std::min(mapping.end, range.end) - page_size();
    if (IsPastTheEnd(mapping, last)) return Errno::kENOMEM;
  }
  return Errno::kOk;
}

StepPrediction Layout::LockAll(const Step& step) {
  const bool current = (step.options & kLockCurrent) != 0;
  const bool future = (step.options & kLockFuture) != 0;
  const Lock lock = (step.options & kLockAllOnFault) != 0 ? Lock::kLockedOnFault : Lock::kLocked;
  if (!current && !future) return Returns(Errno::kEINVAL);
  if (!MayLockAtAll()) return Returns(Errno::kEPERM);
  uint64_t total = 0;
  for (const Mapping& mapping : space_.mappings()) total += mapping.length().count;
  if (current && surroundings_.lock_limit.has_value()) {
    if (!surroundings_.ambient_known) return Unmodelled("the size of the process is not known");
    if (total > surroundings_.lock_limit->count) return Returns(Errno::kENOMEM);
  }
  if (current && lock == Lock::kLocked && total > kMostToBringIn.count) {
    return Unmodelled("the process is too large to be brought in as a whole");
  }
  for (const Mapping& mapping : space_.mappings()) {
    if (current && lock == Lock::kLocked && mapping.Has(kUserfault)) return WouldWait();
  }

  lock_of_new_ = future ? lock : Lock::kUnlocked;
  if (current) {
    space_.Update({{0}, {~uint64_t{0}}}, [lock](Mapping& mapping) { SetLock(mapping, lock); });
  }
  return Returns(Errno::kOk);
}

StepPrediction Layout::UnlockAll() {
  lock_of_new_ = Lock::kUnlocked;
  space_.Update({{0}, {~uint64_t{0}}}, [](Mapping& mapping) { SetLock(mapping, Lock::kUnlocked); });
  return Returns(Errno::kOk);
}

bool Layout::MayLockAtAll() const {
  return !surroundings_.lock_limit.has_value() || surroundings_.lock_limit->count > 0;
}

bool Layout::FitsLockLimit(uint64_t more_bytes) const {
  if (!surroundings_.lock_limit.has_value()) return true;
  const uint64_t pages = surroundings_.lock_limit->count / page_size().count;
  const uint64_t locked = LockedBytes({{0}, {~uint64_t{0}}});
  return locked + more_bytes <= pages * page_size().count;
}

uint64_t Layout::LockedBytes(AddressRange range) const {
  uint64_t bytes = 0;
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin >= range.end) break;
    const Address begin = std::max(mapping.begin, range.begin);
    if (mapping.locked()) bytes += (std::min(mapping.end, range.end) - begin).count;
  }
  return bytes;
}

}  // namespace msyncspec
