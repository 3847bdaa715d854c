// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PROFILES_DOCUMENT_ROWS_H_
#define MSYNCSPEC_MODEL_PROFILES_DOCUMENT_ROWS_H_

#include <span>
#include <string>

#include "model/document_rules.h"
#include "model/profile.h"

// What several documents say alike, without their words: each cites its own.
namespace msyncspec::document_rows {

// Returns the profile of the document that model/sources/ has under that name.
inline Profile Document(absl::string_view name, absl::string_view basis,
                        std::span<const DocumentRule> clauses) {
  return {
      .name = std::string(name), .basis = std::string(basis), .source = name, .clauses = clauses};
}

// Returns `row` with the places where a document says so.
constexpr DocumentRule Cite(DocumentRule row, const Citation& first, const Citation& second = {},
                            const Citation& third = {}, const Citation& fourth = {}) {
  row.rule.cites = {{first, second, third, fourth}};
  return row;
}

// Returns what `row` says, but said of another system.
constexpr DocumentRule Of(absl::string_view profile, DocumentRule row) {
  row.of = profile;
  return row;
}

constexpr bool Always(const Situation&) { return true; }
constexpr bool Both(const Situation& s) { return s.async && s.sync; }
constexpr bool OnlyUnmapped(const Situation& s) {
  return s.unmapped && s.aligned && !s.unknown_flag && !s.at_the_end && !Both(s) && !s.locked;
}
constexpr bool Neither(const Situation& s) { return !s.async && !s.sync; }

// Errors.

inline constexpr DocumentRule kUnaligned = {
    .rule = {.id = "document.unaligned", .says = "addr is not a multiple of the page size."},
    .when = [](const Situation& s) { return !s.aligned; },
    .error = Errno::kEINVAL};

inline constexpr DocumentRule kUnknownFlag = {
    .rule = {.id = "document.unknown_flag",
             .says = "A bit other than those of the three flags is set in flags."},
    .when = [](const Situation& s) { return s.unknown_flag; },
    .error = Errno::kEINVAL};

inline constexpr DocumentRule kAsyncAndSync = {
    .rule = {.id = "document.async_and_sync", .says = "MS_ASYNC and MS_SYNC are both set."},
    .when = Both,
    .error = Errno::kEINVAL};

inline constexpr DocumentRule kLocked = {
    .rule = {.id = "document.locked",
             .says = "MS_INVALIDATE is set, and some page of the range is locked."},
    .when = [](const Situation& s) { return s.invalidate && s.locked; },
    .error = Errno::kEBUSY};

inline constexpr DocumentRule kUnmapped = {
    .rule = {.id = "document.unmapped", .says = "Some page of the range is not mapped."},
    .when = [](const Situation& s) { return s.unmapped; },
    .error = Errno::kENOMEM};

inline constexpr DocumentRule kOutside = {
    .rule = {.id = "document.outside", .says = "The range passes the end of the address space."},
    .when = [](const Situation& s) { return s.too_long; },
    .error = Errno::kENOMEM};

// What 1.3.21 answered in place of ENOMEM, as documents tell it.
inline constexpr DocumentRule kUnmappedWasFault = {
    .rule = {.id = "document.unmapped_was_fault",
             .says = "In early Linux, some page of the range is not mapped."},
    .when = OnlyUnmapped,
    .error = Errno::kEFAULT,
    .of = "linux-1.3.21"};

inline constexpr DocumentRule kUnmappedIsNoFault = {
    .rule = {.id = "document.unmapped_no_fault",
             .says = "In Linux 2.4.19, some page of the range is not mapped."},
    .when = OnlyUnmapped,
    .error = Errno::kENOMEM,
    .of = "linux-2.4.19"};

// What callers are told.

inline constexpr DocumentRule kNeither = {
    .rule = {.id = "document.neither",
             .says = "Neither MS_ASYNC nor MS_SYNC is set, which callers are told not to do; what "
                     "happens then is not said."},
    .when = Neither,
    .force = Force::kForbids};

inline constexpr DocumentRule kSuccess = {
    .rule = {.id = "document.success", .says = "No error applies: 0 is returned."},
    .when = Always,
    .force = Force::kSucceeds};

inline constexpr DocumentRule kErrorIsReturned = {
    .rule = {.id = "document.error_returned", .says = "An error is -1, with errno set."},
    .when = Always,
    .force = Force::kStates,
    .standing = Standing::kTrue};

// Effects.

inline constexpr DocumentRule kSyncWaits = {
    .rule = {.id = "document.synced",
             .says = "MS_SYNC brings the file's part in the range up to date and waits for it."},
    .when = [](const Situation& s) { return s.sync && !s.async; },
    .force = Force::kSyncs,
    .sync = SyncKind::kUpdated};

inline constexpr DocumentRule kSyncWaitsReadOnly = {
    .rule = {.id = "document.synced_read_only",
             .says = "MS_SYNC brings the file's part in the range up to date even where the file "
                     "was opened for reading only: what another mapping stored is a change, too."},
    .when = [](const Situation& s) { return s.sync && !s.async; },
    .force = Force::kSyncs,
    .sync = SyncKind::kUpdated,
    .sharing = Sharing::kSharedReadOnlyFile};

inline constexpr DocumentRule kAsyncSchedules = {
    .rule = {.id = "document.scheduled",
             .says = "MS_ASYNC schedules the writing of the file's part in the range and does not "
                     "wait for it."},
    .when = [](const Situation& s) { return s.async && !s.sync; },
    .force = Force::kSyncs,
    .sync = SyncKind::kScheduled};

inline constexpr DocumentRule kInvalidates = {
    .rule = {.id = "document.invalidated",
             .says = "MS_INVALIDATE makes other copies of the file's part in the range invalid."},
    .when = [](const Situation& s) { return s.invalidate; },
    .force = Force::kSyncs,
    .sync = SyncKind::kInvalidated};

inline constexpr DocumentRule kTimesAreMarked = {
    .rule = {.id = "document.times_marked",
             .says = "A write that msync causes marks the file's times of change for update."},
    .when = [](const Situation& s) { return s.async || s.sync; },
    .force = Force::kStates,
    .standing = Standing::kContradicted};

// Silences. They cite nothing, for there is nothing to cite.

inline constexpr DocumentRule kFailingFile = {
    .rule = {.id = "silence.file_fails",
             .says = "What is written back fails: no error of the file is among those listed."},
    .when = [](const Situation& s) { return s.sync && s.failing; },
    .force = Force::kLeavesOpen};

inline constexpr DocumentRule kUnsyncableFile = {
    .rule = {.id = "silence.no_fsync",
             .says = "The file cannot be synced: the document does not speak of such files."},
    .when = [](const Situation& s) { return s.sync && s.unsyncable; },
    .force = Force::kLeavesOpen};

inline constexpr DocumentRule kLockUnmentioned = {
    .rule = {.id = "silence.locked",
             .says =
                 "MS_INVALIDATE is set, and some page of the range is locked: the document does "
                 "not speak of locks."},
    .when = [](const Situation& s) { return s.invalidate && s.locked; },
    .force = Force::kLeavesOpen};

inline constexpr DocumentRule kNoLength = {
    .rule = {.id = "silence.no_length",
             .says = "The length is 0: the document does not speak of such calls."},
    .when = [](const Situation& s) { return s.empty; },
    .force = Force::kLeavesOpen};

}  // namespace msyncspec::document_rows

#endif  // MSYNCSPEC_MODEL_PROFILES_DOCUMENT_ROWS_H_
