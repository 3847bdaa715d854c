// SPDX-License-Identifier: MIT
// Mappings that cannot be cut in two wherever a step may want it, and those that are moved to their
// place because the kernel has made them beforehand.
// Source: __split_vma in mm/vma.c, hugetlb_vm_op_split, special_mapping_split; measured on 6.18.44.
#include "harness/scenario/layout.h"

namespace msyncspec {

bool Layout::CanBeCutAt(const Mapping& mapping, Address place) const {
  const File* file = FileOf(mapping);
  if (file == nullptr) return true;
  const BackingFacts& facts = FactsOf(file->backing);
  if (facts.cutting == Cutting::kNever) return false;
  const uint64_t unit = static_cast<uint64_t>(facts.unit_pages) * page_size().count;
  return (place - mapping.begin).count % unit == 0;
}

bool Layout::CanBeCutOut(AddressRange range) const {
  for (const Address place : {range.begin, range.end}) {
    const Mapping* mapping = space_.At(place);
    if (mapping != nullptr && mapping->begin < place && !CanBeCutAt(*mapping, place)) return false;
  }
  return true;
}

bool Layout::IsOfLargeUnits(const Mapping& mapping) const {
  const File* file = FileOf(mapping);
  return file != nullptr && FactsOf(file->backing).unit_pages > 1;
}

bool Layout::GrowsAsUsual(const Mapping& mapping) const {
  const File* file = FileOf(mapping);
  return file == nullptr || FactsOf(file->backing).expansion == Expansion::kFollowed;
}

bool Layout::RefusesWriters(const Mapping& mapping) const {
  if (mapping.sharing == Sharing::kSharedReadOnlyFile) return true;
  const File* file = FileOf(mapping);
  return file != nullptr && mapping.sharing == Sharing::kShared &&
         FactsOf(file->backing).writing == Writing::kSealed;
}

// The one mapping that there is leaves the place where the kernel put it.
StepPrediction Layout::MapByMoving(const Step& step) {
  const AddressRange range = WholePages(step);
  if (!surroundings_.machine.IsPageAligned(range.begin)) return Returns(Errno::kEINVAL);
  if (!CanBeCutOut(range)) return Unmodelled(kPartsOfWhatCannotBeCut);
  const Backing backing = files_[static_cast<size_t>(step.file)].backing;
  for (size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].backing == backing && moved_[i]) {
      return Unmodelled("there is only one of it, and it has been moved before");
    }
  }
  moved_[static_cast<size_t>(step.file)] = true;
  const AddressRange home = surroundings_.homes[static_cast<size_t>(step.file)];
  if (home.begin < home.end) space_.Remove(home);
  Mapping moved = NewMapping(step, range);
  // mremap asks nobody who wants all new mappings locked.
  if (moved.lockability == Lockability::kLockable) moved.lock = Lock::kUnlocked;
  space_.Insert(moved);
  return Returns(Errno::kOk);
}

}  // namespace msyncspec
