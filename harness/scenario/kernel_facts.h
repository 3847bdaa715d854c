// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_KERNEL_FACTS_H_
#define MSYNCSPEC_HARNESS_SCENARIO_KERNEL_FACTS_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "harness/scenario/backing.h"
#include "model/address_space.h"

namespace msyncspec {

// What the running kernel itself says of each backing's lockability. Where it differs from the
// table of backings, layouts follow the kernel: that tells two kernels apart and is no finding.
class KernelFacts {
 public:
  // Takes down what the kernel says.
  void Learn(Backing backing, Lockability said);

  // Returns what the kernel says, or nothing where it has not been heard.
  std::optional<Lockability> Said(Backing backing) const;

  // Returns what layouts go by: what the kernel says, or else the table.
  Lockability LockabilityOf(Backing backing) const;

  // Returns a sentence for each backing of which the kernel says other than the table.
  std::vector<std::string> Differences() const;

 private:
  std::array<std::optional<Lockability>, kBackings> said_;  // in the order of the enumeration
};

// Returns a lockability in words that follow a name: "takes locks".
absl::string_view Words(Lockability lockability);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_KERNEL_FACTS_H_
