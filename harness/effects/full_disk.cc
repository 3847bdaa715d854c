// SPDX-License-Identifier: MIT
#include "harness/effects/full_disk.h"

#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "harness/effects/detached_mount.h"
#include "harness/effects/filesystem.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

absl::StatusOr<OpenedFile> OpenUnnamed(int folder, uint64_t bytes) {
  const int descriptor = openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) return Failure("a file on a tmpfs");
  OpenedFile file = OpenedFile::FromDescriptor(descriptor);
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) return Failure("ftruncate");
  return file;
}

}  // namespace

absl::StatusOr<FullDisk> FullDisk::Make(uint64_t bytes) {
  const MountOption options[] = {{"size", absl::StrCat(bytes)}};
  const absl::StatusOr<OpenedFile> root = MountDetached("tmpfs", options);
  if (!root.ok()) return root.status();
  absl::StatusOr<OpenedFile> image = OpenUnnamed(root->descriptor(), bytes);
  if (!image.ok()) return image.status();
  absl::StatusOr<OpenedFile> ballast = OpenUnnamed(root->descriptor(), 0);
  if (!ballast.ok()) return ballast.status();
  absl::StatusOr<LoopDevice> device = LoopDevice::Attach(image->descriptor());
  if (!device.ok()) return device.status();
  return FullDisk(*std::move(image), *std::move(ballast), *std::move(device));
}

absl::Status FullDisk::Fill() {
  struct statfs room = {};
  if (fstatfs(ballast_.descriptor(), &room) != 0) return Failure("statfs");
  const off_t bytes = static_cast<off_t>(room.f_bavail) * static_cast<off_t>(room.f_bsize);
  const off_t held = lseek(ballast_.descriptor(), 0, SEEK_END);
  if (bytes == 0) return absl::OkStatus();
  if (fallocate(ballast_.descriptor(), 0, held, bytes) != 0) return Failure("filling a tmpfs");
  return absl::OkStatus();
}

absl::Status FullDisk::MakeRoom() {
  if (ftruncate(ballast_.descriptor(), 0) != 0) return Failure("ftruncate");
  return absl::OkStatus();
}

absl::StatusOr<OpenedFile> FullDisk::OpenFile(Descriptor access) const {
  return OpenAgain(device_.descriptor(), access);
}

}  // namespace msyncspec
