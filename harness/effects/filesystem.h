// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FILESYSTEM_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FILESYSTEM_H_

#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

class FullDisk;

// What filesystem a file is to live on.
enum class FilesystemKind : uint8_t { kExt4, kXfs, kBtrfs, kOverlay, kTmpfs, kHugetlbfs };

inline constexpr FilesystemKind kFilesystemKinds[] = {
    FilesystemKind::kExt4,    FilesystemKind::kXfs,   FilesystemKind::kBtrfs,
    FilesystemKind::kOverlay, FilesystemKind::kTmpfs, FilesystemKind::kHugetlbfs,
};

// "ext4", "overlay"…, as the kernel calls it.
const char* NameOf(FilesystemKind kind);

// How far apart the offsets of a file's data on disk are, as FIEMAP gives them, and in the backing
// file.
enum class DiskOffsets : uint8_t {
  kNone,         // nothing lies beneath
  kAsTold,       // FIEMAP gives offsets on the device
  kBtrfsChunks,  // FIEMAP gives logical addresses, which btrfs's chunk tree leads to the device
};

// A filesystem that nobody else sees: mounted nowhere, in memory of its own. It lasts as long as
// somebody has it or a file on it open.
class MountedFilesystem {
 public:
  // Makes an empty one. Costs milliseconds and, for xfs, 64 MiB of memory: make it once, before the
  // workers that are to use it. Needs root; what is missing is named in the error.
  static absl::StatusOr<MountedFilesystem> Make(FilesystemKind kind);

  // Makes an ext4 without a journal on `disk`, so that the writeback of new blocks fails when the
  // disk is full, while the filesystem goes on working: msync then gives ENOSPC, where the bare
  // disk gives EIO. Files are to be opened, and Settle called, before the disk is filled.
  static absl::StatusOr<MountedFilesystem> MakeOn(const FullDisk& disk);

  // Writes out everything that waits to be written, so that the filesystem's own blocks are on
  // disk.
  absl::Status Settle() const;

  FilesystemKind kind() const { return kind_; }
  int root() const { return root_.descriptor(); }        // its root folder, as a place (O_PATH)
  int backing() const { return backing_.descriptor(); }  // its disk as a file; -1: it has none
  DiskOffsets offsets() const { return offsets_; }

  // Makes an unnamed file of `bytes` bytes, all of them holes, open for reading and writing. On
  // hugetlbfs the size is rounded up to whole huge pages; Unimplemented where they are not
  // reserved.
  absl::StatusOr<OpenedFile> OpenFile(uint64_t bytes) const;

 private:
  MountedFilesystem(FilesystemKind kind, OpenedFile root, OpenedFile backing, DiskOffsets offsets)
      : kind_(kind), root_(std::move(root)), backing_(std::move(backing)), offsets_(offsets) {}

  static absl::StatusOr<MountedFilesystem> MakeOnDisk(FilesystemKind kind);
  static absl::StatusOr<MountedFilesystem> MakeOverlay();

  FilesystemKind kind_;
  OpenedFile root_;
  OpenedFile backing_;
  DiskOffsets offsets_;
};

// Opens what `descriptor` stands for once more: another description, with read and write errors
// of its own.
absl::StatusOr<OpenedFile> OpenAgain(int descriptor, Descriptor access);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FILESYSTEM_H_
