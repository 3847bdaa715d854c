// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_POSITION_H_
#define MSYNCSPEC_HARNESS_SCENARIO_POSITION_H_

#include <cstdint>

#include "model/machine.h"
#include "model/units.h"

namespace msyncspec {

// How large the arena is. Steps stay in it, so that nothing else can be unmapped.
inline constexpr int64_t kArenaPages = 1024;  // two huge pages of 2 MiB, where pages have 4 KiB

// What a position is counted from.
enum class Anchor : uint8_t {
  kArena,     // `p`: the first page of the arena, the place where scenarios map
  kZero,      // an absolute address
  kLastPage,  // `last`: the last page of the address space
};

// A place in the address space that means the same on machines with other page sizes and arenas:
// anchor + pages + bytes, all modulo 2^64.
struct Position {
  Anchor anchor = Anchor::kArena;
  int64_t pages = 0;
  int64_t bytes = 0;

  friend constexpr bool operator==(const Position&, const Position&) = default;
};

// What a length is counted from.
enum class LengthBase : uint8_t {
  kZero,
  kMax,     // `max`: 2^64 - 1, the largest value of the register
  kToLast,  // `to-last`: up to the last page of the address space, the most that does not wrap
};

struct Length {
  LengthBase base = LengthBase::kZero;
  int64_t pages = 0;
  int64_t bytes = 0;

  friend constexpr bool operator==(const Length&, const Length&) = default;
};

inline constexpr uint64_t Scaled(int64_t pages, int64_t bytes, const Machine& machine) {
  return static_cast<uint64_t>(pages) * machine.page_size.count + static_cast<uint64_t>(bytes);
}

// Returns the address that `position` means where the arena begins at `arena`.
constexpr Address Resolve(const Position& position, const Machine& machine, Address arena) {
  const uint64_t distance = Scaled(position.pages, position.bytes, machine);
  switch (position.anchor) {
    case Anchor::kArena:
      return {arena.value + distance};
    case Anchor::kZero:
      return {distance};
    case Anchor::kLastPage:
      return {machine.LastPage().value + distance};
  }
  return {};
}

// Returns the number of bytes that `length` means for a range that begins at `start`.
constexpr Bytes Resolve(const Length& length, const Machine& machine, Address start) {
  const uint64_t distance = Scaled(length.pages, length.bytes, machine);
  switch (length.base) {
    case LengthBase::kZero:
      return {distance};
    case LengthBase::kMax:
      return {Machine::Ones(machine.argument_bits) + distance};
    case LengthBase::kToLast:
      return {machine.LastPage().value - start.value + distance};
  }
  return {};
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_POSITION_H_
