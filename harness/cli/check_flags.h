// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_CHECK_FLAGS_H_
#define MSYNCSPEC_HARNESS_CLI_CHECK_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/differ/check.h"

namespace msyncspec {

// What the flags of `check` ask for, but for reports.
struct CheckRequest {
  CheckOptions options;
  CheckMaterial material;
  bool ci = false;
  bool only_list = false;
  bool sees_effects = true;
};

// Returns the names of the flags that AskedCheck reads.
std::vector<absl::string_view> CheckFlags();

// Returns what is asked for on `kernel`. InvalidArgument says which flag is wrong; NotFound, that
// --filter and --shard leave nothing.
absl::StatusOr<CheckRequest> AskedCheck(const KernelIdentity& kernel);

// Returns the names of what `request` runs, in this order: "corpus/rules/range.empty.msync",
// "deviations/NAME.msync", and the names of the other stages.
std::vector<std::string> NamesOf(const CheckRequest& request);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_CHECK_FLAGS_H_
