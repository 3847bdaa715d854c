// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_UNITS_H_
#define MSYNCSPEC_MODEL_UNITS_H_

#include <compare>
#include <cstdint>

namespace msyncspec {

// A number of bytes, or an offset in bytes from the start of a file.
struct Bytes {
  uint64_t count = 0;

  friend constexpr auto operator<=>(const Bytes&, const Bytes&) = default;
  friend constexpr Bytes operator+(Bytes a, Bytes b) { return {a.count + b.count}; }
  friend constexpr Bytes operator-(Bytes a, Bytes b) { return {a.count - b.count}; }
};

// A virtual address. An end that is one past the last byte of a machine narrower than 64 bits is
// kept as it is, not wrapped to 0; where the wrap matters, Machine::Add says what comes out.
struct Address {
  uint64_t value = 0;

  friend constexpr auto operator<=>(const Address&, const Address&) = default;
  friend constexpr Address operator+(Address a, Bytes b) { return {a.value + b.count}; }
  friend constexpr Address operator-(Address a, Bytes b) { return {a.value - b.count}; }
  friend constexpr Bytes operator-(Address a, Address b) { return {a.value - b.value}; }
};

// The addresses from `begin` up to, but not including, `end`.
struct AddressRange {
  Address begin, end;

  friend constexpr bool operator==(const AddressRange&, const AddressRange&) = default;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_UNITS_H_
