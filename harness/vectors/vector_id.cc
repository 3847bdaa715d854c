// SPDX-License-Identifier: MIT
#include "harness/vectors/vector_id.h"

#include "absl/strings/str_format.h"
#include "harness/scenario/print.h"

namespace msyncspec {

std::string VectorId(const Scenario& scenario) {
  const uint64_t hash = Fnv1a(Print(scenario));
  return absl::StrFormat("msync-%08x", static_cast<uint32_t>(hash ^ (hash >> 32)));
}

}  // namespace msyncspec
