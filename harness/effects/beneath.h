// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_BENEATH_H_
#define MSYNCSPEC_HARNESS_EFFECTS_BENEATH_H_

#include <cstdint>
#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "harness/effects/filesystem.h"
#include "harness/effects/full_disk.h"
#include "model/units.h"

namespace msyncspec {

// Sees the bytes of a file on its disk, beneath the page cache: what a sudden stop of the machine
// would leave. It reads the disk's backing file where FIEMAP says the data lies; what has no place
// yet (a hole, delayed or not converted) is 0. Exact at the moment of the look; background
// writeback may have brought bytes there that msync did not.
class Beneath {
 public:
  // Prepares to look at `file` on `filesystem`, or at the disk itself; all of them have to stay
  // open. Unimplemented where nothing lies beneath.
  static absl::StatusOr<Beneath> Open(int file, const MountedFilesystem& filesystem,
                                      Bytes page_size);
  static absl::StatusOr<Beneath> Open(const FullDisk& disk, Bytes page_size);

  // Reads the first byte of each page from `first` on; nothing where it cannot be told. A call or
  // three a page, no allocation.
  void Look(int64_t first, std::span<std::optional<uint8_t>> bytes) const;

 private:
  // How to come from an offset in the file to one in the backing file.
  enum class Way : uint8_t { kSameOffset, kExtents, kExtentsAndChunks };

  Beneath(int file, int backing, Way way, Bytes page_size)
      : file_(file), backing_(backing), way_(way), page_size_(page_size) {}

  std::optional<uint8_t> ByteAt(uint64_t offset) const;
  std::optional<uint8_t> BackingByteAt(uint64_t offset) const;

  int file_;
  int backing_;
  Way way_;
  Bytes page_size_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_BENEATH_H_
