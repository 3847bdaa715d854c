// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_CALL_CLASSES_H_
#define MSYNCSPEC_HARNESS_VECTORS_CALL_CLASSES_H_

#include <cstdint>
#include <span>

#include "absl/strings/string_view.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

enum class Argument : uint8_t { kAddress, kLength, kFlags };

// One class of calls at a boundary: by their address, by their length, or by their flags.
struct CallClass {
  Argument argument;
  absl::string_view name;  // "length-zero"
  absl::string_view says;  // what the calls have in common, as a clause: "the length is 0"
  bool (*when)(const SymbolicCall& call);
};

// Returns every class. A call is in one class of each argument, or in none where its address is a
// page of the arena, or its length one or more whole pages.
std::span<const CallClass> CallClasses();

// Whether hardware that knows tags would take some bits out of the address of `call`.
bool IsTagged(const SymbolicCall& call);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_CALL_CLASSES_H_
