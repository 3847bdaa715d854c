// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_BACKING_H_
#define MSYNCSPEC_HARNESS_SCENARIO_BACKING_H_

#include <cstdint>
#include <optional>
#include <span>

#include "absl/strings/string_view.h"
#include "model/address_space.h"
#include "model/errno.h"
#include "model/profile.h"

namespace msyncspec {

// The kinds of object that a scenario's file can be.
enum class Backing : uint8_t {
  kMemfd,
  kTmpfs,
  kDisk,
  kDeleted,
  kDevZero,
  kShm,
  kSecret,
  kIoUring,
  kBpfArray,
  kPerf,
  kFuse,
  kExt4,
  kXfs,
  kBtrfs,
  kOverlay,
  kBlock,
  kFull,
  kSealed,
  kSealedWrite,
  kHugetlb,
  kAio,
  kPacket,
  kVdso,
  kVvar,
  kDax,
};
inline constexpr size_t kBackings = static_cast<size_t>(Backing::kDax) + 1;

enum class Privately : uint8_t { kCanBeMapped, kIsRefused, kIsTheOnlyWay };
enum class Truncation : uint8_t { kAllowed, kRefused, kSealed };
enum class Writing : uint8_t { kAllowed, kSealed };
enum class Opening : uint8_t { kAsAsked, kReadOnlyAlone };
enum class Arrival : uint8_t { kMapped, kMoved };
enum class Cutting : uint8_t { kBetweenUnits, kNever };
enum class Expansion : uint8_t { kFollowed, kNotFollowed };
enum class PastTheEnd : uint8_t { kFaults, kCannotBeMapped, kHasNoEnd };
enum class MapPlace : uint8_t { kAnywhere, kFromStart, kWhole };
enum class MovesAlone : uint8_t { kNever, kUnlessShared, kAlways };
enum class Owner : uint8_t { kProcess, kKernel };
enum class Userfault : uint8_t { kNotKnown, kAccepted, kRefused };

// Which stores through a shared mapping move st_mtime and st_ctime of the file, for certain.
enum class TimesMoveAt : uint8_t {
  kNotFollowed,
  kFirstStore,        // the first of all, where no lock or populate has brought pages in
  kStoreToCleanPage,  // the first since the page was written back, too
};

// What mmap, mlock and msync make of a kind of object, as far as layouts show it. Measured on
// 6.18.44 unless a line says otherwise.
struct BackingFacts {
  Backing backing;
  absl::string_view name;   // in scenarios
  absl::string_view about;  // in one phrase
  Fsync fsync = Fsync::kSucceeds;
  SyncExtent extent = SyncExtent::kMappedRange;  // how much of it is written when a range is synced
  Errno write_error = Errno::kOk;                // how its storage refuses what is written back
  Lockability lockability = Lockability::kLockable;
  Joining joining = Joining::kJoins;
  Privately privately = Privately::kCanBeMapped;
  Truncation truncation = Truncation::kRefused;
  PastTheEnd past_the_end = PastTheEnd::kFaults;
  MapPlace map_place = MapPlace::kAnywhere;  // which parts of it a mapping may show
  // Whether mremap moves it only by itself: so it is where the file chooses its own addresses.
  MovesAlone moves_alone = MovesAlone::kNever;
  Owner owner = Owner::kProcess;               // who writes its pages: nobody else may store there
  Userfault userfault = Userfault::kNotKnown;  // whether a userfaultfd may fill in its pages
  TimesMoveAt times = TimesMoveAt::kNotFollowed;
  Writing writing = Writing::kAllowed;  // through shared mappings
  Opening opening = Opening::kAsAsked;  // which descriptors a scenario can have of it
  Arrival arrival = Arrival::kMapped;   // how it comes to its place: moved if it exists beforehand
  int64_t unit_pages = 1;               // what its size, its places and its parts are multiples of
  Cutting cutting = Cutting::kBetweenUnits;    // where steps can cut a mapping of it in two
  Expansion expansion = Expansion::kFollowed;  // whether mremap's answer in place is known
};

// Returns the facts about every kind, in the order of the enumeration.
std::span<const BackingFacts> AllBackings();

const BackingFacts& FactsOf(Backing backing);

// Returns the kind of that name, or nothing.
std::optional<Backing> BackingFromName(absl::string_view name);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_BACKING_H_
