// SPDX-License-Identifier: MIT
// mremap: in place with flags 0, or moved with MREMAP_MAYMOVE | MREMAP_FIXED, and what was there
// kept with MREMAP_DONTUNMAP. Source: mm/mremap.c of 6.12 and 7.2; measured on 5.10, 6.1, 6.12
// and 6.18.
#include <algorithm>

#include "harness/scenario/layout.h"

namespace msyncspec {
namespace {

// Whether the object behind a mapping has an end that the layout does not follow.
bool IsSharedMemory(const Mapping& mapping) {
  return mapping.sharing == Sharing::kShared && mapping.joining == Joining::kNotFollowed;
}

// What mremap says of a range that goes on behind the end of `mapping`, the first of `from`: not
// in one mapping, unless what follows may have become one with it unseen.
StepPrediction BeyondOneMapping(std::span<const Mapping> from) {
  if (from.size() > 1 && Continues(from[0], from[1])) {
    return Unmodelled("whether mappings made apart have become one");
  }
  return Returns(Errno::kEFAULT);
}

}  // namespace

StepPrediction Layout::Remap(const Step& step) {
  const Address at = At(step.at), to = At(step.to);
  const Bytes old_length = PageUp(LengthOf(step.length));
  const Bytes new_length = PageUp(LengthOf(step.new_length));
  if (step.keeps && !surroundings_.features.keeping_remap) {
    return Unmodelled("this kernel has no MREMAP_DONTUNMAP");
  }
  if (!surroundings_.machine.IsPageAligned(at)) return Returns(Errno::kEINVAL);
  if (step.keeps && old_length != new_length) return Returns(Errno::kEINVAL);
  if (const Mapping* mapping = space_.At(at);
      step.keeps && mapping != nullptr && mapping->locked() &&
      (mapping->begin < at || at + old_length < mapping->end)) {
    // 6.18 unlocks all of it, 6.1 to 6.12 and 7.2 only the part.
    return Unmodelled("how much of a mapping is unlocked of which only a part moves");
  }
  if (new_length == Bytes{0}) return Returns(Errno::kEINVAL);
  const bool source_first = behaviour_.remap_order == RemapOrder::kSourceFirst;
  if (source_first && space_.At(at) == nullptr) return Returns(Errno::kEFAULT);
  if (step.moves && !surroundings_.machine.IsPageAligned(to)) return Returns(Errno::kEINVAL);
  const bool overlaps = to < at + old_length && at < to + new_length;
  if (step.moves && overlaps) return Returns(Errno::kEINVAL);
  if (old_length == Bytes{0}) return Unmodelled("mremap of length 0 duplicates a mapping");
  if (!CanBeCutOut({at, at + old_length}) || !CanBeCutOut({at + new_length, at + new_length}) ||
      (step.moves && !CanBeCutOut({to, to + new_length}))) {
    return Unmodelled(kPartsOfWhatCannotBeCut);
  }
  if (!step.moves) return RemapInPlace(at, old_length, new_length);
  return RemapTo(at, old_length, to, new_length, step.keeps ? Source::kStays : Source::kGoes);
}

StepPrediction Layout::RemapInPlace(Address at, Bytes old_length, Bytes new_length) {
  const Mapping* mapping = space_.At(at);
  const bool shrinks_anything = behaviour_.remap_order == RemapOrder::kTargetFirst;
  if (mapping == nullptr && !(shrinks_anything && new_length <= old_length)) {
    return Returns(Errno::kEFAULT);
  }
  if (mapping != nullptr && mapping->Has(kSealed)) return Returns(Errno::kEPERM);
  if (new_length <= old_length) {
    return Returns(Remove({at + new_length, at + old_length}));
  }
  if (at + old_length > mapping->end) return BeyondOneMapping(space_.From(at));
  if (!GrowsAsUsual(*mapping)) return Unmodelled("whether a mapping of this kind grows");
  if (IsKernelOwned(*mapping)) return Returns(Errno::kEFAULT);
  if (mapping->locked() && !FitsLockLimit((new_length - old_length).count)) {
    return Returns(Errno::kEAGAIN);
  }
  if (at + old_length < mapping->end) return Returns(Errno::kENOMEM);
  if (IsSharedMemory(*mapping)) return Unmodelled("shared memory that is mapped past its end");
  const std::span<const Mapping> behind = space_.From(mapping->end);
  if (!behind.empty() && behind.front().begin < at + new_length) return Returns(Errno::kENOMEM);

  if (mapping->joining != Joining::kJoins && mapping->joining != Joining::kNotFollowed) {
    space_.Extend(mapping->begin, at + new_length);
    return Returns(Errno::kOk);
  }
  Mapping grown = *mapping;
  grown.end = at + new_length;
  space_.Insert(grown);
  return Returns(Errno::kOk);
}

// Says what the model cannot follow of a move, if there is such a thing in `range`.
StepPrediction Layout::WhyNotMoved(AddressRange range, Source source) const {
  const std::span<const Mapping> from = space_.From(range.begin);
  for (size_t i = 0; i < from.size() && from[i].begin < range.end; ++i) {
    const Mapping& mapping = from[i];
    if (mapping.lockability != Lockability::kLockable && !mapping.Has(kDroppable)) {
      return Unmodelled("only ordinary memory is moved");
    }
    if (source == Source::kGoes) continue;
    if (mapping.file != kNoFile && !surroundings_.features.keeping_remap_of_files) {
      return Unmodelled("this kernel has no MREMAP_DONTUNMAP of what is not anonymous");
    }
    // All of the mapping loses its lock, so that it matters how far that reaches.
    const bool alike_before =
        &mapping != space_.mappings().data() && Continues((&mapping)[-1], mapping);
    const bool alike_behind = i + 1 < from.size() && Continues(mapping, from[i + 1]);
    if (mapping.locked() && (alike_before || alike_behind)) {
      return Unmodelled("whether mappings made apart have become one");
    }
  }
  return Returns(Errno::kOk);
}

StepPrediction Layout::RemapTo(Address at, Bytes old_length, Address to, Bytes new_length,
                               Source stays) {
  const AddressRange target = {to, to + new_length};
  const AddressRange source = {at, at + old_length};
  if (const StepPrediction why = WhyNotMoved(source, stays);
      why.kind == StepPrediction::Kind::kUnmodelled) {
    return why;
  }
  for (const Mapping& mapping : space_.From(source.begin)) {
    if (mapping.begin >= source.end) break;
    // If nothing was ever stored there, what is moved becomes one with what stays, and then has
    // lost its lock as well (mm/mremap.c: dontunmap_complete).
    const bool touches = to <= mapping.end && mapping.begin <= to + new_length;
    if (stays == Source::kStays && mapping.locked() && mapping.file == kNoFile && touches) {
      return Unmodelled("whether what is moved becomes one with what stays beside it");
    }
    if (moved_zeros_ && IsPrivateZeros(mapping)) {
      return Unmodelled("whether moved private memory of /dev/zero has joined its neighbours");
    }
    if (IsSharedMemory(mapping) && new_length > old_length) {
      return Unmodelled("shared memory that is mapped past its end");
    }
  }
  if (old_length == new_length && behaviour_.remap_moves_several) {
    return MoveSeveral(source, to, stays);
  }
  if (AnySealed(source) || AnySealed(target)) return RemapSealed(source);

  if (behaviour_.remap_order != RemapOrder::kChecksFirst) {
    Remove(target);
    if (new_length < old_length) Remove({at + new_length, source.end});
  }
  const Bytes moved = std::min(old_length, new_length);
  const Mapping* mapping = space_.At(at);
  if (mapping == nullptr) return Returns(Errno::kEFAULT);
  if (at + moved > mapping->end) return BeyondOneMapping(space_.From(at));
  if (new_length > old_length && mapping->locked() &&
      !FitsLockLimit((new_length - old_length).count)) {
    return Returns(Errno::kEAGAIN);
  }
  if (new_length < old_length) Remove({at + new_length, source.end});
  return Returns(MoveOne({at, at + moved}, to, new_length, stays));
}

// A move that changes the length, where something is sealed.
StepPrediction Layout::RemapSealed(AddressRange source) const {
  const Mapping* mapping = space_.At(source.begin);
  if (behaviour_.remap_order == RemapOrder::kChecksFirst) {
    if (mapping == nullptr) return Returns(Errno::kEFAULT);
    if (mapping->Has(kSealed)) return Returns(Errno::kEPERM);
    if (source.end <= mapping->end) return Returns(Errno::kEPERM);
  }
  return Unmodelled("a move that a seal ends half way");
}

// Gaps between the mappings are kept; what lies at the target's gaps stays.
StepPrediction Layout::MoveSeveral(AddressRange from, Address to, Source source) {
  const Mapping* first = space_.At(from.begin);
  if (first == nullptr) return Returns(Errno::kEFAULT);
  Address reached = from.begin;
  while (reached < from.end) {
    const std::span<const Mapping> rest = space_.From(reached);
    if (rest.empty() || rest.front().begin >= from.end) break;
    if (MovesAlone(rest.front()) && (reached > from.begin || rest.front().end < from.end)) {
      return BeyondOneMapping(rest);
    }
    const AddressRange part = {std::max(rest.front().begin, reached),
                               std::min(rest.front().end, from.end)};
    const Errno moved =
        MoveOne(part, to + (part.begin - from.begin), part.end - part.begin, source);
    if (moved != Errno::kOk) return Returns(moved);
    reached = part.end;
  }
  return Returns(Errno::kOk);
}

// Nothing of it is the file's own. Where it is moved its offset becomes that of its address, unless
// it has been stored to, so that it may join what stands there (mm/vma.c: copy_vma).
bool Layout::IsPrivateZeros(const Mapping& mapping) const {
  const File* file = FileOf(mapping);
  return file != nullptr && file->backing == Backing::kDevZero &&
         mapping.sharing != Sharing::kShared;
}

bool Layout::MovesAlone(const Mapping& mapping) const {
  const File* file = FileOf(mapping);
  if (file == nullptr) return false;
  switch (FactsOf(file->backing).moves_alone) {
    case msyncspec::MovesAlone::kNever:
      return false;
    case msyncspec::MovesAlone::kUnlessShared:
      return mapping.sharing != Sharing::kShared;
    case msyncspec::MovesAlone::kAlways:
      return true;
  }
  return false;
}

// Moves `from`, which lies in one mapping, in place of whatever is at the target. The kernel drops
// the context of a userfaultfd that has not asked to hear of it.
Errno Layout::MoveOne(AddressRange from, Address to, Bytes new_length, Source source) {
  Mapping moved = *space_.At(from.begin);
  if (moved.Has(kSealed)) return Errno::kEPERM;
  const AddressRange target = {to, to + new_length};
  if (const Errno removed = Remove(target); removed != Errno::kOk) return removed;
  if (moved.file >= 0) moved.offset = moved.offset + (from.begin - moved.begin);
  moved_zeros_ |= IsPrivateZeros(moved);
  moved.begin = to;
  moved.end = to + new_length;
  moved.marks = static_cast<uint8_t>(moved.marks & ~kUserfault);
  for (Address page = from.begin; guards_.any() && page < from.end; page = page + page_size()) {
    guards_[GuardIndex(to + (page - from.begin))] = IsGuard(page);
  }
  Leave(from, source);
  space_.Insert(moved);
  return Errno::kOk;
}

// What stays loses its pages, and with them its guards, and the lock of the whole mapping.
void Layout::Leave(AddressRange from, Source source) {
  if (source == Source::kGoes) {
    Remove(from);
    return;
  }
  if (guards_.any()) SetGuards(from, false);
  const Address begin = space_.At(from.begin)->begin;
  space_.UpdateApart([begin](Mapping& mapping) {
    if (mapping.begin == begin) mapping.lock = Lock::kUnlocked;
  });
}

}  // namespace msyncspec
