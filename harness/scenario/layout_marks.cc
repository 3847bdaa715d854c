// SPDX-License-Identifier: MIT
// mseal and userfaultfd: what they accept, and what a seal keeps from being unmapped.
// Source: mm/mseal.c, mm/vma.c, fs/userfaultfd.c, mm/userfaultfd.c of 7.2; measured on 6.18.44.
#include <algorithm>

#include "harness/scenario/layout.h"

namespace msyncspec {

// A hole anywhere keeps all of the range from being sealed.
StepPrediction Layout::Seal(const Step& step) {
  if (!surroundings_.features.seal) return Unmodelled("this kernel has no mseal");
  const AddressRange range = WholePages(step);
  if (!surroundings_.machine.IsPageAligned(range.begin)) return Returns(Errno::kEINVAL);
  Address reached = range.begin;
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin > reached || reached >= range.end) break;
    reached = std::min(mapping.end, range.end);
  }
  if (reached < range.end) return Returns(Errno::kENOMEM);
  space_.Update(range, [](Mapping& mapping) { mapping.marks |= kSealed; });
  return Returns(Errno::kOk);
}

bool Layout::AnySealed(AddressRange range) const {
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin >= range.end) break;
    if (mapping.Has(kSealed)) return true;
  }
  return false;
}

// Unmaps all of `range`, or nothing where a part of it is sealed.
Errno Layout::Remove(AddressRange range) {
  if (AnySealed(range)) return Errno::kEPERM;
  WriteBackUnmapped(range);
  space_.Remove(range);
  if (guards_.any()) SetGuards(range, false);
  return Errno::kOk;
}

// Holes are passed over, as long as anything is mapped; a mapping that cannot have it refuses all.
StepPrediction Layout::RegisterUserfault(const Step& step) {
  if (!surroundings_.features.userfault) return Unmodelled("no userfaultfd can be had here");
  const Address at = At(step.at);
  const Bytes length = LengthOf(step.length);
  if (!surroundings_.machine.IsPageAligned(at)) return Returns(Errno::kEINVAL);
  if (length == Bytes{0} || PageUp(length) != length) return Returns(Errno::kEINVAL);
  const AddressRange range = {at, at + length};
  bool anything = false;
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin >= range.end) break;
    const StepPrediction answer = AnswerToUserfault(mapping);
    if (answer.kind != StepPrediction::Kind::kReturns || answer.result != Errno::kOk) return answer;
    anything = true;
  }
  if (!anything) return Returns(Errno::kEINVAL);
  space_.Update(range, [](Mapping& mapping) { mapping.marks |= kUserfault; });
  return Returns(Errno::kOk);
}

StepPrediction Layout::AnswerToUserfault(const Mapping& mapping) const {
  if (mapping.Has(kDroppable)) return Returns(Errno::kEINVAL);
  const File* file = FileOf(mapping);
  if (file == nullptr) return Returns(Errno::kOk);
  switch (FactsOf(file->backing).userfault) {
    case Userfault::kNotKnown:
      return Unmodelled("whether a userfaultfd takes such a file");
    case Userfault::kRefused:
      return Returns(Errno::kEINVAL);
    case Userfault::kAccepted:
      break;
  }
  return Returns(mapping.sharing == Sharing::kSharedReadOnlyFile ? Errno::kEPERM : Errno::kOk);
}

}  // namespace msyncspec
