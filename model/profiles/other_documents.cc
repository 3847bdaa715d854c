// SPDX-License-Identifier: MIT
#include <array>

#include "model/profiles/document_rows.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using namespace document_rows;  // the rows are this file's vocabulary

constexpr absl::string_view kSymbian = "symbian-open-c";
constexpr absl::string_view kHpUx = "hp-ux-11i-v3";
constexpr absl::string_view kPosix = "posix-2017";

// Symbian: the flags and lengths of 4.4BSD, and what is not there yet.

constexpr DocumentRule kAsyncAndInvalidate = {
    .rule = {.id = "document.async_and_invalidate",
             .says = "MS_ASYNC and MS_INVALIDATE are both set."},
    .when = [](const Situation& s) { return s.async && s.invalidate; },
    .error = Errno::kEINVAL};

constexpr DocumentRule kTooLong = {
    .rule = {.id = "document.too_long", .says = "The length is too large, or negative."},
    .when = [](const Situation& s) { return s.too_long || s.negative; },
    .error = Errno::kEINVAL};

constexpr DocumentRule kLockedUnsupported = {
    .rule = {.id = "document.locked_unsupported",
             .says = "MS_INVALIDATE is set, and some page of the range is locked: EBUSY is listed, "
                     "and marked as not supported."},
    .when = [](const Situation& s) { return s.invalidate && s.locked; },
    .force = Force::kMayFail,
    .error = Errno::kEBUSY};

constexpr DocumentRule kAsyncUnsupported = {
    .rule = {.id = "document.async_unsupported",
             .says = "MS_ASYNC is set, which is not supported; what happens then is not said."},
    .when = [](const Situation& s) { return s.async && !s.invalidate; },
    .force = Force::kForbids};

constexpr DocumentRule kSyncOrNothing = {
    .rule = {.id = "document.synced_by_pages",
             .says = "The pages that hold the range are written back before the call returns."},
    .when = [](const Situation& s) { return s.sync && !s.async; },
    .force = Force::kSyncs};

constexpr DocumentRule kAsyncAndSyncUnmentioned = {
    .rule = {.id = "silence.async_and_sync",
             .says = "MS_ASYNC and MS_SYNC are both set: the document does not speak of it."},
    .when = Both,
    .force = Force::kLeavesOpen};

constexpr DocumentRule kNoFlagUnmentioned = {
    .rule = {.id = "silence.no_flag", .says = "No flag is set: the document does not speak of it."},
    .when = [](const Situation& s) { return Neither(s) && !s.invalidate; },
    .force = Force::kLeavesOpen};

constexpr std::array kSymbianOpenC = {
    Cite(kUnaligned, {kSymbian, "ERRORS EINVAL unaligned", "not a multiple of the hardware page"}),
    Cite(kTooLong, {kSymbian, "ERRORS EINVAL too large", "The len argument is too large"},
         {kSymbian, "ERRORS EINVAL negative", "negative"}),
    Cite(kAsyncAndInvalidate,
         {kSymbian, "ERRORS EINVAL async and invalidate", "both MS_ASYNC and MS_INVALIDATE"},
         {kSymbian, "ERRORS EINVAL only one", "Only one of these flags is allowed"}),
    Cite(kUnknownFlag, {kSymbian, "ERRORS EINVAL invalid flags", "the flags are invalid"}),
    Cite(kOutside, {kSymbian, "ERRORS ENOMEM outside", "outside the range allowed"}),
    Cite(kUnmapped, {kSymbian, "ERRORS ENOMEM unmapped", "one or more pages that are not mapped"}),
    Cite(kAsyncUnsupported, {kSymbian, "DETAILED DESCRIPTION MS_ASYNC", "not supported"}),
    Cite(kLockedUnsupported, {kSymbian, "ERRORS EBUSY", "are locked and MS_INVALIDATE"},
         {kSymbian, "ERRORS EBUSY unsupported", "currently not supported"}),
    Cite(kSuccess, {kSymbian, "RETURN VALUES", "shall return 0"}),
    Cite(kErrorIsReturned, {kSymbian, "RETURN VALUES", "it shall return -1 and set errno"}),
    Cite(kSyncOrNothing, {kSymbian, "DETAILED DESCRIPTION MS_SYNC", "Perform synchronous writes"},
         {kSymbian, "DETAILED DESCRIPTION writes", "writes any modified pages back"},
         {kSymbian, "DETAILED DESCRIPTION extent", "only those pages containing"}),
    Cite(kSyncWaitsReadOnly,
         {kSymbian, "DETAILED DESCRIPTION writes", "writes any modified pages back"}),
    Cite(kInvalidates, {kSymbian, "DETAILED DESCRIPTION MS_INVALIDATE", "Invalidate all cached"}),
    kAsyncAndSyncUnmentioned,
    kNoFlagUnmentioned,
    kFailingFile,
    kUnsyncableFile,
    kNoLength,
};

// HP-UX: the page breaks off before its errors, so that most of them are unspecified.

constexpr DocumentRule kNotARegion = {
    .rule = {.id = "document.not_a_region",
             .says = "addr and length are not those of one region that mmap made."},
    .when = [](const Situation& s) { return !s.is_region; },
    .force = Force::kFailsSomehow};

constexpr DocumentRule kAnonymousOrPrivate = {
    .rule = {.id = "document.anonymous_or_private",
             .says = "The range shows memory that was mapped anonymous or private."},
    .when = [](const Situation& s) { return s.anonymous || s.is_private; },
    .force = Force::kLeavesOpen,
    .latitude = Latitude::kUndefined};

constexpr DocumentRule kOneOfThree = {
    .rule = {.id = "document.one_of_three",
             .says = "flags is not exactly one of the three flags, as callers are told."},
    .when =
        [](const Situation& s) { return s.async + s.sync + s.invalidate != 1 || s.unknown_flag; },
    .force = Force::kForbids,
    .latitude = Latitude::kUnspecified};

constexpr DocumentRule kClosedRange = {
    .rule = {.id = "document.synced_closed",
             .says = "MS_SYNC writes the range, the byte at addr + length included, and waits."},
    .when = [](const Situation& s) { return s.sync && !s.async; },
    .force = Force::kSyncs,
    .closed = true};

constexpr DocumentRule kClosedAsync = {
    .rule = {.id = "document.scheduled_closed",
             .says = "MS_ASYNC schedules the writing of the range, the byte at addr + length "
                     "included, and may return before it is done."},
    .when = [](const Situation& s) { return s.async && !s.sync; },
    .force = Force::kSyncs,
    .sync = SyncKind::kScheduled,
    .closed = true};

constexpr DocumentRule kStoresAreVisible = {
    .rule = {.id = "document.stores_visible",
             .says = "What was stored through the mapping before the call is what later reads of "
                     "the file return."},
    .when = [](const Situation& s) { return s.async || s.sync; },
    .force = Force::kStates};

constexpr DocumentRule kWritesAreVisible = {
    .rule = {.id = "document.writes_visible",
             .says = "What was written to the file before the call is what later reads through "
                     "the mapping return."},
    .when = [](const Situation& s) { return s.invalidate; },
    .force = Force::kStates};

// HP-UX names a range that is closed at both ends.
constexpr DocumentRule Closed(DocumentRule row) {
  row.closed = true;
  return row;
}

constexpr DocumentRule kOnSuccessUnmentioned = {
    .rule =
        {.id = "silence.success",
         .says =
             "addr and length are those of a region: the page breaks off before it says what is "
             "returned."},
    .when = [](const Situation& s) { return s.is_region; },
    .force = Force::kLeavesOpen,
    .latitude = Latitude::kUnspecified};

constexpr std::array kHpUx11iV3 = {
    Cite(kNotARegion, {kHpUx, "DESCRIPTION not a region", "msync() returns an error"}),
    Cite(kAnonymousOrPrivate, {kHpUx, "DESCRIPTION undefined", "is undefined"}),
    Cite(kOneOfThree, {kHpUx, "PARAMETERS flags", "one of the following values"}),
    Cite(kSyncWaits, {kHpUx, "PARAMETERS MS_SYNC writes", "synchronous writes"},
         {kHpUx, "PARAMETERS MS_SYNC synchronizes", "to match the current contents of the memory"},
         {kHpUx, "PARAMETERS MS_SYNC returns", "until all write operations are completed"}),
    Cite(kAsyncSchedules, {kHpUx, "PARAMETERS MS_ASYNC writes", "asynchronous writes"},
         {kHpUx, "PARAMETERS MS_ASYNC synchronizes", "to match the current contents of the memory"},
         {kHpUx, "PARAMETERS MS_ASYNC returns", "may return immediately"}),
    Cite(kClosedRange, {kHpUx, "DESCRIPTION writes", "over the range [addr, addr+len]"}),
    Cite(kClosedAsync, {kHpUx, "DESCRIPTION writes", "over the range [addr, addr+len]"}),
    Cite(Closed(kSyncWaitsReadOnly),
         {kHpUx, "DESCRIPTION writes", "writes all modified copies of pages"}),
    Cite(Closed(kInvalidates),
         {kHpUx, "PARAMETERS MS_INVALIDATE invalidates", "Invalidates mappings"},
         {kHpUx, "DESCRIPTION writes", "invalidates any copies"}),
    Cite(kStoresAreVisible, {kHpUx, "PARAMETERS MS_ASYNC stores", "visible by subsequent read"},
         {kHpUx, "PARAMETERS MS_SYNC stores", "visible by subsequent read"},
         {"linux", "mapping.coherent", "one and the same page"}),
    Cite(kWritesAreVisible,
         {kHpUx, "PARAMETERS MS_INVALIDATE file writes", "visible by subsequent read references"},
         {kHpUx, "PARAMETERS MS_INVALIDATE synchronizes", "to match the current file contents"},
         {"linux", "mapping.coherent", "one and the same page"}),
    Cite(kTimesAreMarked, {kHpUx, "DESCRIPTION timestamps", "are marked for update"},
         {"linux", "times", "never at msync"}),
    kLockUnmentioned,
    kFailingFile,
    kUnsyncableFile,
    kOnSuccessUnmentioned,
};

// POSIX.

constexpr DocumentRule kInvalidFlags = {
    .rule = {.id = "document.invalid_flags",
             .says = "flags is not one of MS_ASYNC and MS_SYNC, perhaps with MS_INVALIDATE."},
    .when = [](const Situation& s) { return s.async == s.sync || s.unknown_flag; },
    .error = Errno::kEINVAL};

constexpr DocumentRule MayFail(DocumentRule row) {
  row.rule.id = "document.unaligned_may_fail";
  row.rule.says = "addr is not a multiple of the page size, which an implementation may refuse.";
  row.force = Force::kMayFail;
  return row;
}

constexpr DocumentRule kPrivateIsNotWritten = {
    .rule = {.id = "document.private_not_written",
             .says = "What was stored in a private mapping reaches neither the file nor others."},
    .when = [](const Situation& s) { return s.is_private; },
    .force = Force::kStates};

constexpr DocumentRule kMemoryObjects = {
    .rule = {.id = "document.memory_objects",
             .says = "The effect on memory that is shared without a file is left open."},
    .when = Always,
    .force = Force::kStates,
    .standing = Standing::kWeaker};

constexpr DocumentRule kNotFromMmap = {
    .rule = {.id = "document.not_from_mmap",
             .says = "The behaviour on memory that mmap did not map is left open."},
    .when = Always,
    .force = Force::kStates,
    .standing = Standing::kWeaker};

constexpr std::array kPosix2017 = {
    Cite(kInvalidFlags, {kPosix, "ERRORS EINVAL flags", "The value of flags is invalid"},
         {kPosix, "DESCRIPTION flags", "Either MS_ASYNC or MS_SYNC shall be specified"}),
    Cite(kLocked, {kPosix, "ERRORS EBUSY", "are locked, and MS_INVALIDATE is specified"}),
    Cite(kOutside, {kPosix, "ERRORS ENOMEM outside", "outside the range allowed"}),
    Cite(kUnmapped, {kPosix, "ERRORS ENOMEM unmapped", "one or more pages that are not mapped"}),
    Cite(MayFail(kUnaligned), {kPosix, "ERRORS EINVAL unaligned", "is not a multiple of the page"},
         {kPosix, "DESCRIPTION alignment", "may require"}),
    Cite(kSuccess, {kPosix, "RETURN VALUE", "msync() shall return 0"}),
    Cite(kErrorIsReturned, {kPosix, "RETURN VALUE", "it shall return -1 and set errno"}),
    Cite(kSyncWaits, {kPosix, "DESCRIPTION writes", "shall write all modified data"},
         {kPosix, "DESCRIPTION MS_SYNC writes", "synchronous writes"},
         {kPosix, "DESCRIPTION MS_SYNC returns", "until all write operations are completed"},
         {kPosix, "DESCRIPTION integrity", "synchronized I/O data integrity completion"}),
    Cite(kAsyncSchedules, {kPosix, "DESCRIPTION MS_ASYNC returns", "initiated or queued"},
         {kPosix, "DESCRIPTION MS_ASYNC writes", "asynchronous writes"}),
    Cite(kSyncWaitsReadOnly, {kPosix, "DESCRIPTION writes", "shall write all modified data"}),
    Cite(kInvalidates, {kPosix, "DESCRIPTION MS_INVALIDATE copies", "invalidate all cached copies"},
         {kPosix, "DESCRIPTION MS_INVALIDATE data", "Invalidate cached data"},
         {kPosix, "DESCRIPTION invalidates", "then invalidate cached copies"}),
    Cite(kPrivateIsNotWritten, {kPosix, "DESCRIPTION private", "shall not be written"},
         {"linux", "walk.not_shared", "private mappings are passed over"}),
    Cite(kTimesAreMarked, {kPosix, "DESCRIPTION timestamps", "shall be marked for update"},
         {"linux", "times", "never at msync"}),
    Cite(kMemoryObjects, {kPosix, "DESCRIPTION memory objects", "is unspecified"},
         {kPosix, "DESCRIPTION no storage", "need not have any effect"}),
    Cite(kNotFromMmap, {kPosix, "DESCRIPTION not mmap", "is unspecified"}),
    kFailingFile,
    kUnsyncableFile,
    kNoLength,
};

}  // namespace

std::vector<Profile> OtherDocuments() {
  return {
      Document(kSymbian, "msync of the Nokia Open C library for Symbian OS, 2005-2007.",
               kSymbianOpenC),
      Document(kHpUx, "msync(2) of HP-UX 11i v3, February 2007; its first page alone.", kHpUx11iV3),
      Document(kPosix, "msync() of POSIX.1-2017.", kPosix2017)};
}

}  // namespace msyncspec
