// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_WALK_RULES_H_
#define MSYNCSPEC_MODEL_WALK_RULES_H_

#include "model/rule.h"

// The rules that msync's walk over the mappings names at its exits and on its way.
namespace msyncspec::walk_rules {

inline constexpr Rule kHoleToTheEnd = {
    .id = "hole.nothing_behind",
    .says = "Nothing is mapped at or behind the address that the walk has reached: it stops.",
    .cites = {
        {{"man-pages-3.53", "ERRORS ENOMEM", "The indicated memory (or part of it) was not mapped"},
         {"linux", "walk.hole_stops", "no mapping at or above"}}}};

inline constexpr Rule kHoleAsync = {
    .id = "hole.async_stops",
    .says =
        "At a hole, a call whose flags are MS_ASYNC and nothing else stops: it has nothing to "
        "do that could still change the answer.",
    .cites = {{{"linux", "walk.async_at_hole", "exactly MS_ASYNC stops at the first hole"}}}};

inline constexpr Rule kHoleReachesEnd = {
    .id = "hole.reaches_end",
    .says = "The range ends within a hole; the mapping behind it is not looked at.",
    .cites = {
        {{"man-pages-3.53", "ERRORS ENOMEM", "The indicated memory (or part of it) was not mapped"},
         {"linux", "walk.hole_stops", "begins at or past the end of the range"}}}};

inline constexpr Rule kHoleRemembered = {
    .id = "hole.remembered",
    .says =
        "A hole before a mapping does not stop the walk: it is remembered, and answered at the "
        "end if nothing else is.",
    .cites = {{{"love-2007", "ENOMEM", "it will still synchronize any valid mappings"},
               {"linux", "walk.hole_remembered", "goes on behind the hole"}}}};

inline constexpr Rule kHoleForgotten = {
    .id = "hole.forgotten",
    .says =
        "A hole is forgotten: one that ends the range with nothing mapped behind it, or one before "
        "a last mapping that was synced.",
    .cites = {{{"linux-history", "2.6.17 trailing hole", "answers 0"},
               {"linux-history", "2.6.17 remembered hole", "takes the place of the hole"}}}};

inline constexpr Rule kSyncedBehind = {
    .id = "mapping.synced_behind",
    .says = "The range ends within a hole, and the file of the mapping behind it is synced.",
    .cites = {{{"linux-history", "2.6.17 mapping behind", "is synced all the same"}}}};

inline constexpr Rule kLocked = {
    .id = "mapping.locked",
    .says =
        "MS_INVALIDATE meets a locked mapping: the walk stops, before this mapping is synced. "
        "What precedes it has been synced, and a hole before it is forgotten.",
    .cites = {{{"man-pages-3.53", "ERRORS EBUSY",
                "MS_INVALIDATE was specified in flags, and a memory lock exists"},
               {"linux", "walk.locked", "the lock test of a mapping precedes its fsync"}}}};

inline constexpr Rule kNoSync = {
    .id = "flags.no_sync",
    .says =
        "Without MS_SYNC nothing is synced; MS_ASYNC, MS_INVALIDATE and no flag at all start "
        "no writeback.",
    .cites = {{{"linux", "walk.no_sync", "only MS_SYNC reaches the file"}}}};

inline constexpr Rule kAsyncStarts = {
    .id = "flags.async_starts",
    .says = "MS_ASYNC starts the writing of the file that a shared mapping shows, and goes on.",
    .cites = {{{"linux-history", "2.4.19 MS_ASYNC", "starts the writing of the whole file"}}}};

inline constexpr Rule kMarksDirty = {
    .id = "flags.marks_dirty",
    .says =
        "Without MS_SYNC the file is told which of its pages in the range were modified, and no "
        "writeback is started.",
    .cites = {{{"linux-history", "2.6.19 MS_ASYNC", "marked the modified pages as dirty"},
               {"linux-history", "2.4.19 MS_ASYNC", "other flags only mark pages of the range"}}}};

inline constexpr Rule kPrivate = {
    .id = "mapping.private",
    .says = "A private mapping has nothing to sync.",
    .cites = {{{"linux", "walk.not_shared", "private mappings are passed over"}}}};

inline constexpr Rule kReadOnlyFile = {
    .id = "mapping.read_only_file",
    .says = "A shared mapping of a file that was opened for reading only is not synced.",
    .cites = {{{"linux", "walk.read_only_file", "has lost VM_SHARED"}}}};

inline constexpr Rule kNoFsync = {
    .id = "file.no_fsync",
    .says = "MS_SYNC meets a shared mapping of a file that has no fsync operation.",
    .cites = {{{"linux", "walk.no_fsync", "a file without the operation answers EINVAL"}}}};

inline constexpr Rule kSynced = {
    .id = "mapping.synced",
    .says = "MS_SYNC syncs the file that the mapping shows, and waits.",
    .cites = {{{"man-pages-3.53", "DESCRIPTION MS_SYNC",
                "MS_SYNC asks for an update and waits for it to complete"},
               {"man-pages-3.53", "DESCRIPTION extent",
                "the part of the file that corresponds to the memory area"},
               {"linux", "walk.synced", "the bytes of this mapping that lie in the range"}}}};

inline constexpr Rule kFsyncError = {
    .id = "file.fsync_error",
    .says = "The file's fsync fails: its error is the answer as it is, and the walk stops.",
    .cites = {{{"linux", "walk.fsync_error", "comes back unchanged and ends the walk"}}}};

inline constexpr Rule kWriteError = {
    .id = "file.write_error",
    .says =
        "Writing back failed, now or earlier: each open file is told of it once, before the file's "
        "own fsync is asked. The walk stops.",
    .cites = {{{"linux", "walk.errors_reported_once", "each description reports it once"},
               {"linux", "walk.write_error", "the file's own fsync is not asked"}}}};

inline constexpr Rule kInterleaved = {
    .id = "range.interleaved",
    .says =
        "Another thread changes the layout at some moment of the call: what each moment would give "
        "is allowed.",
    .cites = {{{"linux", "walk.lock_dropped", "looked up afresh"}}}};

inline constexpr Rule kCovered = {
    .id = "range.covered",
    .says = "Every page of the range is mapped, and nothing failed.",
    .cites = {{{"man-pages-3.53", "RETURN VALUE", "On success, zero is returned"},
               {"linux", "walk.covered", "without a hole"}}}};

}  // namespace msyncspec::walk_rules

#endif  // MSYNCSPEC_MODEL_WALK_RULES_H_
