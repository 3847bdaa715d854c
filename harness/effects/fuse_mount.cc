// SPDX-License-Identifier: MIT
#include "harness/effects/fuse_mount.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

constexpr char kSource[] = "msyncspec";

// Says that `what` failed with the current errno.
absl::Status Failure(absl::string_view what) {
  const int error = errno;
  const std::string message = absl::StrCat(what, ": ", strerror(error));
  switch (error) {
    case EPERM:
    case EACCES:
      return absl::PermissionDeniedError(message);
    case ENOSYS:
    case ENODEV:
    case ENXIO:
    case ENOENT:
      return absl::UnimplementedError(message);
    default:
      return absl::InternalError(message);
  }
}

absl::StatusOr<OpenedFile> Take(long descriptor, absl::string_view what) {
  if (descriptor < 0) return Failure(what);
  return OpenedFile::FromDescriptor(static_cast<int>(descriptor));
}

absl::StatusOr<OpenedFile> MountDetached(int device) {
  absl::StatusOr<OpenedFile> context =
      Take(syscall(SYS_fsopen, "fuse", FSOPEN_CLOEXEC), "fsopen of fuse");
  if (!context.ok()) return context;
  const std::pair<const char*, std::string> options[] = {{"source", kSource},
                                                         {"fd", absl::StrCat(device)},
                                                         {"rootmode", "40000"},
                                                         {"user_id", absl::StrCat(getuid())},
                                                         {"group_id", absl::StrCat(getgid())}};
  for (const auto& [name, value] : options) {
    if (syscall(SYS_fsconfig, context->descriptor(), FSCONFIG_SET_STRING, name, value.c_str(), 0)) {
      return Failure(absl::StrCat("fsconfig of ", name));
    }
  }
  if (syscall(SYS_fsconfig, context->descriptor(), FSCONFIG_SET_FLAG, "allow_other", 0, 0) != 0) {
    return Failure("fsconfig of allow_other");
  }
  if (syscall(SYS_fsconfig, context->descriptor(), FSCONFIG_CMD_CREATE, 0, 0, 0) != 0) {
    return Failure("making a FUSE filesystem (CAP_SYS_ADMIN)");
  }
  return Take(syscall(SYS_fsmount, context->descriptor(), FSMOUNT_CLOEXEC,
                      MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV),
              "fsmount of fuse");
}

// Returns a folder to mount over: any that is there. Nobody else sees it covered.
absl::StatusOr<std::string> AnyFolder() {
  for (const char* folder : {"/mnt", "/tmp", "/proc", "/dev"}) {
    if (access(folder, F_OK) == 0) return folder;
  }
  return absl::UnimplementedError("no folder to mount over");
}

absl::StatusOr<OpenedFile> MountPrivately(int device) {
  if (unshare(CLONE_NEWNS) != 0) return Failure("a mount namespace (CAP_SYS_ADMIN)");
  if (syscall(SYS_mount, "none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    // EINVAL: gVisor without a name for this kind, or a root that is no mount.
    if (errno == EINVAL) errno = ENOSYS;
    return Failure("making the mounts private");
  }
  absl::StatusOr<std::string> folder = AnyFolder();
  if (!folder.ok()) return folder.status();
  const std::string options = absl::StrCat("fd=", device, ",rootmode=40000,user_id=", getuid(),
                                           ",group_id=", getgid(), ",allow_other");
  if (syscall(SYS_mount, kSource, folder->c_str(), "fuse", MS_NOSUID | MS_NODEV, options.c_str()) !=
      0) {
    return Failure(absl::StrCat("mounting fuse over ", *folder));
  }
  return Take(open(folder->c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), "opening the mount");
}

}  // namespace

absl::StatusOr<FuseMount> MountFuse(Mounting mounting) {
  absl::StatusOr<OpenedFile> device = Take(open("/dev/fuse", O_RDWR | O_CLOEXEC), "/dev/fuse");
  if (!device.ok()) return device.status();
  const bool has_fsopen = syscall(SYS_fsopen, nullptr, 0) == 0 || errno != ENOSYS;
  absl::StatusOr<OpenedFile> root = mounting == Mounting::kDetached && has_fsopen
                                        ? MountDetached(device->descriptor())
                                        : MountPrivately(device->descriptor());
  if (!root.ok()) return root.status();
  return FuseMount{*std::move(device), *std::move(root)};
}

}  // namespace msyncspec
