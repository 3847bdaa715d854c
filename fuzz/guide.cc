// SPDX-License-Identifier: MIT
#include "fuzz/guide.h"

#include <algorithm>
#include <bit>

namespace msyncspec {
namespace {

constexpr uint32_t kManyMappings = 31;
constexpr uint32_t kManyRequests = 15;

// Groups of features, each of as many as it can tell apart.
constexpr uint32_t kAnswers = 0;                    // answer and flags
constexpr uint32_t kMappings = kAnswers + 8 * 8;    // how many, by flags
constexpr uint32_t kLocks = kMappings + 8 * 32;     // where the first is, and whether last
constexpr uint32_t kHoles = kLocks + 2 * 32;        // how many, and whether one is first
constexpr uint32_t kLengths = kHoles + 2 * 32;      // power of two, and what is beside it
constexpr uint32_t kAddresses = kLengths + 4 * 65;  // power of two
constexpr uint32_t kRequests = kAddresses + 65;     // how many files are synced
constexpr uint32_t kKinds = kRequests + 16;         // which kinds of mappings there are
constexpr uint32_t kPlaces = kKinds + 64;           // which of the mappings stops the walk
constexpr uint32_t kEndOfGroups = kPlaces + 32;
static_assert(kEndOfGroups <= kFirstKernelFeature && kFirstKernelFeature < kFeatures);

uint32_t AnswerClass(Errno answer) {
  switch (answer) {
    case Errno::kOk:
      return 0;
    case Errno::kENOMEM:
      return 1;
    case Errno::kEBUSY:
      return 2;
    case Errno::kEINVAL:
      return 3;
    case Errno::kEIO:
      return 4;
    default:
      return 5;
  }
}

// Whether a length is just a power of two, a page more, a page less, or anything.
uint32_t Beside(uint64_t length) {
  constexpr uint64_t kPage = 4096;
  if (std::has_single_bit(length)) return 0;
  if (std::has_single_bit(length - kPage)) return 1;
  if (std::has_single_bit(length + kPage)) return 2;
  return 3;
}

// What a range meets.
struct Shape {
  uint32_t mappings = 0, holes = 0, kinds = 0;
  uint32_t first_lock = kManyMappings;
  bool lock_is_last = false, begins_in_hole = false;
};

Shape ShapeOf(const AddressSpace& space, AddressRange range) {
  Shape shape;
  Address reached = range.begin;
  for (const Mapping& mapping : space.From(range.begin)) {
    if (mapping.begin >= range.end || shape.mappings == kManyMappings) break;
    if (reached < mapping.begin) {
      shape.begins_in_hole |= shape.mappings == 0;
      ++shape.holes;
    }
    shape.lock_is_last = mapping.locked() && shape.first_lock == kManyMappings;
    if (shape.lock_is_last) shape.first_lock = shape.mappings;
    shape.kinds |= 1u << (static_cast<uint32_t>(mapping.sharing) +
                          (mapping.access == Access::kNone ? 3u : 0u));
    ++shape.mappings;
    reached = mapping.end;
  }
  return shape;
}

uint32_t PowerOf(uint64_t number) { return static_cast<uint32_t>(std::bit_width(number)); }

}  // namespace

void Guide::Saw(const Call& call, const AddressSpace& space, const Prediction& prediction,
                Errno observed) {
  const auto flags = static_cast<uint32_t>(call.flags.word() & 7);
  Pass(kAnswers + 8 * AnswerClass(observed) + flags);
  Pass(kLengths + 4 * PowerOf(call.length.count) + Beside(call.length.count));
  Pass(kAddresses + PowerOf(call.addr.value));
  if (!prediction.walked) return;
  const Shape shape = ShapeOf(space, {call.addr, call.addr + call.length});
  Pass(kMappings + 32 * flags + shape.mappings);
  Pass(kLocks + 2 * shape.first_lock + (shape.lock_is_last ? 1 : 0));
  Pass(kHoles + 2 * shape.holes + (shape.begins_in_hole ? 1 : 0));
  Pass(kKinds + shape.kinds % 64);
  if (observed == Errno::kEBUSY) Pass(kPlaces + shape.first_lock);
  Pass(kRequests + std::min(static_cast<uint32_t>(prediction.syncs.size()), kManyRequests));
}

}  // namespace msyncspec
