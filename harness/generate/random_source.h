// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_RANDOM_SOURCE_H_
#define MSYNCSPEC_HARNESS_GENERATE_RANDOM_SOURCE_H_

#include <cstdint>

namespace msyncspec {

// Numbers that look random and are the same on every machine, for ever: SplitMix64 (Steele, Lea,
// Flood, OOPSLA 2014), and a range reduction of its own, since those of libraries differ.
class RandomSource {
 public:
  // The stream of the `index`-th thing made from `seed`; any can be had without those before it.
  constexpr RandomSource(uint64_t seed, uint64_t index) : state_(Mix(seed) ^ Mix(~index)) {}

  constexpr uint64_t Next() {
    state_ += kIncrement;
    return Mix(state_);
  }

  // Returns a number from 0 to `count` - 1, for a count from 1 to 2^32. The high half of a product
  // is biased by less than 2^-32, which no test of layouts can see.
  constexpr uint64_t Below(uint64_t count) { return ((Next() >> 32) * count) >> 32; }

  // Returns true once in `count` times on average.
  constexpr bool OneIn(uint64_t count) { return Below(count) == 0; }

 private:
  static constexpr uint64_t kIncrement = 0x9e3779b97f4a7c15;

  static constexpr uint64_t Mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  uint64_t state_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_RANDOM_SOURCE_H_
