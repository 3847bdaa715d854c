// SPDX-License-Identifier: MIT
#include "model/address_space.h"

#include <algorithm>

namespace msyncspec {
namespace {

using Difference = std::vector<Mapping>::difference_type;

void MoveBegin(Mapping& mapping, Address begin) {
  if (mapping.file >= 0) mapping.offset = mapping.offset + (begin - mapping.begin);
  mapping.begin = begin;
}

}  // namespace

bool Continues(const Mapping& left, const Mapping& right) {
  if (left.end != right.begin) return false;
  Mapping expected = left;
  expected.begin = right.begin;
  expected.end = right.end;
  if (left.file >= 0) expected.offset = left.offset + left.length();
  return expected == right;
}

const Mapping* AddressSpace::At(Address address) const {
  const std::span<const Mapping> from = From(address);
  return !from.empty() && from.front().begin <= address ? &from.front() : nullptr;
}

size_t AddressSpace::IndexFrom(Address address) const {
  return static_cast<size_t>(From(address).data() - mappings_.data());
}

bool AddressSpace::SplitAt(Address address) {
  const size_t i = IndexFrom(address);
  if (i == mappings_.size() || mappings_[i].begin >= address) return false;
  mappings_.insert(mappings_.begin() + static_cast<Difference>(i), mappings_[i]);
  mappings_[i].end = address;
  MoveBegin(mappings_[i + 1], address);
  return true;
}

void AddressSpace::Seams::Note(const Mapping& mapping, Met met) {
  const bool begins_cut = cut_begin_ && mapping.begin == range_.begin;
  const bool ends_cut = cut_end_ && mapping.end == range_.end;
  // What comes behind is met later: if it is changed as well, it was not alike in time.
  if (upper_neighbour_ == mapping.begin && met == Met::kChanged) upper_neighbour_ = {};
  if (met == Met::kUnchanged || begins_cut == ends_cut) return;
  (begins_cut ? upper_neighbour_ : lower_neighbour_) = begins_cut ? mapping.end : mapping.begin;
}

bool AddressSpace::Seams::Allow(Joining joining, Address place) const {
  if (joining == Joining::kJoins) return true;
  if (joining == Joining::kNotFollowed) return false;
  // A cut that has changed nothing was none.
  if ((cut_begin_ && place == range_.begin) || (cut_end_ && place == range_.end)) return true;
  if (joining == Joining::kNever) return false;
  if (place == lower_neighbour_) return true;
  return joining == Joining::kGrows && place == upper_neighbour_;
}

void AddressSpace::JoinWithNext(size_t i) {
  mappings_[i].end = mappings_[i + 1].end;
  mappings_.erase(mappings_.begin() + static_cast<Difference>(i + 1));
}

void AddressSpace::JoinWithin(AddressRange range, const Seams& seams) {
  size_t i = IndexFrom(range.begin);
  if (i > 0) --i;
  while (i + 1 < mappings_.size() && mappings_[i].begin < range.end) {
    const Mapping& left = mappings_[i];
    if (seams.Allow(left.joining, left.end) && Continues(left, mappings_[i + 1])) {
      JoinWithNext(i);
    } else {
      ++i;
    }
  }
}

// What is new may let one of its neighbours grow; only where they vanish can it join both.
void AddressSpace::JoinInserted(size_t i) {
  const Joining joining = mappings_[i].joining;
  if (joining == Joining::kNever || joining == Joining::kNotFollowed) return;
  if (i > 0 && Continues(mappings_[i - 1], mappings_[i])) {
    JoinWithNext(--i);
    if (joining != Joining::kJoins) return;
  }
  if (joining == Joining::kGrowsUpwards || i + 1 == mappings_.size()) return;
  if (Continues(mappings_[i], mappings_[i + 1])) JoinWithNext(i);
}

void AddressSpace::Remove(AddressRange range) {
  SplitAt(range.begin);
  SplitAt(range.end);
  const size_t first = IndexFrom(range.begin);
  size_t last = first;
  while (last < mappings_.size() && mappings_[last].begin < range.end) ++last;
  mappings_.erase(mappings_.begin() + static_cast<Difference>(first),
                  mappings_.begin() + static_cast<Difference>(last));
  std::erase_if(regions_, [range](const AddressRange& region) {
    return region.begin < range.end && range.begin < region.end;
  });
}

void AddressSpace::Insert(const Mapping& mapping) {
  const AddressRange range = {mapping.begin, mapping.end};
  Remove(range);
  const size_t i = IndexFrom(mapping.begin);
  mappings_.insert(mappings_.begin() + static_cast<Difference>(i), mapping);
  regions_.push_back(range);
  JoinInserted(i);
}

void AddressSpace::Extend(Address begin, Address end) {
  Mapping& mapping = mappings_[IndexFrom(begin)];
  std::erase_if(regions_, [&mapping](const AddressRange& region) {
    return region.begin < mapping.end && mapping.begin < region.end;
  });
  mapping.end = end;
  regions_.push_back({begin, end});
}

bool AddressSpace::IsRegion(AddressRange range) const {
  return std::find(regions_.begin(), regions_.end(), range) != regions_.end();
}

void AddressSpace::Assign(std::span<const Mapping> mappings) {
  mappings_.assign(mappings.begin(), mappings.end());
  regions_.clear();
}

}  // namespace msyncspec
