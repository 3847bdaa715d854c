// SPDX-License-Identifier: MIT
//
// What libFuzzer changes scenarios with.
#include <algorithm>

#include "fuzz/mutate_bytes.h"

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  const std::vector<uint8_t> mutated = msyncspec::MutateBytes({data, size}, max_size, seed);
  std::copy(mutated.begin(), mutated.end(), data);
  return mutated.size();
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* first, size_t first_size,
                                            const uint8_t* second, size_t second_size, uint8_t* out,
                                            size_t max_size, unsigned int seed) {
  const std::vector<uint8_t> crossed =
      msyncspec::CrossBytes({first, first_size}, {second, second_size}, max_size, seed);
  std::copy(crossed.begin(), crossed.end(), out);
  return crossed.size();
}
