// SPDX-License-Identifier: MIT
#include "harness/scenario/backing.h"

#include <array>

namespace msyncspec {
namespace {

constexpr auto kFacts = std::to_array<BackingFacts>({
    {.backing = Backing::kMemfd,
     .name = "memfd",
     .about = "memfd_create(2)",
     .truncation = Truncation::kAllowed,
     .times = TimesMoveAt::kFirstStore},
    {.backing = Backing::kTmpfs,
     .name = "tmpfs",
     .about = "an unnamed file in /dev/shm",
     .truncation = Truncation::kAllowed,
     .times = TimesMoveAt::kFirstStore},
    {.backing = Backing::kDisk,
     .name = "disk",
     .about = "an unnamed file in the temporary folder",
     .fsync = Fsync::kWrites,
     .truncation = Truncation::kAllowed},
    {.backing = Backing::kDeleted,
     .name = "deleted",
     .about = "a named file in the temporary folder, unlinked before it is mapped",
     .fsync = Fsync::kWrites,
     .truncation = Truncation::kAllowed},
    // Each shared mapping is a new object of its own; a private one is anonymous memory.
    {.backing = Backing::kDevZero,
     .name = "dev_zero",
     .about = "/dev/zero",
     .joining = Joining::kNotFollowed,
     .past_the_end = PastTheEnd::kHasNoEnd,
     .map_place = MapPlace::kFromStart,
     .moves_alone = MovesAlone::kUnlessShared},
    {.backing = Backing::kShm,
     .name = "shm",
     .about = "a System V segment, attached with shmat(2)",
     .joining = Joining::kNotFollowed,
     .privately = Privately::kIsRefused,
     .map_place = MapPlace::kWhole,
     .moves_alone = MovesAlone::kAlways},
    {.backing = Backing::kSecret,
     .name = "secret",
     .about = "memfd_secret(2)",
     .fsync = Fsync::kNone,
     .lockability = Lockability::kAlwaysLocked,
     .privately = Privately::kIsRefused},
    {.backing = Backing::kIoUring,
     .name = "io_uring",
     .about = "the submission ring of an io_uring",
     .fsync = Fsync::kNone,
     .lockability = Lockability::kIgnoresLocks,
     .joining = Joining::kNotFollowed,
     .privately = Privately::kIsRefused,  // accepted by Linux, but then nothing of it is shared
     .past_the_end = PastTheEnd::kCannotBeMapped,
     .map_place = MapPlace::kFromStart,
     .owner = Owner::kKernel},
    {.backing = Backing::kBpfArray,
     .name = "bpf_array",
     .about = "the values of a BPF array",
     .fsync = Fsync::kNone,
     .lockability = Lockability::kIgnoresLocks,
     .joining = Joining::kNotFollowed,
     .privately = Privately::kIsRefused,
     .past_the_end = PastTheEnd::kCannotBeMapped,
     .owner = Owner::kKernel},
    {.backing = Backing::kPerf,
     .name = "perf",
     .about = "the control page of a perf event",
     .fsync = Fsync::kNone,
     .lockability = Lockability::kIgnoresLocks,
     .joining = Joining::kNotFollowed,
     .privately = Privately::kIsRefused,
     .past_the_end = PastTheEnd::kCannotBeMapped,
     .map_place = MapPlace::kWhole,
     .owner = Owner::kKernel},
    {.backing = Backing::kFuse,
     .name = "fuse",
     .about = "a file whose server answers fsync as the scenario says",
     .fsync = Fsync::kAsksServer,
     .truncation = Truncation::kAllowed},
    {.backing = Backing::kExt4,
     .name = "ext4",
     .about = "an unnamed file on an ext4 of its own, on a loop device",
     .fsync = Fsync::kWrites,
     .truncation = Truncation::kAllowed,
     .times = TimesMoveAt::kStoreToCleanPage},
    {.backing = Backing::kXfs,
     .name = "xfs",
     .about = "the same on xfs",
     .fsync = Fsync::kWrites,
     .truncation = Truncation::kAllowed,
     .times = TimesMoveAt::kStoreToCleanPage},
    // btrfs_sync_file widens every range to the whole file (fs/btrfs/file.c).
    {.backing = Backing::kBtrfs,
     .name = "btrfs",
     .about = "the same on btrfs, which syncs the whole file whatever the range",
     .fsync = Fsync::kWrites,
     .extent = SyncExtent::kWholeFile,
     .truncation = Truncation::kAllowed,
     .times = TimesMoveAt::kStoreToCleanPage},
    {.backing = Backing::kOverlay,
     .name = "overlay",
     .about = "a file in the upper layer of an overlayfs",
     .fsync = Fsync::kWrites,
     .truncation = Truncation::kAllowed,
     .times = TimesMoveAt::kStoreToCleanPage},
    {.backing = Backing::kBlock,
     .name = "block",
     .about = "a loop device itself",
     .fsync = Fsync::kWrites},
    {.backing = Backing::kFull,
     .name = "full",
     .about = "a loop device whose storage has no room for what is written",
     .fsync = Fsync::kWrites,
     .write_error = Errno::kEIO},
});

}  // namespace

std::span<const BackingFacts> AllBackings() { return kFacts; }

const BackingFacts& FactsOf(Backing backing) { return kFacts[static_cast<size_t>(backing)]; }

std::optional<Backing> BackingFromName(absl::string_view name) {
  for (const BackingFacts& facts : kFacts) {
    if (facts.name == name) return facts.backing;
  }
  return std::nullopt;
}

}  // namespace msyncspec
