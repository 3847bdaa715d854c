// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_H_
#define MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_H_

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "harness/scenario/file.h"
#include "harness/scenario/position.h"
#include "model/address_space.h"
#include "model/call.h"
#include "model/errno.h"

namespace msyncspec {

// The bounds of a scenario.
inline constexpr size_t kMaxActions = 256;
inline constexpr int kMaxForks = 1;  // each leaves a process that waits for the next
// Bytes beside whole pages, in steps: below the smallest page size that Linux knows.
inline constexpr int64_t kMaxStepBytes = 4095;

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
  kReopen,
  kSignal,
  kFork,
  kSeal,
  kUserfault,
};
inline constexpr int kStepKinds = 17;

enum class MapSharing : uint8_t { kPrivate, kShared };

// What a map step may ask for besides, as bits.
enum MapOption : uint8_t {
  kMapLocked = 1,
  kMapGrowsDown = 2,
  kMapPopulate = 4,
  kMapDroppable = 8,  // MAP_DROPPABLE in place of MAP_PRIVATE; anonymous memory alone
};
inline constexpr int kMapOptions = 16;  // the sets of them

// What a lock-all step may ask for, as bits.
enum LockAllOption : uint8_t { kLockCurrent = 1, kLockFuture = 2, kLockAllOnFault = 4 };

enum class Advice : uint8_t { kDontNeed, kGuard, kUnguard, kDontFork, kDoFork };
inline constexpr int kAdvices = 5;

// When a step happens: in its turn, or in another thread, while the next call waits for a file
// server.
class Moment {
 public:
  static constexpr int kMaxFsync = 15;
  static constexpr int kNumbers = kMaxFsync + 2;

  constexpr Moment() = default;
  // The moment whose number() is `number`, 0 to kNumbers - 1.
  static constexpr Moment FromNumber(int number) { return Moment(number); }
  // While the answer to the `fsync`-th fsync of the next call is awaited, 1 to kMaxFsync.
  static constexpr Moment During(int fsync) { return Moment(fsync); }
  // At any moment from just before the next call to just after it: all of them are meant.
  static constexpr Moment Any() { return Moment(kAny); }

  constexpr bool InTurn() const { return fsync_ == 0; }
  constexpr bool IsAny() const { return fsync_ == kAny; }
  // 0 in turn, then the fsyncs, and last of all any moment.
  constexpr int number() const { return fsync_; }

  friend constexpr bool operator==(const Moment&, const Moment&) = default;

 private:
  static constexpr int kAny = kMaxFsync + 1;
  constexpr explicit Moment(int fsync) : fsync_(static_cast<int8_t>(fsync)) {}

  int8_t fsync_ = 0;
};

// One change of the layout, or a store. Fields that a kind does not use keep their defaults.
struct Step {
  StepKind kind = StepKind::kMap;
  Moment moment;
  Position at;    // all but lock-all, unlock-all, truncate, reopen, signal and fork
  Length length;  // the same, and truncate: the new size

  MapSharing sharing = MapSharing::kPrivate;  // map
  Access access = Access::kNone;              // map, protect
  FileId file = kNoFile;                      // map (kNoFile is anonymous), truncate, reopen
  int64_t file_page = 0;                      // map: where in the file it begins
  uint8_t options = 0;                        // map: MapOption; lock-all: LockAllOption
  Advice advice = Advice::kDontNeed;          // advise
  Length new_length;                          // remap
  bool moves = false;                         // remap: to `to` rather than in place
  Position to;                                // remap
  bool keeps = false;                         // remap that moves: what was there stays, empty

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

// Returns the scenarios that `scenario` stands for: itself, or, where steps happen at any moment,
// one for each moment that the next call can have, of which `fsyncs` wait for a server.
std::vector<Scenario> Interleavings(const Scenario& scenario, int fsyncs);

// Whether any step of `scenario` happens while a call waits.
bool HasMeanwhile(const Scenario& scenario);

// Whether any step of `scenario` happens at any moment of a call.
bool HasAnyMoment(const Scenario& scenario);

// Returns `machine` as the caller of `call` sees it.
Machine MachineOf(const Machine& machine, Caller caller);

// Returns the argument registers of `call` where the arena begins at `arena`.
Call Resolve(const SymbolicCall& call, const Machine& machine, Address arena);

// Whether `step` or `scenario` keeps the bounds above and asks a backing only for what it can be
// asked; InvalidArgument says what is expected instead.
absl::Status Validate(const Step& step, const std::vector<File>& files);
absl::Status Validate(const Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_SCENARIO_H_
