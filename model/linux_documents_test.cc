// SPDX-License-Identifier: MIT
// What the documents about Linux say, as they read: the manual page in three editions, and the
// book.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "model/document_table.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

// What all three editions of the page say in much the same words.
constexpr DocumentRow kEveryEdition[] = {
    {.claim = "MS_SYNC brings the part of the file that the range shows up to date",
     .pages = "ssss",
     .from = kPage,
     .length = 2 * kPage,
     .by = "document.success",
     .effects = "updated 1-3"},
    {.claim = "MS_ASYNC schedules an update",
     .flags = kAsync,
     .by = "document.success",
     .effects = "scheduled 0-2"},
    {.claim = "MS_INVALIDATE besides invalidates other mappings",
     .flags = kSync | kInvalidate,
     .by = "document.success",
     .effects = "updated 0-2, invalidated 0-2"},
    {.claim = "both flags are EINVAL",
     .flags = kAsync | kSync,
     .outcomes = "EINVAL",
     .by = "document.async_and_sync"},
    {.claim = "any other bit is EINVAL",
     .flags = kSync | kUnknown,
     .outcomes = "EINVAL",
     .by = "document.unknown_flag"},
    {.claim = "an address within a page is EINVAL",
     .from = 1,
     .length = 1,
     .outcomes = "EINVAL",
     .by = "document.unaligned"},
    {.claim = "a lock anywhere in the range is EBUSY with MS_INVALIDATE",
     .pages = "ssP",
     .flags = kSync | kInvalidate,
     .outcomes = "EBUSY",
     .by = "document.locked"},
    {.claim = "a lock does not matter without MS_INVALIDATE",
     .pages = "sS",
     .by = "document.success",
     .effects = "updated 0-2"},
    {.claim = "a part that is not mapped is ENOMEM",
     .pages = "s.s",
     .outcomes = "ENOMEM",
     .by = "document.unmapped"},
    {.claim = "of several errors none is said to be told first",
     .pages = "s.S",
     .flags = kSync | kInvalidate | kUnknown,
     .outcomes = "ENOMEM|EBUSY|EINVAL"},
    {.claim = "the longest length names memory that is not mapped",
     .length = ~uint64_t{0},
     .outcomes = "ENOMEM",
     .by = "document.unmapped"},
    {.claim = "of private memory there is nothing to update",
     .pages = "pp",
     .by = "document.success"},
    {.claim = "what a file that fails answers is not said",
     .pages = "f",
     .outcomes = "0|silent",
     .by = "silence.file_fails",
     .effects = "updated 0-1"},
    {.claim = "what a file without fsync answers is not said",
     .pages = "n",
     .outcomes = "0|silent",
     .by = "silence.no_fsync",
     .effects = "updated 0-1"},
    {.claim = "such a file is not asked without MS_SYNC",
     .pages = "nf",
     .flags = kAsync,
     .by = "document.success",
     .effects = "scheduled 0-1, scheduled 1-2"},
    {.claim = "what others stored is a change to the file of a read-only descriptor too",
     .pages = "r",
     .by = "document.success",
     .effects = "updated 0-1"},
    {.claim = "length 0 is not spoken of",
     .length = 0,
     .outcomes = "0|silent",
     .by = "silence.no_length"},
};

TEST(ManPages353, SaysWhatEveryEditionSays) {
  EXPECT_THAT(Misreadings("man-pages-3.53", kEveryEdition), IsEmpty());
}
TEST(ManPagesRu, SaysWhatEveryEditionSays) {
  EXPECT_THAT(Misreadings("man-pages-ru", kEveryEdition), IsEmpty());
}
TEST(ManPages603, SaysWhatEveryEditionSays) {
  EXPECT_THAT(Misreadings("man-pages-6.03", kEveryEdition), IsEmpty());
}

constexpr DocumentRow kMayHaveFlags[] = {
    {.claim = "flags may have the three bits, and may as well have none",
     .flags = 0,
     .by = "document.success"},
    {.claim = "MS_INVALIDATE alone is accepted",
     .flags = kInvalidate,
     .by = "document.success",
     .effects = "invalidated 0-2"},
    {.claim = "EFAULT is what 1.3.21 answered, and no answer of today",
     .pages = ".",
     .outcomes = "ENOMEM",
     .by = "document.unmapped"},
};

TEST(ManPages353, AsksForNoFlagAndKnowsOfEfault) {
  EXPECT_THAT(Misreadings("man-pages-3.53", kMayHaveFlags), IsEmpty());
}

constexpr DocumentRow kShouldHaveOne[] = {
    {.claim = "one of the two should be set, and Linux permits none", .flags = 0},
    {.claim = "MS_INVALIDATE alone is permitted too",
     .flags = kInvalidate,
     .effects = "invalidated 0-2"},
    {.claim = "that POSIX has it fail does not make it fail on Linux",
     .pages = "pp",
     .flags = 0,
     .outcomes = "0"},
    {.claim = "without either flag the errors are those of any call",
     .pages = "s.P",
     .flags = kInvalidate,
     .outcomes = "ENOMEM|EBUSY"},
    {.claim = "that MS_ASYNC does nothing is a note, beside the description that has it schedule",
     .flags = kAsync,
     .effects = "scheduled 0-2"},
};

TEST(ManPagesRu, AsksForOneOfTwoFlagsAndPermitsNone) {
  EXPECT_THAT(Misreadings("man-pages-ru", kShouldHaveOne), IsEmpty());
}
TEST(ManPages603, AsksForOneOfTwoFlagsAndPermitsNone) {
  EXPECT_THAT(Misreadings("man-pages-6.03", kShouldHaveOne), IsEmpty());
}

constexpr DocumentRow kBook[] = {
    {.claim = "MS_SYNC writes the half-open range",
     .pages = "sss",
     .length = 2 * kPage,
     .by = "document.success",
     .effects = "updated 0-2"},
    {.claim = "MS_ASYNC schedules the update",
     .flags = kAsync,
     .by = "document.success",
     .effects = "scheduled 0-2"},
    {.claim = "one of the two must be set; what becomes of none is not said",
     .flags = 0,
     .outcomes = "0|silent",
     .by = "document.neither"},
    {.claim = "MS_INVALIDATE alone is none of the two",
     .flags = kInvalidate,
     .outcomes = "0|silent",
     .by = "document.neither",
     .effects = "invalidated 0-2"},
    {.claim = "both flags are EINVAL",
     .flags = kAsync | kSync,
     .outcomes = "EINVAL",
     .by = "document.async_and_sync"},
    {.claim = "any other bit is EINVAL",
     .flags = kSync | kUnknown,
     .outcomes = "EINVAL",
     .by = "document.unknown_flag"},
    {.claim = "an address that is not page-aligned is EINVAL",
     .from = 1,
     .length = 1,
     .outcomes = "EINVAL",
     .by = "document.unaligned"},
    {.claim = "locks are not spoken of",
     .pages = "SP",
     .flags = kSync | kInvalidate,
     .outcomes = "0|silent",
     .by = "silence.locked",
     .effects = "updated 0-1, invalidated 0-1"},
    {.claim = "ENOMEM tells of a hole, and valid mappings are synchronized all the same",
     .pages = "s.ss",
     .outcomes = "ENOMEM",
     .by = "document.unmapped",
     .effects = "updated 0-1, updated 2-4"},
    {.claim = "that is said of synchronizing, not of scheduling",
     .pages = "s.ss",
     .flags = kAsync,
     .outcomes = "ENOMEM",
     .by = "document.unmapped"},
    {.claim = "where flags are refused nothing is synchronized",
     .pages = "s.ss",
     .flags = kSync | kUnknown,
     .outcomes = "ENOMEM|EINVAL"},
    {.claim = "EFAULT is what kernels before 2.4.19 answered",
     .pages = ".",
     .outcomes = "ENOMEM",
     .by = "document.unmapped"},
    {.claim = "what a file that fails answers is not said",
     .pages = "f",
     .outcomes = "0|silent",
     .by = "silence.file_fails",
     .effects = "updated 0-1"},
    {.claim = "what others stored is a change to the file of a read-only descriptor too",
     .pages = "r",
     .by = "document.success",
     .effects = "updated 0-1"},
    {.claim = "length 0 is not spoken of",
     .length = 0,
     .outcomes = "0|silent",
     .by = "silence.no_length"},
};

TEST(Love2007, ReadsAsTheBookReads) { EXPECT_THAT(Misreadings("love-2007", kBook), IsEmpty()); }

// What documents say of other systems than their own.
struct OtherSystemRow {
  const char* document;
  const char* rule;
  const char* of;
  Force force;
  Errno error = Errno::kOk;
};

constexpr OtherSystemRow kOtherSystems[] = {
    {"love-2007", "document.unmapped_was_fault", "linux-1.3.21", Force::kFails, Errno::kEFAULT},
    {"man-pages-3.53", "document.unmapped_was_fault", "linux-1.3.21", Force::kFails,
     Errno::kEFAULT},
    {"man-pages-3.53", "document.unmapped_no_fault", "linux-2.4.19", Force::kFails, Errno::kENOMEM},
    {"man-pages-ru", "document.unmapped_was_fault", "linux-1.3.21", Force::kFails, Errno::kEFAULT},
    {"man-pages-ru", "document.unmapped_no_fault", "linux-2.4.19", Force::kFails, Errno::kENOMEM},
    {"man-pages-ru", "document.neither_fails_elsewhere", "posix-2017", Force::kFailsSomehow},
    {"man-pages-6.03", "document.unmapped_was_fault", "linux-1.3.21", Force::kFails,
     Errno::kEFAULT},
    {"man-pages-6.03", "document.unmapped_no_fault", "linux-2.4.19", Force::kFails, Errno::kENOMEM},
    {"man-pages-6.03", "document.neither_fails_elsewhere", "posix-2017", Force::kFailsSomehow},
};

std::vector<std::string> SaidOfOthers() {
  std::vector<std::string> said;
  for (const Profile& document : DocumentProfiles()) {
    for (const DocumentRule& clause : document.clauses) {
      if (clause.of.empty()) continue;
      said.push_back(absl::StrCat(document.name, " ", clause.rule.id, " ", clause.of, " ",
                                  static_cast<int>(clause.force), " ", ErrnoName(clause.error)));
    }
  }
  return said;
}

TEST(LinuxDocuments, SayOfOtherSystemsWhatTheTableSaysAndNothingElse) {
  std::vector<std::string> expected;
  for (const OtherSystemRow& row : kOtherSystems) {
    expected.push_back(absl::StrCat(row.document, " ", row.rule, " ", row.of, " ",
                                    static_cast<int>(row.force), " ", ErrnoName(row.error)));
  }
  EXPECT_THAT(SaidOfOthers(), UnorderedElementsAreArray(expected));
}

}  // namespace
}  // namespace msyncspec
