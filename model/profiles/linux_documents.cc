// SPDX-License-Identifier: MIT
#include <array>

#include "model/profiles/document_rows.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using namespace document_rows;  // the rows are this file's vocabulary

// Flags that the page of 3.53 merely does not ask for.
constexpr DocumentRule kMayHave = {
    .rule = {.id = "document.flags_or", .says = "flags is any of the three flags, or none."},
    .when = [](const Situation& s) { return !Both(s) && !s.unknown_flag; },
    .force = Force::kSucceeds};

// The later pages ask for one of the two, and say in their notes what Linux makes of none.
constexpr DocumentRule kOneIsAskedFor = {
    .rule = {.id = "document.one_asked_for",
             .says = "Neither MS_ASYNC nor MS_SYNC is set, which callers should not do."},
    .when = Neither,
    .force = Force::kForbids,
    .latitude = Latitude::kDetermined};

constexpr DocumentRule kNeitherIsPermitted = {
    .rule = {.id = "document.neither_permitted",
             .says = "Neither MS_ASYNC nor MS_SYNC is set, which Linux permits."},
    .when = Neither,
    .force = Force::kSucceeds};

constexpr DocumentRule kNeitherFailsElsewhere = {
    .rule = {.id = "document.neither_fails_elsewhere",
             .says = "By POSIX, neither MS_ASYNC nor MS_SYNC is set, and the call fails."},
    .when = Neither,
    .force = Force::kFailsSomehow,
    .of = "posix-2017"};

constexpr DocumentRule kAsyncIsNothing = {
    .rule = {.id = "document.async_is_nothing", .says = "MS_ASYNC does nothing."},
    .when = [](const Situation& s) { return s.async && !s.sync; },
    .force = Force::kSyncsNothing};

constexpr DocumentRule kSyncedBesideHoles = {
    .rule = {.id = "document.synced_beside_holes",
             .says =
                 "Some page of the range is not mapped: the rest is synchronized all the same."},
    .when =
        [](const Situation& s) {
          return s.unmapped && !s.at_the_end && s.aligned && s.sync && !s.async && !s.unknown_flag;
        },
    .force = Force::kSyncsAnyway};

constexpr absl::string_view k353 = "man-pages-3.53";
constexpr absl::string_view kRu = "man-pages-ru";
constexpr absl::string_view k603 = "man-pages-6.03";
constexpr absl::string_view kLove = "love-2007";

constexpr std::array kManPages353 = {
    Cite(kUnaligned, {k353, "ERRORS EINVAL", "addr is not a multiple of PAGESIZE"}),
    Cite(kUnknownFlag, {k353, "ERRORS EINVAL", "any bit other than MS_ASYNC"}),
    Cite(kAsyncAndSync, {k353, "ERRORS EINVAL", "both MS_SYNC and MS_ASYNC are set"},
         {k353, "DESCRIPTION flags", "not both MS_ASYNC and MS_SYNC"}),
    Cite(kLocked, {k353, "ERRORS EBUSY", "a memory lock exists"}),
    Cite(kUnmapped, {k353, "ERRORS ENOMEM", "The indicated memory (or part of it)"}),
    Cite(kMayHave, {k353, "DESCRIPTION flags", "may have the bits"}),
    Cite(kSuccess, {k353, "RETURN VALUE", "On success, zero is returned"}),
    Cite(kErrorIsReturned, {k353, "RETURN VALUE error", "On error, -1 is returned"}),
    Cite(kSyncWaits, {k353, "DESCRIPTION MS_SYNC", "asks for an update and waits"},
         {k353, "DESCRIPTION flushes", "flushes changes"},
         {k353, "DESCRIPTION extent", "the part of the file that corresponds"}),
    Cite(kSyncWaitsReadOnly, {k353, "DESCRIPTION flushes", "flushes changes"},
         {k353, "DESCRIPTION extent", "the part of the file that corresponds"}),
    Cite(kAsyncSchedules, {k353, "DESCRIPTION MS_ASYNC", "an update be scheduled"}),
    Cite(kInvalidates, {k353, "DESCRIPTION MS_INVALIDATE", "invalidate other mappings"}),
    Cite(kUnmappedWasFault, {k353, "CONFORMING TO 1.3.21", "used EFAULT instead of ENOMEM"}),
    Cite(kUnmappedIsNoFault, {k353, "CONFORMING TO 2.4.19", "changed to the POSIX value ENOMEM"}),
    kFailingFile,
    kUnsyncableFile,
    kNoLength,
};

// As 3.53, but one of the two flags is asked for, and notes say what none and MS_ASYNC mean.
constexpr std::array kManPagesRu = {
    Cite(kUnaligned, {kRu, "ERRORS EINVAL unaligned", "не кратно PAGESIZE"}),
    Cite(kUnknownFlag, {kRu, "ERRORS EINVAL unknown", "установлен любой другой бит"}),
    Cite(kAsyncAndSync, {kRu, "ERRORS EINVAL async and sync", "установлены сразу"}),
    Cite(kLocked, {kRu, "ERRORS EBUSY", "есть блокировка в памяти"}),
    Cite(kUnmapped, {kRu, "ERRORS ENOMEM", "не была отображена"}),
    Cite(kOneIsAskedFor, {kRu, "DESCRIPTION flags", "должен быть один из флагов"}),
    Cite(kNeitherIsPermitted, {kRu, "NOTES neither", "позволяет вызывать msync() без этих флагов"},
         {kRu, "NOTES neither", "эквивалентна указанию MS_ASYNC"}),
    Cite(kNeitherFailsElsewhere, {kRu, "NOTES POSIX", "вызывает ошибку"}),
    Cite(kSuccess, {kRu, "RETURN VALUE success", "возвращается 0"}),
    Cite(kErrorIsReturned, {kRu, "RETURN VALUE error", "возвращается -1"}),
    Cite(kSyncWaits, {kRu, "DESCRIPTION MS_SYNC", "ждать его завершения"},
         {kRu, "DESCRIPTION flushes", "сбрасывает изменения файла"},
         {kRu, "DESCRIPTION extent", "на диск записывается часть файла"}),
    Cite(kSyncWaitsReadOnly, {kRu, "DESCRIPTION flushes", "сбрасывает изменения файла"},
         {kRu, "DESCRIPTION extent", "на диск записывается часть файла"}),
    Cite(kAsyncSchedules, {kRu, "DESCRIPTION MS_ASYNC", "Запланировать обновление"}),
    Cite(kInvalidates, {kRu, "DESCRIPTION MS_INVALIDATE", "другие отображения того же файла"}),
    Cite(kAsyncIsNothing, {kRu, "NOTES 2.6.19", "ничего не делает"}),
    Cite(kUnmappedWasFault, {kRu, "CONFORMING TO 1.3.21", "использовалось EFAULT вместо ENOMEM"}),
    Cite(kUnmappedIsNoFault, {kRu, "CONFORMING TO 2.4.19", "изменено на значение POSIX ENOMEM"}),
    kFailingFile,
    kUnsyncableFile,
    kNoLength,
};

// What the Russian page translates, in today's words.
constexpr std::array kManPages603 = {
    Cite(kUnaligned, {k603, "ERRORS EINVAL unaligned", "addr is not a multiple of PAGESIZE"}),
    Cite(kUnknownFlag, {k603, "ERRORS EINVAL unknown", "any bit other than MS_ASYNC"}),
    Cite(kAsyncAndSync, {k603, "ERRORS EINVAL async and sync", "both MS_SYNC and MS_ASYNC"}),
    Cite(kLocked, {k603, "ERRORS EBUSY", "a memory lock exists"}),
    Cite(kUnmapped, {k603, "ERRORS ENOMEM", "The indicated memory (or part of it)"}),
    Cite(kOneIsAskedFor, {k603, "DESCRIPTION flags", "should specify exactly one of"}),
    Cite(kNeitherIsPermitted, {k603, "NOTES neither", "permits a call to msync() that specifies"},
         {k603, "NOTES neither", "equivalent to specifying MS_ASYNC"}),
    Cite(kNeitherFailsElsewhere, {k603, "NOTES POSIX", "will cause msync() to fail"}),
    Cite(kSuccess, {k603, "RETURN VALUE success", "On success, zero is returned"}),
    Cite(kErrorIsReturned, {k603, "RETURN VALUE error", "On error, -1 is returned"}),
    Cite(kSyncWaits, {k603, "DESCRIPTION MS_SYNC", "Requests an update and waits"},
         {k603, "DESCRIPTION flushes", "flushes changes"},
         {k603, "DESCRIPTION extent", "the part of the file that corresponds"}),
    Cite(kSyncWaitsReadOnly, {k603, "DESCRIPTION flushes", "flushes changes"},
         {k603, "DESCRIPTION extent", "the part of the file that corresponds"}),
    Cite(kAsyncSchedules, {k603, "DESCRIPTION MS_ASYNC", "an update be scheduled"}),
    Cite(kInvalidates, {k603, "DESCRIPTION MS_INVALIDATE", "invalidate other mappings"}),
    Cite(kAsyncIsNothing, {k603, "NOTES 2.6.19", "MS_ASYNC is in fact a no-op"}),
    Cite(kUnmappedWasFault, {k603, "STANDARDS 1.3.21", "used EFAULT instead of ENOMEM"}),
    Cite(kUnmappedIsNoFault, {k603, "STANDARDS 2.4.19", "changed to the POSIX value ENOMEM"}),
    kFailingFile,
    kUnsyncableFile,
    kNoLength,
};

// As 3.53, but without EBUSY, with one of the two flags asked for, and a word about holes.
constexpr std::array kLove2007 = {
    Cite(kUnaligned, {kLove, "EINVAL unaligned", "addr is not page-aligned"},
         {kLove, "addr", "must be page-aligned"}),
    Cite(kUnknownFlag, {kLove, "EINVAL unknown", "a bit other than one of the three valid flags"}),
    Cite(kAsyncAndSync, {kLove, "EINVAL async and sync", "both MS_SYNC and MS_ASYNC set"},
         {kLove, "flags", "but not both"}),
    Cite(kUnmapped, {kLove, "ENOMEM unmapped", "(or part of it) is not mapped"},
         {kLove, "ENOMEM", "a region that is only partly unmapped"}),
    Cite(kNeither, {kLove, "flags", "Either MS_ASYNC or MS_SYNC must be specified"}),
    Cite(kSuccess, {kLove, "success", "On success, msync() returns 0"}),
    Cite(kErrorIsReturned, {kLove, "failure", "the call returns -1"}),
    Cite(kSyncWaits, {kLove, "MS_SYNC", "will not return until all pages are written"},
         {kLove, "MS_SYNC synchronous", "should occur synchronously"},
         {kLove, "flushes", "flushes back to disk"},
         {kLove, "extent", "the file or subset of a file"}),
    Cite(kSyncWaitsReadOnly, {kLove, "flushes", "any changes made to a file"},
         {kLove, "extent", "the file or subset of a file"}),
    Cite(kAsyncSchedules, {kLove, "MS_ASYNC", "The update is scheduled"},
         {kLove, "MS_ASYNC asynchronous", "should occur asynchronously"},
         {kLove, "example", "[addr,addr+len)"}),
    Cite(kInvalidates, {kLove, "MS_INVALIDATE", "all other cached copies"},
         {kLove, "MS_INVALIDATE future access", "the newly synchronized on-disk contents"}),
    Cite(kSyncedBesideHoles, {kLove, "ENOMEM", "it will still synchronize any valid mappings"}),
    Cite(kUnmappedWasFault, {kLove, "before 2.4.19", "returned EFAULT in place of ENOMEM"}),
    kLockUnmentioned,
    kFailingFile,
    kUnsyncableFile,
    kNoLength,
};

}  // namespace

std::vector<Profile> LinuxDocuments() {
  return {
      Document(kLove, "Robert Love, Linux System Programming (2007), on Linux.", kLove2007),
      Document(k353, "msync(2) of Linux man-pages 3.53, dated 2008-04-22.", kManPages353),
      Document(kRu, "The Russian translation of a later msync(2) of Linux man-pages.", kManPagesRu),
      Document(k603, "msync(2) of Linux man-pages 6.03, dated 2023-02-05, as Debian 12 has it.",
               kManPages603)};
}

}  // namespace msyncspec
