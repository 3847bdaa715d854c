// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_DETACHED_MOUNT_H_
#define MSYNCSPEC_HARNESS_EFFECTS_DETACHED_MOUNT_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// One option of a mount: "size" with "64k".
struct MountOption {
  const char* key = nullptr;
  std::string value;
};

// Mounts a filesystem of `type` nowhere: no path leads to it, only the root folder's descriptor
// that this returns. It is gone when the last descriptor into it is closed. Needs root and
// Linux 5.2; Unimplemented where the kernel does not know the type.
absl::StatusOr<OpenedFile> MountDetached(const char* type, std::span<const MountOption> options);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_DETACHED_MOUNT_H_
