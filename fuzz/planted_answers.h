// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_PLANTED_ANSWERS_H_
#define MSYNCSPEC_FUZZ_PLANTED_ANSWERS_H_

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "absl/strings/string_view.h"
#include "model/address_space.h"
#include "model/call.h"
#include "model/errno.h"

// Faults of kernels, to be found: puzzles for the engines and for the minimiser.
namespace msyncspec {

// What a call meets: the runs of pages of its range that are alike in access, sharing and lock.
// Where mappings join is left out, since a model and a kernel may tell that differently.
struct Met {
  static constexpr size_t kMax = 256;  // runs; of more, the rest is not looked at

  Call call;
  AddressRange range;  // whole pages
  size_t count = 0;
  std::array<Mapping, kMax> runs;

  std::span<const Mapping> all() const { return {runs.data(), count}; }
  bool IsCovered() const;
};

// A fault: what `answer`s to the calls of which `when` holds is wrong.
struct PlantedAnswer {
  absl::string_view name;
  absl::string_view about;
  bool (*when)(const Met& met);
  Errno answer;
};

std::span<const PlantedAnswer> PlantedAnswers();

// Returns the fault of that name, or null.
const PlantedAnswer* FindPlantedAnswer(absl::string_view name);

// Returns what a kernel with `fault` answers to `call` where `mappings` are what is mapped, or
// nothing if it answers as it would without. Allocates nothing.
std::optional<Errno> AnswerOf(const PlantedAnswer& fault, const Call& call,
                              std::span<const Mapping> mappings);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_PLANTED_ANSWERS_H_
