// SPDX-License-Identifier: MIT
//
// What an `expect` line says: of which profiles, of which outcomes, of which files.
#include "harness/scenario/expectation.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr char kCall[] = "call addr=p0 len=0 flags=0\n";

absl::StatusOr<AnnotatedScenario> ParseExpect(absl::string_view rest) {
  return Parse(absl::StrCat(kCall, "expect ", rest, "\n"));
}

struct AboutRow {
  std::string first, last;  // no last: of one profile alone
  std::string profile;
  bool about = true;
};

TEST(Expectation, IsAboutTheProfilesThatItNames) {
  const AboutRow kRows[] = {
      {"linux-6.18", "", "linux-6.18"},
      {"linux-6.18", "", "linux-6.4", false},
      {"linux-6.18", "", "linux-6.18-compat", false},
      {"posix-2017", "", "posix-2017"},
      {"linux-6.18-alpha", "", "linux-6.18-alpha"},
      {"linux-3.16", "linux-6.18", "linux-3.16"},
      {"linux-3.16", "linux-6.18", "linux-4.13"},
      {"linux-3.16", "linux-6.18", "linux-5.16"},
      {"linux-3.16", "linux-6.18", "linux-6.18"},
      {"linux-3.16", "linux-6.18", "linux-2.6.19", false},
      {"linux-2.5.23", "linux-2.5.26", "linux-2.5.43", false},
      {"linux-1.3.21", "linux-6.18", "linux-2.4.19"},
      {"linux-1.3.21", "linux-6.18", "posix-2017", false},
      {"linux-1.3.21", "linux-6.18", "linux-6.18-compat", false},
      {"linux-6.18", "linux-3.16", "linux-4.13", false},
      {"linux-6.18", "linux-3.16", "linux-3.16", false},
  };
  for (const AboutRow& row : kRows) {
    const Profile* profile = FindProfile(row.profile);
    ASSERT_NE(profile, nullptr) << row.profile;
    EXPECT_EQ(IsAbout({.profile = row.first, .last_profile = row.last}, *profile), row.about)
        << row.first << ".." << row.last << " and " << row.profile;
  }
}

TEST(ExpectationText, NamesARangeOfKernelsByItsEnds) {
  const auto parsed = ParseExpect("linux-3.16..linux-6.18 0");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_EQ(parsed->expectations.size(), 1u);
  EXPECT_EQ(parsed->expectations[0].profile, "linux-3.16");
  EXPECT_EQ(parsed->expectations[0].last_profile, "linux-6.18");
  EXPECT_EQ(Print(parsed->expectations[0]), "expect linux-3.16..linux-6.18 0");
}

Outcomes Set(std::initializer_list<Errno> listed, Latitude latitude = Latitude::kDetermined) {
  Outcomes outcomes(latitude);
  for (const Errno each : listed) outcomes.Add(each);
  return outcomes;
}

struct OutcomesRow {
  Outcomes value;
  std::string canonical, other = canonical;  // another spelling of the same
};

TEST(OutcomesText, HasOneCanonicalFormAndAcceptsOthers) {
  const OutcomesRow kRows[] = {
      {Set({Errno::kOk}), "0"},
      {Set({Errno::kEBUSY}), "EBUSY"},
      {Set({Errno::kENOMEM, Errno::kEBUSY}), "ENOMEM|EBUSY", "EBUSY|ENOMEM"},
      {Set({Errno::kOk, Errno::kEINVAL}), "0|EINVAL", "EINVAL|0|EINVAL"},
      {Set({Errno::kOk}, Latitude::kSilent), "0|silent", "silent|0"},
      {Set({}, Latitude::kSilent), "silent"},
      {Set({}, Latitude::kUndefined), "undefined", "silent|undefined"},
      {Set({}, Latitude::kSomeError), "some-error"},
      {Set({Errno::kOk}, Latitude::kUnspecified), "0|unspecified", "0|silent|unspecified"},
      {Set({}, Latitude::kImplementationDefined), "implementation-defined"},
      {Set({static_cast<Errno>(511)}), "errno:511"},
  };
  for (const OutcomesRow& row : kRows) {
    for (const std::string& text : {row.canonical, row.other}) {
      const auto parsed = ParseExpect(absl::StrCat("posix-2017 ", text));
      ASSERT_TRUE(parsed.ok()) << text << ": " << parsed.status();
      EXPECT_EQ(parsed->expectations[0].outcomes, row.value) << text;
      EXPECT_EQ(Print(parsed->expectations[0]), absl::StrCat("expect posix-2017 ", row.canonical));
    }
  }
}

struct KindRow {
  ExpectedSync value;
  std::string text;
};

TEST(SyncText, NamesWhatIsDoneToAFile) {
  const Length two = {.pages = 2};
  const KindRow kRows[] = {
      {{.file = 0, .end = two}, "f0[0,2p)"},
      {{.file = 0, .end = two, .kind = SyncKind::kFull}, "f0[0,2p)+metadata"},
      {{.file = 0, .end = two, .kind = SyncKind::kUpdated}, "f0[0,2p)+updated"},
      {{.file = 0, .end = two, .kind = SyncKind::kScheduled}, "f0[0,2p)+scheduled"},
      {{.file = 0, .end = two, .kind = SyncKind::kMarkedDirty}, "f0[0,2p)+marked-dirty"},
      {{.file = 0, .end = two, .kind = SyncKind::kInvalidated}, "f0[0,2p)+invalidated"},
      {{.file = 7, .to_end_of_file = true, .kind = SyncKind::kScheduled}, "f7[all)+scheduled"},
      {{.file = 0, .end = two, .kind = SyncKind::kUpdated, .answer = Errno::kEIO},
       "f0[0,2p)+updated!EIO"},
  };
  for (const KindRow& row : kRows) {
    const auto parsed = ParseExpect(absl::StrCat("posix-2017 0 synced=", row.text));
    ASSERT_TRUE(parsed.ok()) << row.text << ": " << parsed.status();
    EXPECT_EQ(parsed->expectations[0].synced, std::vector<ExpectedSync>{row.value}) << row.text;
    EXPECT_EQ(PrintSyncs({row.value}), row.text);
  }
}

struct ErrorRow {
  std::string rest;     // of the line, behind "expect "
  std::string message;  // behind "2:"
};

TEST(ExpectationText, NamesThePlaceOfTheFirstErrorAndWhatBelongsThere) {
  const std::string range =
      "8: expected two kernel profiles, the older one first, such as linux-3.16..linux-6.18, "
      "found ";
  const std::string synced = ": expected a synced range such as f0[0,2p), found ";
  const std::string error = ": expected 0, an error name such as EBUSY, or errno:N, found ";
  const ErrorRow kRows[] = {
      {"linux-6.18..linux-3.16 0", range + "\"linux-6.18..linux-3.16\""},
      {"linux-6.18..linux-6.18 0", range + "\"linux-6.18..linux-6.18\""},
      {"linux-3.16..linux-99 0", range + "\"linux-3.16..linux-99\""},
      {"linux-99..linux-6.18 0", range + "\"linux-99..linux-6.18\""},
      {"linux-3.16..posix-2017 0", range + "\"linux-3.16..posix-2017\""},
      {"posix-2017..linux-6.18 0", range + "\"posix-2017..linux-6.18\""},
      {"linux-3.16..linux-6.18-compat 0", range + "\"linux-3.16..linux-6.18-compat\""},
      {"linux-3.16.. 0", range + "\"linux-3.16..\""},
      {"..linux-6.18 0", range + "\"..linux-6.18\""},
      {"linux-3.16...linux-6.18 0", range + "\"linux-3.16...linux-6.18\""},
      {"posix-2017 0|perhaps", "19" + error + "\"perhaps\""},
      {"posix-2017 |0", "19" + error + "\"\""},
      {"posix-2017 0|", "19" + error + "\"\""},
      {"posix-2017 0 synced=f0[0,1p)+faster", "28" + synced + "\"f0[0,1p)+faster\""},
      {"posix-2017 0 synced=f0[0,1p)+", "28" + synced + "\"f0[0,1p)+\""},
  };
  for (const ErrorRow& row : kRows) {
    const auto parsed = ParseExpect(row.rest);
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << row.rest;
    EXPECT_EQ(parsed.status().message(), absl::StrCat("2:", row.message)) << row.rest;
  }
}

// One range has one kind: two are refused, in either order.
TEST(ExpectationText, RefusesTwoKindsForOneRange) {
  for (const char* kinds : {"+updated+scheduled", "+scheduled+updated", "+updated+updated"}) {
    const auto parsed = ParseExpect(absl::StrCat("posix-2017 0 synced=f0[0,1p)", kinds));
    EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << kinds;
  }
}

}  // namespace
}  // namespace msyncspec
