// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_OWN_DISKS_H_
#define MSYNCSPEC_HARNESS_EFFECTS_OWN_DISKS_H_

#include <array>
#include <map>
#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "harness/effects/beneath.h"
#include "harness/effects/filesystem.h"
#include "harness/effects/full_disk.h"
#include "harness/executor/opened_file.h"
#include "harness/scenario/scenario.h"
#include "model/units.h"

namespace msyncspec {

// The filesystems and disks that scenarios' files need beside those of the machine. A filesystem is
// made when it is first needed and kept, with the reason where it cannot be had; a disk is made for
// each scenario.
class OwnDisks {
 public:
  // Whether files of this kind live here.
  static bool Holds(Backing backing);

  // Makes what `files` need. Errors as FileProvider::Prepare.
  absl::Status Prepare(std::span<const File> files, Bytes page_size);

  // Opens `files[i]`, one of those that were prepared.
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size);

  // Prepares to look beneath the page cache at `files[i]`, which is open as `file`.
  absl::StatusOr<Beneath> LookBeneath(std::span<const File> files, size_t i, int file,
                                      Bytes page_size) const;

 private:
  absl::Status PrepareOne(const File& file, size_t i, Bytes page_size);

  std::map<FilesystemKind, absl::StatusOr<MountedFilesystem>> filesystems_;
  std::array<std::optional<FullDisk>, kMaxFiles> disks_;  // by the file that shows it
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_OWN_DISKS_H_
