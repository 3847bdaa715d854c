// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_SYNC_FLAGS_H_
#define MSYNCSPEC_MODEL_SYNC_FLAGS_H_

#include <cstdint>

namespace msyncspec {

// The numbers that an ABI gives to msync's three flags. This file is the only place where they
// stand. Source: include/uapi/asm-generic/mman-common.h and the architectures' own mman.h.
struct SyncFlagNumbers {
  uint32_t async;
  uint32_t invalidate;
  uint32_t sync;

  constexpr uint32_t all() const { return async | invalidate | sync; }

  friend constexpr bool operator==(const SyncFlagNumbers&, const SyncFlagNumbers&) = default;
};

inline constexpr SyncFlagNumbers kGenericFlagNumbers = {.async = 1, .invalidate = 2, .sync = 4};
inline constexpr SyncFlagNumbers kAlphaFlagNumbers = {.async = 1, .invalidate = 4, .sync = 2};
inline constexpr SyncFlagNumbers kPariscFlagNumbers = {.async = 2, .invalidate = 4, .sync = 1};

// The flags register of a call, with every bit that the caller put there, known or not.
class SyncFlags {
 public:
  constexpr SyncFlags() = default;
  constexpr explicit SyncFlags(uint64_t word) : word_(word) {}

  constexpr uint64_t word() const { return word_; }
  constexpr bool Has(uint32_t flag) const { return (word_ & flag) != 0; }
  constexpr uint64_t UnknownBits(const SyncFlagNumbers& known) const {
    return word_ & ~uint64_t{known.all()};
  }

  friend constexpr bool operator==(SyncFlags, SyncFlags) = default;

 private:
  uint64_t word_ = 0;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_SYNC_FLAGS_H_
