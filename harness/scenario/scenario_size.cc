// SPDX-License-Identifier: MIT
#include "harness/scenario/scenario_size.h"

#include <algorithm>
#include <bit>

#include "harness/scenario/places.h"

namespace msyncspec {
namespace {

// The distances of a whole scenario are added up and must not wrap.
constexpr uint64_t kFarthest = uint64_t{1} << 48;

uint64_t SizeOf(Backing backing) {
  if (backing == Backing::kMemfd) return 0;
  return backing == Backing::kDisk ? 1 : 2;
}

uint64_t SizeOf(const Fault& fault) {
  if (fault == Fault{}) return 0;
  const bool is_in_part = fault.begin_page != 0 || fault.end_page != kMaxFilePages;
  return uint64_t{1} + (fault.error != Errno::kEIO) + (fault.times != 0) + is_in_part;
}

uint64_t SizeOf(const File& file) {
  return SizeOf(file.backing) + SizeOf(file.fsync) + SizeOf(file.write) +
         (file.descriptor != Descriptor::kReadWrite) + (file.origin != Origin::kNew) +
         (file.cache != ServerCache::kWriteThrough) + (file.interrupts != Interrupts::kIgnored);
}

uint64_t SizeOf(Access access) {
  if (access == (Access::kRead | Access::kWrite)) return 0;
  return access == Access::kRead ? 1 : 2;
}

uint64_t SizeOf(const Step& step) {
  uint64_t size = static_cast<uint64_t>(std::popcount(step.options));
  if (step.kind == StepKind::kMap) {
    const MapSharing plain = step.file == kNoFile ? MapSharing::kPrivate : MapSharing::kShared;
    size += SizeOf(step.access) + (step.file != kNoFile) + (step.sharing != plain);
  }
  return size + (step.kind == StepKind::kLockOnFault) + step.moves + step.keeps;
}

// A negative number of bytes is a large one, for which there is a word.
uint64_t SizeOfBase(const Length& length) {
  if (length.base != LengthBase::kZero) return 1;
  return length.pages < 0 || (length.pages == 0 && length.bytes < 0) ? 2 : 0;
}

uint64_t SizeOf(const SymbolicCall& call) {
  const uint64_t unknown = call.flags.UnknownBits(kGenericFlagNumbers);
  return static_cast<uint64_t>(std::popcount(call.flags.word())) + (unknown > kPlainUnknownFlag) +
         (call.caller != Caller::kNative) + (call.addr.anchor != Anchor::kArena) +
         SizeOfBase(call.length);
}

// No bytes, one more or one less, and any other number.
uint64_t SizeOfBytes(int64_t bytes) {
  if (bytes == 0) return 0;
  return bytes == 1 || bytes == -1 ? 1 : 2;
}

}  // namespace

uint64_t Distance(int64_t count, int64_t plainest) {
  const uint64_t up = static_cast<uint64_t>(count) - static_cast<uint64_t>(plainest);
  return std::min(count < plainest ? ~up + 1 : up, kFarthest);
}

ScenarioSize SizeOf(const Scenario& scenario) {
  ScenarioSize size = {.actions = scenario.actions.size(), .files = scenario.files.size()};
  for (const File& file : scenario.files) {
    size.special_files += SizeOf(file);
    size.pages += Distance(file.pages, 1);
  }
  for (const Action& action : scenario.actions) {
    if (const Step* step = std::get_if<Step>(&action); step != nullptr) {
      size.moments += static_cast<uint64_t>(step->moment.number());
      size.special_steps += SizeOf(*step);
      size.pages += Distance(step->file_page, 0);
    } else {
      size.special_calls += SizeOf(std::get<SymbolicCall>(action));
    }
  }
  ForEachPlace(scenario, [&size](const auto& place) {
    size.bytes += SizeOfBytes(place.bytes);
    size.pages += Distance(place.pages, PlainestPages(place));
  });
  return size;
}

}  // namespace msyncspec
