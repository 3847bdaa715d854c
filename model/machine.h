// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_MACHINE_H_
#define MSYNCSPEC_MODEL_MACHINE_H_

#include <cstdint>

#include "model/call.h"
#include "model/sync_flags.h"
#include "model/units.h"

namespace msyncspec {

// Address bits in which hardware lets a program keep a tag.
struct AddressTag {
  uint64_t mask = 0;
  int guard_bit = 63;  // an address in which this bit is set carries no tag: it is the kernel's

  friend constexpr bool operator==(const AddressTag&, const AddressTag&) = default;
};

inline constexpr AddressTag kNoTag = {};
// arm64 ignores the top byte. Source: arch/arm64/include/asm/uaccess.h.
inline constexpr AddressTag kTopByteTag = {.mask = uint64_t{0xff} << 56, .guard_bit = 55};
// x86 linear address masking, once a process asks for it. Source: arch/x86/mm, LAM_U57.
inline constexpr AddressTag kLinearAddressMask = {.mask = uint64_t{0x3f} << 57, .guard_bit = 63};

// What the hardware and the ABI decide: widths, page size, flag numbers, and the arithmetic that
// follows from them. Tests use machines of a few pages, on which every call can be tried.
struct Machine {
  int address_bits = 64;                        // width of the kernel's arithmetic, 1 to 64
  int argument_bits = 64;                       // width of the caller's registers, 1 to 64
  Bytes page_size = {4096};                     // a power of two
  AddressTag tag;                               // what the kernel takes out of addr
  SyncFlagNumbers flags = kGenericFlagNumbers;  // what the bits of `flags` mean

  // Returns the call as the kernel receives it: addr and length cut to the caller's registers, the
  // tag removed from addr, and flags cut to an int of 32 bits.
  constexpr Call Receive(const Call& call) const {
    const uint64_t registers = Ones(argument_bits);
    const uint64_t addr = call.addr.value & registers;
    return {.addr = {(addr >> tag.guard_bit & 1) == 0 ? addr & ~tag.mask : addr},
            .length = {call.length.count & registers},
            .flags = SyncFlags(call.flags.word() & Ones(32))};
  }

  // Returns `length` rounded up to whole pages; the last page_size - 1 lengths come out as 0.
  constexpr Bytes RoundUpToPages(Bytes length) const {
    const uint64_t in_page = page_size.count - 1;
    return {(length.count + in_page) & ~in_page & Ones(address_bits)};
  }

  // Returns the address `length` bytes past `start`, which may wrap past the last one.
  constexpr Address Add(Address start, Bytes length) const {
    return {(start.value + length.count) & Ones(address_bits)};
  }

  constexpr bool IsPageAligned(Address address) const {
    return (address.value & (page_size.count - 1)) == 0;
  }

  // Returns the last page of the address space.
  constexpr Address LastPage() const { return {Ones(address_bits) - (page_size.count - 1)}; }

  // Returns the number whose lowest `bits` bits are set, 1 to 64 of them.
  static constexpr uint64_t Ones(int bits) { return ~uint64_t{0} >> (64 - bits); }
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_MACHINE_H_
