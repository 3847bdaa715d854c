// SPDX-License-Identifier: MIT
#include "fuzz/guide.h"

// Each case is a block of its own, which the compiler can neither leave out nor make one with
// another.
#define EDGE(n)                \
  case n:                      \
    asm volatile("" ::"i"(n)); \
    break;
#define EDGES_4(n) EDGE(n) EDGE(n + 1) EDGE(n + 2) EDGE(n + 3)
#define EDGES_16(n) EDGES_4(n) EDGES_4(n + 4) EDGES_4(n + 8) EDGES_4(n + 12)
#define EDGES_64(n) EDGES_16(n) EDGES_16(n + 16) EDGES_16(n + 32) EDGES_16(n + 48)
#define EDGES_256(n) EDGES_64(n) EDGES_64(n + 64) EDGES_64(n + 128) EDGES_64(n + 192)
#define EDGES_1024(n) EDGES_256(n) EDGES_256(n + 256) EDGES_256(n + 512) EDGES_256(n + 768)

namespace msyncspec {

[[gnu::noinline]] void Pass(uint32_t feature) {
  static_assert(kFeatures == 2048);
  switch (feature % kFeatures) { EDGES_1024(0) EDGES_1024(1024) }
}

}  // namespace msyncspec
