// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_VECTOR_ID_H_
#define MSYNCSPEC_HARNESS_VECTORS_VECTOR_ID_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Returns the 64-bit FNV-1a hash of `text`. Source: draft-eastlake-fnv, section 2.
constexpr uint64_t Fnv1a(absl::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 0x100000001b3;
  }
  return hash;
}

// Returns "msync-" and 8 hexadecimal digits: the two halves of the hash of the scenario's canonical
// text, one xor the other. Neither other vectors nor what is predicted play a part, so an id means
// the same scenario for ever.
std::string VectorId(const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_VECTOR_ID_H_
