// SPDX-License-Identifier: MIT
#include "harness/effects/own_disks.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

std::optional<FilesystemKind> FilesystemOf(Backing backing) {
  switch (backing) {
    case Backing::kExt4:
      return FilesystemKind::kExt4;
    case Backing::kXfs:
      return FilesystemKind::kXfs;
    case Backing::kBtrfs:
      return FilesystemKind::kBtrfs;
    case Backing::kOverlay:
      return FilesystemKind::kOverlay;
    default:
      return std::nullopt;
  }
}

bool IsDisk(Backing backing) { return backing == Backing::kBlock || backing == Backing::kFull; }

}  // namespace

bool OwnDisks::Holds(Backing backing) {
  return IsDisk(backing) || FilesystemOf(backing).has_value();
}

absl::Status OwnDisks::Prepare(std::span<const File> files, Bytes page_size) {
  for (std::optional<FullDisk>& disk : disks_) disk.reset();
  for (size_t i = 0; i < files.size(); ++i) {
    if (files[i].origin != Origin::kNew) continue;
    if (absl::Status status = PrepareOne(files[i], i, page_size); !status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat(FactsOf(files[i].backing).name, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status OwnDisks::PrepareOne(const File& file, size_t i, Bytes page_size) {
  if (const auto kind = FilesystemOf(file.backing); kind.has_value()) {
    const auto made = filesystems_.find(*kind);
    const auto place = made != filesystems_.end()
                           ? made
                           : filesystems_.emplace(*kind, MountedFilesystem::Make(*kind)).first;
    return place->second.status();
  }
  if (!IsDisk(file.backing)) return absl::OkStatus();
  absl::StatusOr<FullDisk> disk = FullDisk::Make(SizeOf(file, page_size));
  if (!disk.ok()) return disk.status();
  if (file.backing == Backing::kFull) {
    if (absl::Status status = disk->Fill(); !status.ok()) return status;
  }
  disks_[i].emplace(*std::move(disk));
  return absl::OkStatus();
}

absl::StatusOr<OpenedFile> OwnDisks::Open(std::span<const File> files, size_t i, Bytes page_size) {
  if (IsDisk(files[i].backing)) return disks_[i]->OpenFile(files[i].descriptor);
  const MountedFilesystem& filesystem = *filesystems_.at(*FilesystemOf(files[i].backing));
  absl::StatusOr<OpenedFile> file = filesystem.OpenFile(SizeOf(files[i], page_size));
  if (!file.ok()) return file.status();
  return OpenedAsAsked(*std::move(file), files[i]);
}

absl::StatusOr<Beneath> OwnDisks::LookBeneath(std::span<const File> files, size_t i, int file,
                                              Bytes page_size) const {
  if (IsDisk(files[i].backing)) return Beneath::Open(*disks_[i], page_size);
  return Beneath::Open(file, *filesystems_.at(*FilesystemOf(files[i].backing)), page_size);
}

}  // namespace msyncspec
