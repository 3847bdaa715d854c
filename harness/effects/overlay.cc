// SPDX-License-Identifier: MIT
#include "harness/effects/overlay.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <thread>
#include <utility>

#include "harness/effects/detached_mount.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

// Does the work in a mount namespace of the calling thread's own.
absl::StatusOr<OpenedFile> MountPrivately(int layers) {
  if (unshare(CLONE_NEWNS) != 0) return Failure("a mount namespace");
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return Failure("making the mount namespace private");
  }
  // Over the root folder, which always exists; the paths below start from the layers themselves.
  if (move_mount(layers, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH) != 0) {
    return Failure("move_mount");
  }
  for (const char* const folder : {"lower", "upper", "work"}) {
    if (mkdirat(layers, folder, 0700) != 0) return Failure("a folder for an overlay");
  }
  if (fchdir(layers) != 0) return Failure("fchdir");
  const MountOption options[] = {
      {"source", "overlay"}, {"lowerdir", "lower"}, {"upperdir", "upper"}, {"workdir", "work"}};
  return MountDetached("overlay", options);
}

}  // namespace

absl::StatusOr<OpenedFile> MountOverlay(int layers) {
  // Before Linux 6.15 the layers have to be mounted in the caller's namespace. A thread may have
  // one of its own, which goes with it; the overlay has its own references to the layers.
  std::optional<absl::StatusOr<OpenedFile>> root;
  std::thread([&] { root.emplace(MountPrivately(layers)); }).join();
  return *std::move(root);
}

}  // namespace msyncspec
