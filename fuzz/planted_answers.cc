// SPDX-License-Identifier: MIT
#include "fuzz/planted_answers.h"

#include <unistd.h>

#include <algorithm>

namespace msyncspec {
namespace {

constexpr uint64_t kAsync = 1, kInvalidate = 2, kSync = 4;

uint64_t PageSize() {
  static const auto kPageSize = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return kPageSize;
}

bool Has(const Met& met, uint64_t flag) { return (met.call.flags.word() & flag) != 0; }

bool IsLocked(const Mapping& run) { return run.locked(); }

int64_t Locks(std::span<const Mapping> runs) {
  return std::count_if(runs.begin(), runs.end(), IsLocked);
}

bool SevenRuns(const Met& met) { return met.count == 7 && met.IsCovered(); }

bool FourGibibytesAndAPage(const Met& met) {
  return met.call.length.count == (uint64_t{1} << 32) + PageSize();
}

bool LastOfManyIsLocked(const Met& met) {
  return Has(met, kInvalidate) && met.count >= 6 && met.IsCovered() && Locks(met.all()) == 1 &&
         met.all().back().locked();
}

bool ReadOnlyDescriptor(const Met& met) {
  return Has(met, kSync) && std::any_of(met.all().begin(), met.all().end(), [](const Mapping& run) {
           return run.sharing == Sharing::kSharedReadOnlyFile;
         });
}

bool HoleInTheMiddle(const Met& met) {
  if (met.count != 2 || Has(met, kInvalidate)) return false;
  const Mapping &below = met.runs[0], &above = met.runs[1];
  return below.begin <= met.range.begin && met.range.end <= above.end &&
         (above.begin - below.end).count == PageSize() &&
         below.end - met.range.begin == met.range.end - above.begin;
}

bool LocksAtBothEnds(const Met& met) {
  return Has(met, kInvalidate) && met.count >= 3 && Locks(met.all()) == 2 &&
         met.all().front().locked() && met.all().back().locked();
}

bool WriteOnlyBetweenNone(const Met& met) {
  return met.count == 3 && met.IsCovered() && met.runs[0].access == Access::kNone &&
         met.runs[1].access == Access::kWrite && met.runs[2].access == Access::kNone;
}

bool HoleUnderTheLastByte(const Met& met) {
  if (met.count == 0 || Has(met, kInvalidate) || met.call.length.count % PageSize() != 1) {
    return false;
  }
  const Mapping& last = met.all().back();
  return met.count == 1 && last.begin <= met.range.begin &&
         (met.range.end - last.end).count == PageSize() && last.end < met.range.end;
}

bool GrowingAboveShared(const Met& met) {
  return met.count == 2 && met.IsCovered() && met.runs[0].sharing == Sharing::kShared &&
         met.runs[1].growth == Growth::kGrowsDown;
}

bool EightByTurns(const Met& met) {
  if (met.count != 8 || !met.IsCovered()) return false;
  for (size_t i = 1; i < met.count; ++i) {
    if (met.runs[i].sharing == met.runs[i - 1].sharing) return false;
  }
  return true;
}

bool ThirtyTwoPagesInOne(const Met& met) {
  return met.count == 1 && met.IsCovered() &&
         (met.range.end - met.range.begin).count == 32 * PageSize() &&
         met.runs[0].begin == met.range.begin && met.runs[0].end == met.range.end;
}

bool AsyncAcrossThreeHoles(const Met& met) {
  if (!Has(met, kAsync) || !Has(met, kInvalidate) || met.count < 4 || Locks(met.all()) > 0) {
    return false;
  }
  int holes = 0;
  for (size_t i = 1; i < met.count; ++i) holes += met.runs[i - 1].end < met.runs[i].begin;
  return holes == 3;
}

constexpr auto kPlanted = std::to_array<PlantedAnswer>({
    {"seven-mappings", "ENOMEM for a range of exactly seven mappings", SevenRuns, Errno::kENOMEM},
    {"four-gibibytes-and-a-page", "0 for a length of 2^32 and a page", FourGibibytesAndAPage,
     Errno::kOk},
    {"last-of-many-is-locked", "0 for MS_INVALIDATE where only the last of six or more is locked",
     LastOfManyIsLocked, Errno::kOk},
    {"read-only-descriptor", "EINVAL for MS_SYNC of a file open for reading only",
     ReadOnlyDescriptor, Errno::kEINVAL},
    {"hole-in-the-middle", "0 for a hole of one page between two runs of equal length",
     HoleInTheMiddle, Errno::kOk},
    {"locks-at-both-ends", "ENOMEM where the first and the last of several are locked",
     LocksAtBothEnds, Errno::kENOMEM},
    {"write-only-between-none", "EINVAL for write-only memory between inaccessible memory",
     WriteOnlyBetweenNone, Errno::kEINVAL},
    {"hole-under-the-last-byte", "0 where only the last byte lies in a hole", HoleUnderTheLastByte,
     Errno::kOk},
    {"growing-above-shared", "EBUSY for a mapping that grows down onto a shared one",
     GrowingAboveShared, Errno::kEBUSY},
    {"eight-by-turns", "EIO for eight mappings, shared and private by turns", EightByTurns,
     Errno::kEIO},
    {"thirty-two-pages-in-one", "EINTR for one whole mapping of exactly 32 pages",
     ThirtyTwoPagesInOne, Errno::kEINTR},
    {"async-across-three-holes", "0 for MS_ASYNC|MS_INVALIDATE across exactly three holes",
     AsyncAcrossThreeHoles, Errno::kOk},
});

// What arguments alone refuse or end is answered rightly.
bool IsAccepted(const Call& call) {
  const uint64_t flags = call.flags.word() & 0xffffffff;
  const uint64_t page = PageSize();
  const uint64_t length = (call.length.count + page - 1) & ~(page - 1);
  return flags <= 7 && (flags & (kAsync | kSync)) != (kAsync | kSync) &&
         call.addr.value % page == 0 && length > 0 && call.addr.value + length > call.addr.value;
}

bool Continues(const Mapping& run, const Mapping& next, Address reached) {
  return reached == next.begin && run.access == next.access && run.sharing == next.sharing &&
         run.locked() == next.locked() && run.growth == next.growth;
}

void Meet(std::span<const Mapping> mappings, Met& met) {
  for (const Mapping& mapping : mappings) {
    if (mapping.end <= met.range.begin) continue;
    if (mapping.begin >= met.range.end || met.count == Met::kMax) break;
    if (met.count > 0 && Continues(met.runs[met.count - 1], mapping, met.runs[met.count - 1].end)) {
      met.runs[met.count - 1].end = mapping.end;
    } else {
      met.runs[met.count++] = mapping;
    }
  }
}

}  // namespace

bool Met::IsCovered() const {
  Address reached = range.begin;
  for (const Mapping& run : all()) {
    if (reached < run.begin) return false;
    reached = run.end;
  }
  return range.end <= reached;
}

std::span<const PlantedAnswer> PlantedAnswers() { return kPlanted; }

const PlantedAnswer* FindPlantedAnswer(absl::string_view name) {
  const auto found = std::find_if(kPlanted.begin(), kPlanted.end(),
                                  [name](const PlantedAnswer& row) { return row.name == name; });
  return found == kPlanted.end() ? nullptr : &*found;
}

std::optional<Errno> AnswerOf(const PlantedAnswer& fault, const Call& call,
                              std::span<const Mapping> mappings) {
  if (!IsAccepted(call)) return std::nullopt;
  const uint64_t page = PageSize();
  const Bytes length = {(call.length.count + page - 1) & ~(page - 1)};
  static Met met;
  met.call = call;
  met.range = {call.addr, call.addr + length};
  met.count = 0;
  Meet(mappings, met);
  if (!fault.when(met)) return std::nullopt;
  return fault.answer;
}

}  // namespace msyncspec
