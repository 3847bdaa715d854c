// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_WORDS_H_
#define MSYNCSPEC_HARNESS_SCENARIO_WORDS_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/sync_flags.h"

// The words of the text form, each in one table that parsing and printing share.
namespace msyncspec::words {

template <typename Value>
struct Word {
  absl::string_view text;
  Value value;
};

// Returns the word of `table` for `value`.
template <typename Table, typename Value>
constexpr absl::string_view TextFor(const Table& table, Value value) {
  for (const auto& word : table) {
    if (word.value == value) return word.text;
  }
  return "?";
}

inline constexpr std::array kStepKindWords = {
    Word<StepKind>{"map", StepKind::kMap},
    Word<StepKind>{"unmap", StepKind::kUnmap},
    Word<StepKind>{"protect", StepKind::kProtect},
    Word<StepKind>{"lock", StepKind::kLock},
    Word<StepKind>{"lock-on-fault", StepKind::kLockOnFault},
    Word<StepKind>{"unlock", StepKind::kUnlock},
    Word<StepKind>{"lock-all", StepKind::kLockAll},
    Word<StepKind>{"unlock-all", StepKind::kUnlockAll},
    Word<StepKind>{"remap", StepKind::kRemap},
    Word<StepKind>{"write", StepKind::kWrite},
    Word<StepKind>{"truncate", StepKind::kTruncate},
    Word<StepKind>{"advise", StepKind::kAdvise},
    Word<StepKind>{"reopen", StepKind::kReopen},
    Word<StepKind>{"signal", StepKind::kSignal},
    Word<StepKind>{"fork", StepKind::kFork},
    Word<StepKind>{"seal", StepKind::kSeal},
    Word<StepKind>{"userfault", StepKind::kUserfault},
};

inline constexpr std::array kSharingWords = {
    Word<MapSharing>{"private", MapSharing::kPrivate},
    Word<MapSharing>{"shared", MapSharing::kShared},
};

inline constexpr std::array kAccessWords = {
    Word<Access>{"none", Access::kNone},
    Word<Access>{"r", Access::kRead},
    Word<Access>{"w", Access::kWrite},
    Word<Access>{"rw", Access::kRead | Access::kWrite},
};

inline constexpr std::array kMapOptionWords = {
    Word<uint8_t>{"locked", kMapLocked},
    Word<uint8_t>{"growsdown", kMapGrowsDown},
    Word<uint8_t>{"populate", kMapPopulate},
    Word<uint8_t>{"droppable", kMapDroppable},
};

inline constexpr std::array kLockAllWords = {
    Word<uint8_t>{"current", kLockCurrent},
    Word<uint8_t>{"future", kLockFuture},
    Word<uint8_t>{"onfault", kLockAllOnFault},
};

inline constexpr std::array kAdviceWords = {
    Word<Advice>{"dontneed", Advice::kDontNeed}, Word<Advice>{"guard", Advice::kGuard},
    Word<Advice>{"unguard", Advice::kUnguard},   Word<Advice>{"dontfork", Advice::kDontFork},
    Word<Advice>{"dofork", Advice::kDoFork},
};

inline constexpr std::array kFlagWords = {
    Word<uint32_t>{"MS_ASYNC", kGenericFlagNumbers.async},
    Word<uint32_t>{"MS_SYNC", kGenericFlagNumbers.sync},
    Word<uint32_t>{"MS_INVALIDATE", kGenericFlagNumbers.invalidate},
};

inline constexpr std::array kSyncKindWords = {
    Word<SyncKind>{"metadata", SyncKind::kFull},
    Word<SyncKind>{"updated", SyncKind::kUpdated},
    Word<SyncKind>{"scheduled", SyncKind::kScheduled},
    Word<SyncKind>{"marked-dirty", SyncKind::kMarkedDirty},
    Word<SyncKind>{"invalidated", SyncKind::kInvalidated},
};

inline constexpr std::array kCallerWords = {
    Word<Caller>{"native", Caller::kNative},
    Word<Caller>{"compat", Caller::kCompat32},
};

inline constexpr std::array kOriginWords = {
    Word<Origin>{"dup", Origin::kDup},
    Word<Origin>{"open", Origin::kReopened},
};

inline constexpr absl::string_view kReadOnlyWord = "readonly";
inline constexpr absl::string_view kWritebackWord = "writeback";
inline constexpr absl::string_view kInterruptibleWord = "interruptible";
inline constexpr absl::string_view kMeanwhileWord = "meanwhile";
inline constexpr absl::string_view kAnyMomentWord = "any";
inline constexpr absl::string_view kUnaskedWord = "unasked";
inline constexpr absl::string_view kAnonymousWord = "anon";
inline constexpr absl::string_view kKeepWord = "keep";

}  // namespace msyncspec::words

#endif  // MSYNCSPEC_HARNESS_SCENARIO_WORDS_H_
