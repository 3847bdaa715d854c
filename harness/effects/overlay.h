// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_OVERLAY_H_
#define MSYNCSPEC_HARNESS_EFFECTS_OVERLAY_H_

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Mounts an overlay nowhere, with its layers in new folders of the detached mount `layers`, which
// the overlay keeps alive. Returns its root folder.
absl::StatusOr<OpenedFile> MountOverlay(int layers);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_OVERLAY_H_
