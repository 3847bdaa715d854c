// SPDX-License-Identifier: MIT
#include "harness/effects/filesystem.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <span>

#include "absl/strings/str_cat.h"
#include "harness/effects/detached_mount.h"
#include "harness/effects/format.h"
#include "harness/effects/full_disk.h"
#include "harness/effects/loop_device.h"
#include "harness/effects/overlay.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

constexpr uint64_t kMebibyte = uint64_t{1} << 20;

// Blocks of a page, or else a page is several extents; nothing that the kernel writes by itself
// after the mount.
constexpr const char* kExt4Arguments[] = {"-q",   "-F", "-b",
                                          "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0"};
// A journal that cannot be written would take the whole filesystem down.
constexpr const char* kExt4WithoutJournal[] = {"-q", "-F",           "-b", "4096",
                                               "-O", "^has_journal", "-E", "lazy_itable_init=0"};
constexpr const char* kXfsArguments[] = {"-q", "-f"};
// One copy of everything, so that every extent is in one place.
constexpr const char* kBtrfsArguments[] = {"-q", "-f", "-m", "single", "-d", "single"};

// How one kind of filesystem on a disk is made. The sizes are near the least that each takes.
struct Recipe {
  FilesystemKind kind;
  uint64_t bytes;
  Formatter formatter;
  DiskOffsets offsets;
};

constexpr Recipe kRecipes[] = {
    {FilesystemKind::kExt4,
     16 * kMebibyte,
     {"mkfs.ext4", "e2fsprogs", kExt4Arguments},
     DiskOffsets::kAsTold},
    {FilesystemKind::kXfs,
     300 * kMebibyte,
     {"mkfs.xfs", "xfsprogs", kXfsArguments},
     DiskOffsets::kAsTold},
    {FilesystemKind::kBtrfs,
     128 * kMebibyte,
     {"mkfs.btrfs", "btrfs-progs", kBtrfsArguments},
     DiskOffsets::kBtrfsChunks},
};

// Gives a file on hugetlbfs its size. Mapping it is what reserves huge pages.
absl::StatusOr<OpenedFile> SizedInHugePages(OpenedFile file, uint64_t bytes) {
  struct statfs facts = {};
  if (fstatfs(file.descriptor(), &facts) != 0) return Failure("statfs");
  const uint64_t huge_page = static_cast<uint64_t>(facts.f_bsize);
  const uint64_t size = (bytes + huge_page - 1) / huge_page * huge_page;
  if (ftruncate(file.descriptor(), static_cast<off_t>(size)) != 0) return Failure("ftruncate");
  void* const place = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.descriptor(), 0);
  if (place == MAP_FAILED) return Failure("huge pages (vm.nr_hugepages)");
  munmap(place, size);
  return file;
}

}  // namespace

const char* NameOf(FilesystemKind kind) {
  switch (kind) {
    case FilesystemKind::kExt4:
      return "ext4";
    case FilesystemKind::kXfs:
      return "xfs";
    case FilesystemKind::kBtrfs:
      return "btrfs";
    case FilesystemKind::kOverlay:
      return "overlay";
    case FilesystemKind::kTmpfs:
      return "tmpfs";
    case FilesystemKind::kHugetlbfs:
      return "hugetlbfs";
  }
  return "";
}

absl::StatusOr<MountedFilesystem> MountedFilesystem::Make(FilesystemKind kind) {
  switch (kind) {
    case FilesystemKind::kExt4:
    case FilesystemKind::kXfs:
    case FilesystemKind::kBtrfs:
      return MakeOnDisk(kind);
    case FilesystemKind::kOverlay:
      return MakeOverlay();
    case FilesystemKind::kTmpfs:
    case FilesystemKind::kHugetlbfs:
      break;
  }
  absl::StatusOr<OpenedFile> root = MountDetached(NameOf(kind), {});
  if (!root.ok()) return root.status();
  return MountedFilesystem(kind, *std::move(root), OpenedFile::FromDescriptor(-1),
                           DiskOffsets::kNone);
}

absl::StatusOr<MountedFilesystem> MountedFilesystem::MakeOnDisk(FilesystemKind kind) {
  for (const Recipe& recipe : kRecipes) {
    if (recipe.kind != kind) continue;
    absl::StatusOr<OpenedFile> backing = MakeBackingFile(recipe.bytes);
    if (!backing.ok()) return backing.status();
    const absl::Status formatted = Format(recipe.formatter, backing->descriptor());
    if (!formatted.ok()) return formatted;
    const absl::StatusOr<LoopDevice> device = LoopDevice::Attach(backing->descriptor());
    if (!device.ok()) return device.status();
    const MountOption options[] = {{"source", device->path()}};
    absl::StatusOr<OpenedFile> root = MountDetached(NameOf(kind), options);
    if (!root.ok()) return root.status();
    return MountedFilesystem(kind, *std::move(root), *std::move(backing), recipe.offsets);
  }
  return absl::InternalError("a filesystem without a recipe");
}

absl::StatusOr<MountedFilesystem> MountedFilesystem::MakeOverlay() {
  absl::StatusOr<MountedFilesystem> layers = Make(FilesystemKind::kExt4);
  if (!layers.ok()) return layers.status();
  absl::StatusOr<OpenedFile> root = MountOverlay(layers->root());
  if (!root.ok()) return root.status();
  return MountedFilesystem(FilesystemKind::kOverlay, *std::move(root), std::move(layers->backing_),
                           layers->offsets_);
}

absl::StatusOr<MountedFilesystem> MountedFilesystem::MakeOn(const FullDisk& disk) {
  const absl::Status formatted =
      Format({"mkfs.ext4", "e2fsprogs", kExt4WithoutJournal}, disk.backing());
  if (!formatted.ok()) return formatted;
  const MountOption options[] = {{"source", disk.path()}};
  absl::StatusOr<OpenedFile> root = MountDetached("ext4", options);
  if (!root.ok()) return root.status();
  absl::StatusOr<OpenedFile> backing = OpenAgain(disk.backing(), Descriptor::kReadWrite);
  if (!backing.ok()) return backing.status();
  return MountedFilesystem(FilesystemKind::kExt4, *std::move(root), *std::move(backing),
                           DiskOffsets::kAsTold);
}

absl::Status MountedFilesystem::Settle() const {
  // A mount's own descriptor is a place only (O_PATH).
  const OpenedFile folder =
      OpenedFile::FromDescriptor(openat(root(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return syncfs(folder.descriptor()) == 0 ? absl::OkStatus() : Failure("syncfs");
}

absl::StatusOr<OpenedFile> MountedFilesystem::OpenFile(uint64_t bytes) const {
  int descriptor = openat(root(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {  // overlay before Linux 6.1, for one
    const std::string name = absl::StrCat("file-", getpid());
    descriptor = openat(root(), name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) unlinkat(root(), name.c_str(), 0);
  }
  if (descriptor < 0) return Failure(absl::StrCat("a file on ", NameOf(kind_)));
  OpenedFile file = OpenedFile::FromDescriptor(descriptor);
  if (kind_ == FilesystemKind::kHugetlbfs) return SizedInHugePages(std::move(file), bytes);
  // Nothing is written: one large write would make one large folio, which is dirty as a whole.
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) return Failure("ftruncate");
  return file;
}

absl::StatusOr<OpenedFile> OpenAgain(int descriptor, Descriptor access) {
  const std::string link = absl::StrCat("/proc/self/fd/", descriptor);
  const int mode = access == Descriptor::kReadOnly ? O_RDONLY : O_RDWR;
  const int again = open(link.c_str(), mode | O_CLOEXEC);
  if (again < 0) return Failure("opening it again through /proc/self/fd");
  return OpenedFile::FromDescriptor(again);
}

}  // namespace msyncspec
