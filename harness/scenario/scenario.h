// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_H_
#define MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_H_

#include <cstdint>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "harness/scenario/backing.h"
#include "harness/scenario/position.h"
#include "model/address_space.h"
#include "model/call.h"
#include "model/errno.h"

namespace msyncspec {

// The bounds of a scenario. Steps stay in the arena, so that nothing else can be unmapped.
inline constexpr int64_t kArenaPages = 256;
inline constexpr size_t kMaxFiles = 8;
inline constexpr size_t kMaxActions = 256;
inline constexpr int64_t kMaxFilePages = 64;
// Bytes beside whole pages, in steps: below the smallest page size that Linux knows.
inline constexpr int64_t kMaxStepBytes = 4095;
// The largest error that Linux takes from a FUSE server (fs/fuse/dev.c).
inline constexpr uint16_t kMaxServerErrno = 511;

enum class Descriptor : uint8_t { kReadWrite, kReadOnly };

// An object that steps can map, as it is before the first step.
struct File {
  Backing backing = Backing::kMemfd;
  int64_t pages = 1;  // its size
  Descriptor descriptor = Descriptor::kReadWrite;
  Errno fsync_error = Errno::kOk;  // what its server answers to fsync; for kFuse alone

  friend bool operator==(const File&, const File&) = default;
};

enum class StepKind : uint8_t {
  kMap,
  kUnmap,
  kProtect,
  kLock,
  kLockOnFault,
  kUnlock,
  kLockAll,
  kUnlockAll,
  kRemap,
  kWrite,
  kTruncate,
  kAdvise,
};
inline constexpr int kStepKinds = 12;

enum class MapSharing : uint8_t { kPrivate, kShared };

// What a map step may ask for besides, as bits.
enum MapOption : uint8_t { kMapLocked = 1, kMapGrowsDown = 2, kMapPopulate = 4 };

// What a lock-all step may ask for, as bits.
enum LockAllOption : uint8_t { kLockCurrent = 1, kLockFuture = 2, kLockAllOnFault = 4 };

enum class Advice : uint8_t { kDontNeed };

// One change of the layout, or a store. Fields that a kind does not use keep their defaults.
struct Step {
  StepKind kind = StepKind::kMap;
  Position at;    // all but lock-all, unlock-all and truncate
  Length length;  // the same, and truncate: the new size

  MapSharing sharing = MapSharing::kPrivate;  // map
  Access access = Access::kNone;              // map, protect
  FileId file = kNoFile;                      // map (kNoFile is anonymous), truncate
  int64_t file_page = 0;                      // map: where in the file it begins
  uint8_t options = 0;                        // map: MapOption; lock-all: LockAllOption
  Advice advice = Advice::kDontNeed;          // advise
  Length new_length;                          // remap
  bool moves = false;                         // remap: to `to` rather than in place
  Position to;                                // remap

  friend bool operator==(const Step&, const Step&) = default;
};

enum class Caller : uint8_t { kNative, kCompat32 };

// One msync, with its arguments as a scenario names them.
struct SymbolicCall {
  Position addr;
  Length length;
  SyncFlags flags;
  Caller caller = Caller::kNative;

  friend bool operator==(const SymbolicCall&, const SymbolicCall&) = default;
};

using Action = std::variant<Step, SymbolicCall>;

// A whole test case, as a value: files, then steps and calls in the order in which they happen.
struct Scenario {
  std::vector<File> files;
  std::vector<Action> actions;

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

// Returns `machine` as the caller of `call` sees it.
Machine MachineOf(const Machine& machine, Caller caller);

// Returns the argument registers of `call` where the arena begins at `arena`.
Call Resolve(const SymbolicCall& call, const Machine& machine, Address arena);

// Whether `step`, `file` or `scenario` keeps the bounds above and asks a backing only for what it
// can be asked; InvalidArgument says what is expected instead.
absl::Status Validate(const File& file);
absl::Status Validate(const Step& step, const std::vector<File>& files);
absl::Status Validate(const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_H_
