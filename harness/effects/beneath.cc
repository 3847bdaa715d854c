// SPDX-License-Identifier: MIT
#include "harness/effects/beneath.h"

#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <new>

#include "harness/effects/btrfs_chunks.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

// The data is not on the disk yet: reading after a sudden stop would give zeroes.
constexpr uint32_t kNotThereYet = FIEMAP_EXTENT_DELALLOC | FIEMAP_EXTENT_UNWRITTEN;
// The data is where one cannot read it so.
constexpr uint32_t kElsewhere =
    FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_ENCODED | FIEMAP_EXTENT_NOT_ALIGNED;

// Asks for the extent at `offset`, or the next one. One of length 0 says that there is none;
// nothing that the filesystem does not say. FIEMAP_FLAG_SYNC would write what is being watched.
std::optional<fiemap_extent> FindExtent(int file, uint64_t offset) {
  alignas(struct fiemap) char room[sizeof(struct fiemap) + sizeof(fiemap_extent)];
  auto* const map = new (room) fiemap{.fm_start = offset, .fm_length = 1, .fm_extent_count = 1};
  if (ioctl(file, FS_IOC_FIEMAP, map) != 0) return std::nullopt;
  return map->fm_mapped_extents == 0 ? fiemap_extent{} : map->fm_extents[0];
}

}  // namespace

absl::StatusOr<Beneath> Beneath::Open(int file, const MountedFilesystem& filesystem,
                                      Bytes page_size) {
  if (filesystem.offsets() == DiskOffsets::kNone) {
    return absl::UnimplementedError("there is no disk beneath the file");
  }
  if (!FindExtent(file, 0).has_value()) return Failure("FIEMAP");
  const Way way =
      filesystem.offsets() == DiskOffsets::kAsTold ? Way::kExtents : Way::kExtentsAndChunks;
  return Beneath(file, filesystem.backing(), way, page_size);
}

absl::StatusOr<Beneath> Beneath::Open(const FullDisk& disk, Bytes page_size) {
  return Beneath(/*file=*/-1, disk.backing(), Way::kSameOffset, page_size);
}

void Beneath::Look(int64_t first, std::span<std::optional<uint8_t>> bytes) const {
  uint64_t offset = static_cast<uint64_t>(first) * page_size_.count;
  for (std::optional<uint8_t>& byte : bytes) {
    byte = way_ == Way::kSameOffset ? BackingByteAt(offset) : ByteAt(offset);
    offset += page_size_.count;
  }
}

std::optional<uint8_t> Beneath::ByteAt(uint64_t offset) const {
  const std::optional<fiemap_extent> extent = FindExtent(file_, offset);
  if (!extent.has_value()) return std::nullopt;
  const bool hole = extent->fe_length == 0 || extent->fe_logical > offset;
  if (hole || (extent->fe_flags & kNotThereYet) != 0) return 0;
  if ((extent->fe_flags & kElsewhere) != 0) return std::nullopt;
  const uint64_t place = extent->fe_physical + (offset - extent->fe_logical);
  if (way_ == Way::kExtents) return BackingByteAt(place);
  const std::optional<uint64_t> on_device = BtrfsDeviceOffset(file_, place);
  return on_device.has_value() ? BackingByteAt(*on_device) : std::nullopt;
}

std::optional<uint8_t> Beneath::BackingByteAt(uint64_t offset) const {
  uint8_t byte = 0;
  if (pread(backing_, &byte, 1, static_cast<off_t>(offset)) != 1) return std::nullopt;
  return byte;
}

}  // namespace msyncspec
