// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FAILURE_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FAILURE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace msyncspec {

// Says that `what` failed with the current errno: PermissionDenied or Unimplemented where this
// place refuses or lacks the thing, Internal where the harness is at fault.
absl::Status Failure(absl::string_view what);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FAILURE_H_
