// SPDX-License-Identifier: MIT
#include "fuzz/mutate_bytes.h"

#include "harness/generate/mutation.h"
#include "harness/scenario/binary.h"

namespace msyncspec {
namespace {

std::vector<uint8_t> EncodeWithin(const Scenario& scenario, size_t max_size) {
  std::vector<uint8_t> bytes = Encode(scenario);
  // Any bytes are a scenario: those that are kept are its beginning.
  if (bytes.size() > max_size) bytes.resize(max_size);
  return bytes;
}

}  // namespace

std::vector<uint8_t> MutateBytes(std::span<const uint8_t> bytes, size_t max_size, uint32_t seed) {
  RandomSource source(seed, bytes.size());
  Scenario scenario = Decode(bytes);
  Mutate(source, scenario);
  return EncodeWithin(scenario, max_size);
}

std::vector<uint8_t> CrossBytes(std::span<const uint8_t> first, std::span<const uint8_t> second,
                                size_t max_size, uint32_t seed) {
  RandomSource source(seed, first.size());
  return EncodeWithin(Cross(source, Decode(first), Decode(second)), max_size);
}

}  // namespace msyncspec
