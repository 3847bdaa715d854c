// SPDX-License-Identifier: MIT
//
// What AFL++ changes scenarios with: a library that AFL_CUSTOM_MUTATOR_LIBRARY names.
#include <cstdint>
#include <vector>

#include "fuzz/mutate_bytes.h"
#include "harness/generate/random_source.h"

namespace {

constexpr uint64_t kCrossOneIn = 8;
// Of one input before the next has its turn; AFL++ doubles it as long as something new is found. By
// itself it would make thousands of the first ones.
constexpr unsigned int kMutantsOfOne = 4;

struct Mutator {
  msyncspec::RandomSource source;
  std::vector<uint8_t> mutated;  // as long as AFL++ reads it
};

}  // namespace

extern "C" void* afl_custom_init(void* /*afl*/, unsigned int seed) {
  return new Mutator{msyncspec::RandomSource(seed, 0), {}};
}

extern "C" void afl_custom_deinit(void* mutator) { delete static_cast<Mutator*>(mutator); }

extern "C" unsigned int afl_custom_fuzz_count(void* /*mutator*/, const unsigned char* /*bytes*/,
                                              size_t /*size*/) {
  return kMutantsOfOne;
}

extern "C" size_t afl_custom_fuzz(void* data, uint8_t* bytes, size_t size, uint8_t** out,
                                  uint8_t* other, size_t other_size, size_t max_size) {
  Mutator& mutator = *static_cast<Mutator*>(data);
  const auto seed = static_cast<uint32_t>(mutator.source.Next());
  const bool crosses = other != nullptr && mutator.source.OneIn(kCrossOneIn);
  mutator.mutated = crosses
                        ? msyncspec::CrossBytes({bytes, size}, {other, other_size}, max_size, seed)
                        : msyncspec::MutateBytes({bytes, size}, max_size, seed);
  *out = mutator.mutated.data();
  return mutator.mutated.size();
}
