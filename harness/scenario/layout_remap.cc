// SPDX-License-Identifier: MIT
// mremap: in place with flags 0, or moved with MREMAP_MAYMOVE | MREMAP_FIXED.
// Source: mm/mremap.c of 6.12 and 7.2; measured on 5.10, 6.1, 6.12 and 6.18.
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
  if (!surroundings_.machine.IsPageAligned(at)) return Returns(Errno::kEINVAL);
  if (new_length == Bytes{0}) return Returns(Errno::kEINVAL);
  const bool source_first = behaviour_.remap_order == RemapOrder::kSourceFirst;
  if (source_first && space_.At(at) == nullptr) return Returns(Errno::kEFAULT);
  if (step.moves && !surroundings_.machine.IsPageAligned(to)) return Returns(Errno::kEINVAL);
  const bool overlaps = to < at + old_length && at < to + new_length;
  if (step.moves && overlaps) return Returns(Errno::kEINVAL);
  if (old_length == Bytes{0}) return Unmodelled("mremap of length 0 duplicates a mapping");
  WriteBackUnmapped({at, at + old_length});
  if (step.moves) WriteBackUnmapped({to, to + new_length});
  return step.moves ? RemapTo(at, old_length, to, new_length)
                    : RemapInPlace(at, old_length, new_length);
}

StepPrediction Layout::RemapInPlace(Address at, Bytes old_length, Bytes new_length) {
  const Mapping* mapping = space_.At(at);
  const bool shrinks_anything = behaviour_.remap_order == RemapOrder::kTargetFirst;
  if (mapping == nullptr && !(shrinks_anything && new_length <= old_length)) {
    return Returns(Errno::kEFAULT);
  }
  if (new_length <= old_length) {
    space_.Remove({at + new_length, at + old_length});
    return Returns(Errno::kOk);
  }
  if (at + old_length > mapping->end) return BeyondOneMapping(space_.From(at));
  if (IsKernelOwned(*mapping)) return Returns(Errno::kEFAULT);
  if (mapping->locked() && !FitsLockLimit((new_length - old_length).count)) {
    return Returns(Errno::kEAGAIN);
  }
  if (at + old_length < mapping->end) return Returns(Errno::kENOMEM);
  if (IsSharedMemory(*mapping)) return Unmodelled("shared memory that is mapped past its end");
  const std::span<const Mapping> behind = space_.From(mapping->end);
  if (!behind.empty() && behind.front().begin < at + new_length) return Returns(Errno::kENOMEM);

  Mapping grown = *mapping;
  grown.end = at + new_length;
  space_.Insert(grown);
  return Returns(Errno::kOk);
}

StepPrediction Layout::RemapTo(Address at, Bytes old_length, Address to, Bytes new_length) {
  const AddressRange target = {to, to + new_length};
  const AddressRange source = {at, at + old_length};
  for (const Mapping& mapping : space_.From(source.begin)) {
    if (mapping.begin >= source.end) break;
    if (mapping.lockability != Lockability::kLockable) {
      return Unmodelled("only ordinary memory is moved");
    }
    if (IsSharedMemory(mapping) && new_length > old_length) {
      return Unmodelled("shared memory that is mapped past its end");
    }
  }
  if (old_length == new_length && behaviour_.remap_moves_several) return MoveSeveral(source, to);

  if (behaviour_.remap_order != RemapOrder::kChecksFirst) {
    space_.Remove(target);
    if (new_length < old_length) space_.Remove({at + new_length, source.end});
  }
  const Bytes moved = std::min(old_length, new_length);
  const Mapping* mapping = space_.At(at);
  if (mapping == nullptr) return Returns(Errno::kEFAULT);
  if (at + moved > mapping->end) return BeyondOneMapping(space_.From(at));
  if (new_length > old_length && mapping->locked() &&
      !FitsLockLimit((new_length - old_length).count)) {
    return Returns(Errno::kEAGAIN);
  }
  if (new_length < old_length) space_.Remove({at + new_length, source.end});
  MoveOne({at, at + moved}, to, new_length);
  return Returns(Errno::kOk);
}

// Gaps between the mappings are kept; what lies at the target's gaps stays.
StepPrediction Layout::MoveSeveral(AddressRange from, Address to) {
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
    MoveOne(part, to + (part.begin - from.begin), part.end - part.begin);
    reached = part.end;
  }
  return Returns(Errno::kOk);
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

// Moves `from`, which lies in one mapping, in place of whatever is at the target.
void Layout::MoveOne(AddressRange from, Address to, Bytes new_length) {
  Mapping moved = *space_.At(from.begin);
  if (moved.file >= 0) moved.offset = moved.offset + (from.begin - moved.begin);
  moved.begin = to;
  moved.end = to + new_length;
  space_.Remove(from);
  space_.Insert(moved);
}

}  // namespace msyncspec
