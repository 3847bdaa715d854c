// SPDX-License-Identifier: MIT
//
// How clauses of the seven documents stand to Linux 6.18, as a person reads both.
#include <gmock/gmock.h>

#include <map>
#include <optional>

#include "harness/differ/clause_standing.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr std::optional<Standing> kUntestable = std::nullopt;
constexpr Standing kTrue = Standing::kTrue;
constexpr Standing kWeaker = Standing::kWeaker;
constexpr Standing kStricter = Standing::kStricter;
constexpr Standing kContradicted = Standing::kContradicted;

struct ClauseRow {
  std::string label;
  std::optional<Standing> standing;
};

void ExpectStandings(const std::string& document, const std::vector<ClauseRow>& rows) {
  std::map<std::string, std::optional<Standing>> standings;
  for (const ClauseStanding& each :
       StandingOf(*FindProfile(document), *FindProfile("linux-6.18"))) {
    if (each.clause != nullptr) standings[each.clause->label] = each.standing();
  }
  const auto name = [](const std::optional<Standing>& standing) {
    return standing.has_value() ? std::string(StandingName(*standing)) : "untestable";
  };
  for (const ClauseRow& row : rows) {
    ASSERT_TRUE(standings.contains(row.label)) << document << ": " << row.label;
    EXPECT_EQ(name(standings[row.label]), name(row.standing)) << document << ": " << row.label;
  }
}

TEST(ClauseTable, SymbianOpenC) {
  ExpectStandings("symbian-open-c",
                  {{"LIBRARY", kUntestable},
                   {"SYNOPSIS", kUntestable},
                   {"RETURN VALUES", kTrue},
                   // Not through a descriptor that is read-only.
                   {"DETAILED DESCRIPTION writes", kContradicted},
                   {"DETAILED DESCRIPTION extent", kTrue},
                   {"DETAILED DESCRIPTION MS_ASYNC", kStricter},  // it is accepted
                   {"DETAILED DESCRIPTION MS_SYNC", kTrue},
                   {"DETAILED DESCRIPTION MS_INVALIDATE", kContradicted},
                   {"ERRORS EBUSY", kWeaker},              // listed, but "not supported"
                   {"ERRORS EBUSY unsupported", kWeaker},  // Linux does return it
                   {"ERRORS EINVAL unaligned", kTrue},
                   {"ERRORS EINVAL async and invalidate", kStricter},
                   {"ERRORS EINVAL invalid flags", kTrue},
                   {"ERRORS ENOMEM unmapped", kTrue},
                   {"HISTORY", kUntestable}});
}

TEST(ClauseTable, ManPages353) {
  ExpectStandings("man-pages-3.53", {{"DESCRIPTION flushes", kContradicted},
                                     {"DESCRIPTION no guarantee", kUntestable},
                                     {"DESCRIPTION flags", kTrue},
                                     {"DESCRIPTION MS_ASYNC", kContradicted},
                                     {"DESCRIPTION MS_SYNC", kTrue},
                                     {"DESCRIPTION MS_INVALIDATE", kContradicted},
                                     {"RETURN VALUE", kTrue},
                                     {"RETURN VALUE error", kTrue},
                                     {"ERRORS EBUSY", kTrue},
                                     {"ERRORS EINVAL", kTrue},
                                     // A length that rounds up to 0 succeeds over holes.
                                     {"ERRORS ENOMEM", kStricter},
                                     {"CONFORMING TO standards", kUntestable},
                                     {"CONFORMING TO 1.3.21", kTrue},
                                     {"CONFORMING TO 2.4.19", kTrue},
                                     {"AVAILABILITY", kUntestable}});
}

TEST(ClauseTable, HpUx11iV3) {
  ExpectStandings("hp-ux-11i-v3", {{"SYNOPSIS", kUntestable},
                                   {"PARAMETERS flags", kStricter},  // any of eight is accepted
                                   {"PARAMETERS MS_ASYNC returns", kContradicted},
                                   {"PARAMETERS MS_ASYNC stores", kTrue},
                                   {"PARAMETERS MS_ASYNC file writes", kUntestable},
                                   {"PARAMETERS MS_SYNC stores", kTrue},
                                   {"PARAMETERS MS_SYNC unmodified", kUntestable},
                                   {"PARAMETERS MS_INVALIDATE invalidates", kContradicted},
                                   {"PARAMETERS MS_INVALIDATE file writes", kTrue},
                                   {"PARAMETERS MS_INVALIDATE stores", kUntestable},
                                   {"DESCRIPTION writes", kContradicted},  // the range is half open
                                   {"DESCRIPTION not a region", kStricter},
                                   {"DESCRIPTION undefined", kWeaker},
                                   // They move when the page is first stored to.
                                   {"DESCRIPTION timestamps", kContradicted}});
}

TEST(ClauseTable, ManPagesRu) {
  ExpectStandings("man-pages-ru", {{"DESCRIPTION flushes", kContradicted},
                                   {"DESCRIPTION flags", kStricter},
                                   {"DESCRIPTION MS_ASYNC", kContradicted},
                                   {"DESCRIPTION MS_INVALIDATE", kContradicted},
                                   {"RETURN VALUE success", kTrue},
                                   {"ERRORS EBUSY", kTrue},
                                   {"ERRORS EINVAL unknown", kTrue},
                                   {"ERRORS ENOMEM", kStricter},
                                   {"CONFORMING TO 1.3.21", kTrue},
                                   {"CONFORMING TO 2.4.19", kTrue},
                                   {"NOTES POSIX", kWeaker},  // POSIX says with which error
                                   {"NOTES 2.6.19", kTrue},
                                   {"NOTES portable", kUntestable}});
}

TEST(ClauseTable, Love2007) {
  ExpectStandings("love-2007", {{"prototype", kUntestable},
                                {"flushes", kContradicted},
                                {"addr", kTrue},
                                {"no guarantee", kUntestable},
                                {"MS_ASYNC", kContradicted},
                                {"MS_INVALIDATE", kContradicted},
                                {"MS_SYNC", kTrue},
                                {"flags", kStricter},  // neither is accepted
                                {"success", kTrue},
                                {"failure", kTrue},
                                {"EINVAL async and sync", kTrue},
                                {"EINVAL unknown", kTrue},
                                {"EINVAL unaligned", kTrue},
                                {"before 2.4.19", kTrue}});
}

TEST(ClauseTable, ManPages603) {
  ExpectStandings("man-pages-6.03", {{"LIBRARY", kUntestable},
                                     {"DESCRIPTION flushes", kContradicted},
                                     {"DESCRIPTION extent", kContradicted},
                                     {"DESCRIPTION flags", kStricter},
                                     {"DESCRIPTION MS_ASYNC", kContradicted},
                                     {"DESCRIPTION MS_SYNC", kTrue},
                                     {"DESCRIPTION MS_INVALIDATE", kContradicted},
                                     {"ERRORS EBUSY", kTrue},
                                     {"ERRORS EINVAL unaligned", kTrue},
                                     {"ERRORS EINVAL async and sync", kTrue},
                                     {"ERRORS ENOMEM", kStricter},
                                     {"STANDARDS 1.3.21", kTrue},
                                     {"STANDARDS 2.4.19", kTrue},
                                     {"NOTES 2.6.19", kTrue}});
}

TEST(ClauseTable, Posix2017) {
  ExpectStandings("posix-2017", {{"DESCRIPTION writes", kContradicted},
                                 {"DESCRIPTION alignment", kWeaker},  // it may be required, and is
                                 {"DESCRIPTION integrity", kTrue},
                                 {"DESCRIPTION attributes", kUntestable},
                                 {"DESCRIPTION private", kTrue},
                                 {"DESCRIPTION memory objects", kWeaker},
                                 {"DESCRIPTION flags", kStricter},
                                 {"DESCRIPTION MS_ASYNC returns", kContradicted},
                                 {"DESCRIPTION MS_SYNC returns", kTrue},
                                 {"ERRORS EBUSY", kTrue},
                                 {"ERRORS EINVAL flags", kStricter},
                                 {"ERRORS ENOMEM unmapped", kStricter},
                                 {"ERRORS EINVAL unaligned", kWeaker}});
}

}  // namespace
}  // namespace msyncspec
