// SPDX-License-Identifier: MIT
// mmap, munmap and mprotect as far as they shape a layout.
// Source: mm/mmap.c, mm/vma.c, mm/mprotect.c of 6.12 and 7.2; measured on 6.18.44.
#include <algorithm>

#include "harness/scenario/layout.h"

namespace msyncspec {

StepPrediction Layout::Map(const Step& step) {
  if (step.file >= 0 &&
      FactsOf(files_[static_cast<size_t>(step.file)].backing).arrival == Arrival::kMoved) {
    return MapByMoving(step);
  }
  const AddressRange range = WholePages(step);
  if (range.begin == range.end) return Returns(Errno::kEINVAL);
  if (!surroundings_.machine.IsPageAligned(range.begin)) return Returns(Errno::kEINVAL);
  if ((step.options & kMapLocked) != 0 && !MayLockAtAll()) return Returns(Errno::kEPERM);

  // What is asked for counts, even where the file then takes no locks.
  const bool locks = (step.options & kMapLocked) != 0 || lock_of_new_ != Lock::kUnlocked;
  const bool fits = FitsLockLimit((range.end - range.begin).count);
  if (locks && !fits) return Returns(Errno::kEAGAIN);
  if (step.file >= 0) {
    const StepPrediction said = MapFile(step, range);
    if (said.kind != StepPrediction::Kind::kReturns || said.result != Errno::kOk) return said;
  }
  const bool grows_down = (step.options & kMapGrowsDown) != 0;
  if (grows_down && step.sharing == MapSharing::kShared) return Returns(Errno::kEINVAL);
  const bool droppable = (step.options & kMapDroppable) != 0;
  if (droppable && !surroundings_.features.droppable) {
    return Unmodelled("this kernel has no MAP_DROPPABLE");
  }
  if (droppable && (grows_down || (step.options & kMapLocked) != 0)) {
    return Returns(Errno::kEINVAL);
  }
  if (!CanBeCutOut(range)) return Unmodelled(kPartsOfWhatCannotBeCut);
  if (Remove(range) != Errno::kOk) return Returns(Errno::kEPERM);
  const Mapping mapping = NewMapping(step, range);
  if (mapping.lockability == Lockability::kAlwaysLocked && !fits) {
    // The file itself refuses, when what was mapped there is gone.
    return Returns(Errno::kEAGAIN);
  }
  space_.Insert(mapping);
  return Returns(Errno::kOk);
}

// Says what the file itself has against being mapped so; 0 if nothing.
StepPrediction Layout::MapFile(const Step& step, AddressRange range) const {
  const File& file = files_[static_cast<size_t>(step.file)];
  const BackingFacts& facts = FactsOf(file.backing);
  const bool stores_reach_it =
      step.sharing == MapSharing::kShared && Allows(step.access, Access::kWrite);
  if (stores_reach_it && file.descriptor == Descriptor::kReadOnly) return Returns(Errno::kEACCES);
  if ((step.options & kMapGrowsDown) != 0) return Returns(Errno::kEINVAL);
  if (stores_reach_it && facts.writing == Writing::kSealed) {
    // 6.18 asks for the seals first; older kernels when what was mapped there is gone.
    const std::span<const Mapping> there = space_.From(range.begin);
    const bool covers = !there.empty() && there.front().begin < range.end;
    return covers ? Unmodelled("whether a refused mapping leaves what it was to replace")
                  : Returns(Errno::kEPERM);
  }
  const uint64_t last =
      static_cast<uint64_t>(step.file_page) + (range.end - range.begin).count / page_size().count;
  if (facts.unit_pages > 1 && last > states_.pages(step.file)) {
    return Unmodelled("a file of huge pages, which grows when it is mapped past its end");
  }
  return Returns(Errno::kOk);
}

Mapping Layout::NewMapping(const Step& step, AddressRange range) const {
  Mapping mapping = {.begin = range.begin,
                     .end = range.end,
                     .lock = lock_of_new_,
                     .access = step.access,
                     .joining = Joining::kNotFollowed};
  if ((step.options & kMapLocked) != 0 && !mapping.locked()) mapping.lock = Lock::kLocked;
  if ((step.options & kMapGrowsDown) != 0) mapping.growth = Growth::kGrowsDown;
  if (step.file < 0) {
    if ((step.options & kMapDroppable) != 0) {
      mapping.marks = kDroppable;
      mapping.lockability = Lockability::kIgnoresLocks;
      mapping.lock = Lock::kUnlocked;
    }
    if (step.sharing == MapSharing::kPrivate) return mapping;
    mapping.sharing = Sharing::kShared;
    mapping.file = kUnnamedFile;
    return mapping;
  }

  const File& file = files_[static_cast<size_t>(step.file)];
  const BackingFacts& facts = FactsOf(file.backing);
  if (step.sharing == MapSharing::kShared) {
    mapping.sharing =
        file.descriptor == Descriptor::kReadOnly ? Sharing::kSharedReadOnlyFile : Sharing::kShared;
    mapping.joining =
        facts.joining == Joining::kGrows ? surroundings_.features.closed : facts.joining;
  }
  mapping.file = OpenFileOf(files_, step.file);
  mapping.offset = {static_cast<uint64_t>(step.file_page) * page_size().count};
  mapping.lockability = surroundings_.kernel.LockabilityOf(file.backing);
  if (file.backing == Backing::kPerf) mapping.marks = kNotForked;
  // Where the kernel has given up a lock of its own, what mmap itself is asked still counts.
  const bool given_up = facts.lockability == Lockability::kAlwaysLocked;
  if (mapping.lockability == Lockability::kIgnoresLocks && !given_up) {
    mapping.lock = Lock::kUnlocked;
  }
  if (mapping.lockability == Lockability::kAlwaysLocked && !mapping.locked()) {
    mapping.lock = Lock::kLocked;
  }
  return mapping;
}

StepPrediction Layout::Unmap(const Step& step) {
  const AddressRange range = WholePages(step);
  if (!surroundings_.machine.IsPageAligned(range.begin)) return Returns(Errno::kEINVAL);
  if (range.begin == range.end) return Returns(Errno::kEINVAL);
  if (!CanBeCutOut(range)) return Returns(Errno::kEINVAL);
  return Returns(Remove(range));
}

StepPrediction Layout::Protect(const Step& step) {
  const AddressRange range = WholePages(step);
  if (!surroundings_.machine.IsPageAligned(range.begin)) return Returns(Errno::kEINVAL);
  if (range.begin == range.end) return Returns(Errno::kOk);
  if (!CanBeCutOut(range)) return Unmodelled(kPartsOfWhatCannotBeCut);

  // The first hole or refusal ends it; what precedes has changed.
  Address reached = range.begin;
  Errno result = Errno::kENOMEM;
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin > reached) break;
    if (Allows(step.access, Access::kWrite) && RefusesWriters(mapping)) {
      result = Errno::kEACCES;
      break;
    }
    if (mapping.Has(kSealed)) {
      result = Errno::kEPERM;
      break;
    }
    if (Allows(step.access, Access::kWrite) && !Allows(mapping.access, Access::kWrite) &&
        IsKernelOwned(mapping)) {
      return Unmodelled("whether the kernel lets its own pages become writable");
    }
    reached = std::min(mapping.end, range.end);
    if (reached == range.end) {
      result = Errno::kOk;
      break;
    }
  }
  space_.Update({range.begin, reached},
                [&step](Mapping& mapping) { mapping.access = step.access; });
  return Returns(result);
}

}  // namespace msyncspec
