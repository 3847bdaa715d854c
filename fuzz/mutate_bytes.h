// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_MUTATE_BYTES_H_
#define MSYNCSPEC_FUZZ_MUTATE_BYTES_H_

#include <cstdint>
#include <span>
#include <vector>

namespace msyncspec {

// Return the bytes of a scenario that differs from those of `bytes` by a few changes, or that has
// parts of both; `seed` decides. At most `max_size` bytes: actions behind are left out.
std::vector<uint8_t> MutateBytes(std::span<const uint8_t> bytes, size_t max_size, uint32_t seed);
std::vector<uint8_t> CrossBytes(std::span<const uint8_t> first, std::span<const uint8_t> second,
                                size_t max_size, uint32_t seed);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_MUTATE_BYTES_H_
