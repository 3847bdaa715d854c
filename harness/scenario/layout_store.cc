// SPDX-License-Identifier: MIT
// Stores through mappings, and truncation of what they show.
// Source: mm/mmap.c (expand_downwards), mm/filemap.c, fs/open.c of 6.12; measured on 6.18.44.
#include <algorithm>
#include <csignal>
#include <limits>

#include "harness/scenario/layout.h"

namespace msyncspec {
namespace {

StepPrediction Faults(int signal) {
  return {.kind = StepPrediction::Kind::kFaults, .signal = signal};
}

bool AnyStored(std::span<const FilePage> contents) {
  return std::any_of(contents.begin(), contents.end(),
                     [](const FilePage& page) { return page.stored != 0; });
}

}  // namespace

// A write step stores one byte in every page of its range.
StepPrediction Layout::Write(const Step& step) {
  const Address at = At(step.at);
  const Address end = at + LengthOf(step.length);
  if (at == end) return Returns(Errno::kOk);
  const Address first = {at.value & ~(page_size().count - 1)};
  for (Address page = first; page < end; page = page + page_size()) {
    const Mapping* mapping = space_.At(page);
    if (mapping == nullptr) mapping = GrowsDownTo(page);
    if (mapping == nullptr) return Faults(SIGSEGV);
    if (!Allows(mapping->access, Access::kWrite)) return Faults(SIGSEGV);
    if (mapping->Has(kUserfault)) return WouldWait();
    if (IsGuard(page)) return Faults(SIGSEGV);
    const File* file = FileOf(*mapping);
    if (file != nullptr && file->backing == Backing::kSecret &&
        mapping->lockability != Lockability::kAlwaysLocked &&
        surroundings_.lock_limit.has_value()) {
      return Unmodelled("secret memory that is charged to its user when it is touched");
    }
    if (IsKernelOwned(*mapping)) return Unmodelled("a store would disturb the kernel's own ring");
    if (IsPastTheEnd(*mapping, page)) return Faults(SIGBUS);
  }
  // A store that faults is not performed: nothing grows before it is known that none does.
  StepPrediction predicted = Returns(Errno::kOk);
  stores_ = stores_ == std::numeric_limits<uint8_t>::max() ? 1 : static_cast<uint8_t>(stores_ + 1);
  for (Address page = first; page < end; page = page + page_size()) {
    if (const Mapping* mapping = space_.At(page); mapping != nullptr) {
      StoreIn(*mapping, page, predicted);
      continue;
    }
    Mapping grown = space_.From(page).front();
    grown.begin = page;
    space_.Insert(grown);
  }
  if (!files_.empty()) states_.TellFacts(space_.files());
  return predicted;
}

void Layout::StoreIn(const Mapping& mapping, Address page, StepPrediction& predicted) {
  if (mapping.sharing != Sharing::kShared || mapping.file < 0) return;
  const uint64_t number = (mapping.offset + (page - mapping.begin)).count / page_size().count;
  const FileId object = ObjectOf(files_, mapping.file);
  TimesMove& times = predicted.times[static_cast<size_t>(object)];
  if (times != TimesMove::kMove) times = TimesAfterStore(object, number);
  states_.Store(mapping.file, number, stores_);
}

// A store moves the times where it faults. In memory it need not, where a page has been brought in
// before: by another store, to a page of the same folio perhaps, or by a lock.
TimesMove Layout::TimesAfterStore(FileId object, uint64_t page) const {
  const std::span<const FilePage> contents = states_.contents(object);
  if (page >= contents.size()) return TimesMove::kUnknown;
  switch (FactsOf(files_[static_cast<size_t>(object)].backing).times) {
    case TimesMoveAt::kNotFollowed:
      return TimesMove::kUnknown;
    case TimesMoveAt::kFirstStore:
      return brings_in_ || AnyStored(contents) ? TimesMove::kUnknown : TimesMove::kMove;
    case TimesMoveAt::kStoreToCleanPage:
      return contents[page].dirty ? TimesMove::kUnknown : TimesMove::kMove;
  }
  return TimesMove::kUnknown;
}

// Returns the mapping above `page`, which is unmapped, if it may grow down to it, or null.
const Mapping* Layout::GrowsDownTo(Address page) const {
  const std::span<const Mapping> above = space_.From(page);
  if (above.empty() || above.front().growth != Growth::kGrowsDown) return nullptr;
  const Mapping& growing = above.front();
  if (!Allows(growing.access, Access::kWrite)) return nullptr;
  if ((growing.end - page) > surroundings_.stack_limit) return nullptr;
  if (growing.locked() && !FitsLockLimit((growing.begin - page).count)) return nullptr;
  const size_t below = static_cast<size_t>(above.data() - space_.mappings().data());
  if (below > 0) {
    const Mapping& previous = space_.mappings()[below - 1];
    if (previous.growth != Growth::kGrowsDown && previous.access != Access::kNone &&
        (page - previous.end) < surroundings_.stack_gap) {
      return nullptr;
    }
  }
  return &growing;
}

StepPrediction Layout::Truncate(const Step& step) {
  const File& file = files_[static_cast<size_t>(step.file)];
  const BackingFacts& facts = FactsOf(file.backing);
  // Neither a segment nor a mapping has a descriptor that ftruncate could take.
  if (file.backing == Backing::kShm || facts.arrival == Arrival::kMoved) {
    return Returns(Errno::kEBADF);
  }
  if (file.descriptor == Descriptor::kReadOnly) return Returns(Errno::kEINVAL);
  if (facts.truncation == Truncation::kRefused) return Returns(Errno::kEINVAL);
  const Bytes size = LengthOf(step.length);
  const uint64_t unit = static_cast<uint64_t>(facts.unit_pages) * page_size().count;
  if (facts.unit_pages > 1 && size.count % unit != 0) return Returns(Errno::kEINVAL);
  if (facts.truncation == Truncation::kSealed) {
    const bool as_it_is = size.count == states_.pages(step.file) * page_size().count;
    return Returns(as_it_is ? Errno::kOk : Errno::kEPERM);
  }
  states_.Truncate(step.file, size);
  states_.TellFacts(space_.files());
  return Returns(Errno::kOk);
}

StepPrediction Layout::Reopen(const Step& step) {
  for (const Mapping& mapping : space_.mappings()) {
    if (mapping.file == step.file) {
      return Unmodelled("a descriptor that is opened anew while its open file is still mapped");
    }
  }
  // What the name in /proc opens comes before the old one is closed.
  states_.Reopen(step.file);
  if (files_[static_cast<size_t>(step.file)].backing == Backing::kFuse) {
    states_.WriteBackClosed(step.file);
  }
  states_.TellFacts(space_.files());
  return Returns(Errno::kOk);
}

// FUSE writes a file back when any part of it is unmapped.
void Layout::WriteBackUnmapped(AddressRange range) {
  if (!has_server_) return;
  for (const Mapping& mapping : space_.From(range.begin)) {
    if (mapping.begin >= range.end) break;
    const File* file = FileOf(mapping);
    if (file != nullptr && file->backing == Backing::kFuse) states_.WriteBackUnmapped(mapping.file);
  }
  states_.TellFacts(space_.files());
}

}  // namespace msyncspec
