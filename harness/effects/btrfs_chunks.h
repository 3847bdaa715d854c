// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_BTRFS_CHUNKS_H_
#define MSYNCSPEC_HARNESS_EFFECTS_BTRFS_CHUNKS_H_

#include <cstdint>
#include <optional>

namespace msyncspec {

// Returns where the logical address `logical` of the btrfs that `file` is on lies on its device, or
// nothing where it is not in one place (several copies, stripes or devices). Needs root.
// Allocates nothing.
std::optional<uint64_t> BtrfsDeviceOffset(int file, uint64_t logical);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_BTRFS_CHUNKS_H_
