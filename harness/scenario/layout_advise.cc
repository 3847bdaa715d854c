// SPDX-License-Identifier: MIT
// madvise: pages given up, guard pages, and what a child process does not get.
// Source: mm/madvise.c of 7.2; measured on 6.18.44.
#include <algorithm>

#include "harness/scenario/layout.h"

namespace msyncspec {

StepPrediction Layout::Advise(const Step& step) {
  const AddressRange range = WholePages(step);
  const bool about_guards = step.advice == Advice::kGuard || step.advice == Advice::kUnguard;
  if (about_guards && !surroundings_.features.guard_pages) {
    return Unmodelled("this kernel has no guard pages");
  }
  if (!surroundings_.machine.IsPageAligned(range.begin)) return Returns(Errno::kEINVAL);
  if (range.begin == range.end) return Returns(Errno::kOk);

  // A hole is remembered, as in msync; a refusal ends it, and what precedes has changed.
  Address reached = range.begin;
  StepPrediction result = Returns(Errno::kOk);
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin >= range.end) break;
    if (mapping.begin > reached) result = Returns(Errno::kENOMEM);
    const StepPrediction answer = AnswerTo(step.advice, mapping);
    if (answer.kind == StepPrediction::Kind::kUnmodelled) return answer;
    if (answer.result != Errno::kOk) {
      Take(step.advice, {range.begin, reached});
      return answer;
    }
    reached = std::min(mapping.end, range.end);
  }
  Take(step.advice, {range.begin, reached});
  return reached < range.end ? Returns(Errno::kENOMEM) : result;
}

// What one mapping answers. A seal refuses what discards memory that the caller could not write.
StepPrediction Layout::AnswerTo(Advice advice, const Mapping& mapping) const {
  const bool discards = advice != Advice::kUnguard && advice != Advice::kDoFork;
  if (discards && mapping.Has(kSealed) && mapping.sharing == Sharing::kPrivate &&
      !Allows(mapping.access, Access::kWrite)) {
    const File* file = FileOf(mapping);
    if (file == nullptr) return Returns(Errno::kEPERM);
    if (file->backing == Backing::kDevZero) {
      return Unmodelled("whether sealed private memory of /dev/zero counts as anonymous");
    }
  }
  const File* file = FileOf(mapping);
  switch (advice) {
    case Advice::kDontNeed:
      if (mapping.locked()) return Returns(Errno::kEINVAL);
      if (IsKernelOwned(mapping)) {
        return Unmodelled("the kernel cannot bring back pages of its own");
      }
      if (IsOfLargeUnits(mapping)) return Unmodelled("whether huge pages are given back");
      return Returns(Errno::kOk);
    case Advice::kGuard:
      if (mapping.locked()) return Returns(Errno::kEINVAL);
      return AnswerToGuard(mapping);
    case Advice::kUnguard:
      return AnswerToGuard(mapping);
    case Advice::kDontFork:
      return Returns(Errno::kOk);
    case Advice::kDoFork:
      // Only memory of a device (VM_IO) stays with its process.
      if (!IsKernelOwned(mapping) || file->backing == Backing::kBpfArray) {
        return Returns(Errno::kOk);
      }
      return Unmodelled("whether a child may have the rings of the kernel");
  }
  return Unmodelled("an unknown advice");
}

StepPrediction Layout::AnswerToGuard(const Mapping& mapping) const {
  if (IsKernelOwned(mapping)) return Returns(Errno::kEINVAL);
  if (mapping.file != kNoFile && !surroundings_.features.guard_pages_in_files) {
    return Unmodelled("this kernel has no guard pages in mappings of files");
  }
  if (mapping.Has(kUserfault)) return Unmodelled("guard pages in memory of a userfaultfd");
  if (IsOfLargeUnits(mapping)) return Unmodelled("guard pages in huge pages");
  const File* file = FileOf(mapping);
  if (file != nullptr && file->backing == Backing::kSecret && !mapping.locked()) {
    return Unmodelled("guard pages in secret memory that is not locked");
  }
  return Returns(Errno::kOk);
}

// Does what was asked to what is mapped in `range`, which all accepts it.
void Layout::Take(Advice advice, AddressRange range) {
  switch (advice) {
    case Advice::kDontNeed:
      return;
    case Advice::kGuard:
    case Advice::kUnguard:
      for (const Mapping& mapping : space_.From(range.begin)) {
        if (mapping.begin >= range.end) return;
        SetGuards({std::max(mapping.begin, range.begin), std::min(mapping.end, range.end)},
                  advice == Advice::kGuard);
      }
      return;
    case Advice::kDontFork:
      return space_.Update(range, [](Mapping& mapping) { mapping.marks |= kNotForked; });
    case Advice::kDoFork:
      return space_.Update(range, [](Mapping& mapping) {
        mapping.marks = static_cast<uint8_t>(mapping.marks & ~kNotForked);
      });
  }
}

size_t Layout::GuardIndex(Address page) const {
  return (page - surroundings_.arena).count / page_size().count;
}

bool Layout::IsGuard(Address page) const {
  return guards_.any() && GuardIndex(page) < guards_.size() && guards_[GuardIndex(page)];
}

bool Layout::AnyGuard(AddressRange range) const {
  if (guards_.none()) return false;
  const Address end = surroundings_.arena + Bytes{guards_.size() * page_size().count};
  Address page = std::max(range.begin, surroundings_.arena);
  for (; page < std::min(range.end, end); page = page + page_size()) {
    if (IsGuard(page)) return true;
  }
  return false;
}

void Layout::SetGuards(AddressRange range, bool value) {
  for (Address page = range.begin; page < range.end; page = page + page_size()) {
    guards_[GuardIndex(page)] = value;
  }
}

}  // namespace msyncspec
