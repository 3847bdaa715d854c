// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_MOUNT_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_MOUNT_H_

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// How a filesystem is mounted so that no other process sees it and nothing is left of it.
enum class Mounting {
  kDetached,          // in no namespace at all; falls back to the other where fsmount is missing
  kPrivateNamespace,  // over a folder, in a mount namespace of this process alone
};

// A FUSE connection that nobody serves yet.
struct FuseMount {
  OpenedFile device;  // what its server reads and writes
  OpenedFile root;    // the folder that clients open files in
};

// Mounts a FUSE filesystem whose root is a folder. With kPrivateNamespace this process has another
// mount namespace afterwards. PermissionDenied or Unimplemented names what is missing here.
absl::StatusOr<FuseMount> MountFuse(Mounting mounting);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_MOUNT_H_
