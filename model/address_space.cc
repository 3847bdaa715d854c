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

void AddressSpace::SplitAt(Address address) {
  const size_t i = IndexFrom(address);
  if (i == mappings_.size() || mappings_[i].begin >= address) return;
  mappings_.insert(mappings_.begin() + static_cast<Difference>(i), mappings_[i]);
  mappings_[i].end = address;
  MoveBegin(mappings_[i + 1], address);
}

void AddressSpace::JoinWithin(AddressRange range) {
  size_t i = IndexFrom(range.begin);
  if (i > 0) --i;
  while (i + 1 < mappings_.size() && mappings_[i].begin < range.end) {
    if (mappings_[i].joining == Joining::kJoins && Continues(mappings_[i], mappings_[i + 1])) {
      mappings_[i].end = mappings_[i + 1].end;
      mappings_.erase(mappings_.begin() + static_cast<Difference>(i + 1));
    } else {
      ++i;
    }
  }
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
  mappings_.insert(mappings_.begin() + static_cast<Difference>(IndexFrom(mapping.begin)), mapping);
  regions_.push_back(range);
  JoinWithin(range);
}

bool AddressSpace::IsRegion(AddressRange range) const {
  return std::find(regions_.begin(), regions_.end(), range) != regions_.end();
}

void AddressSpace::Assign(std::span<const Mapping> mappings) {
  mappings_.assign(mappings.begin(), mappings.end());
  regions_.clear();
}

}  // namespace msyncspec
