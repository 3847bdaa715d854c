// SPDX-License-Identifier: MIT
#include "fuzz/mutate_bytes.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "harness/scenario/binary.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr uint32_t kSeeds = 500;
constexpr size_t kPlenty = 4096;

Bytes BytesOf(const char* text) { return Encode(Parse(text).value().scenario); }

Bytes First() {
  return BytesOf(
      "file f0 memfd 4p\nmap p0 2p shared rw f0@0\nlock p1 1p\n"
      "call addr=p0 len=2p flags=MS_SYNC\n");
}
Bytes Second() {
  return BytesOf("map p3 9p private r anon\nunmap p4 1p\ncall addr=p3 len=max flags=0\n");
}

struct ChangeRow {
  const char* name;
  Bytes (*change)(size_t max_size, uint32_t seed);
  size_t different;  // results that there are at least among those of kSeeds
};

constexpr ChangeRow kRows[] = {
    {"mutate", [](size_t max_size, uint32_t seed) { return MutateBytes(First(), max_size, seed); },
     kSeeds / 4},
    {"mutate nothing",
     [](size_t max_size, uint32_t seed) { return MutateBytes({}, max_size, seed); }, kSeeds / 4},
    {"cross",
     [](size_t max_size, uint32_t seed) { return CrossBytes(First(), Second(), max_size, seed); },
     8},
    {"cross with nothing",
     [](size_t max_size, uint32_t seed) { return CrossBytes(First(), {}, max_size, seed); }, 2},
};

TEST(MutateBytes, NeverExceedsTheSizeThatIsAllowed) {
  for (const ChangeRow& row : kRows) {
    for (const size_t max_size : {size_t{0}, size_t{1}, size_t{7}, size_t{40}, kPlenty}) {
      for (uint32_t seed = 0; seed < kSeeds; ++seed) {
        EXPECT_LE(row.change(max_size, seed).size(), max_size) << row.name << " " << seed;
      }
    }
  }
}

TEST(MutateBytes, LeavesValidScenariosHoweverShort) {
  for (const ChangeRow& row : kRows) {
    for (const size_t max_size : {size_t{1}, size_t{7}, size_t{40}, kPlenty}) {
      for (uint32_t seed = 0; seed < kSeeds; ++seed) {
        const Scenario scenario = Decode(row.change(max_size, seed));
        EXPECT_TRUE(Validate(scenario).ok()) << row.name << " " << seed << "\n" << Print(scenario);
      }
    }
  }
}

TEST(MutateBytes, DiffersFromSeedToSeed) {
  for (const ChangeRow& row : kRows) {
    std::set<Bytes> different;
    for (uint32_t seed = 0; seed < kSeeds; ++seed) different.insert(row.change(kPlenty, seed));
    EXPECT_GE(different.size(), row.different) << row.name;
  }
}

TEST(MutateBytes, IsTheSameForTheSameSeed) {
  for (const ChangeRow& row : kRows) {
    for (uint32_t seed = 0; seed < kSeeds; ++seed) {
      EXPECT_EQ(row.change(kPlenty, seed), row.change(kPlenty, seed)) << row.name << " " << seed;
    }
  }
}

TEST(MutateBytes, ChangesTheScenario) {
  int changed = 0;
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    changed += Decode(MutateBytes(First(), kPlenty, seed)) != Decode(First());
  }
  EXPECT_GT(changed, static_cast<int>(kSeeds) / 2);
}

}  // namespace
}  // namespace msyncspec
