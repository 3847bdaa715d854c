// SPDX-License-Identifier: MIT
// What the walk did in each era, from model/sources/linux-history.txt.
#include <gmock/gmock.h>

#include "model/drawn_layout.h"
#include "model/linux_walk.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

Prediction Walk(absl::string_view profile, absl::string_view pages, uint64_t length, uint64_t flags,
                uint64_t from = 0) {
  Prediction prediction;
  Predict(*FindProfile(profile), Machine{}, Draw(pages),
          {kFirstPage + Bytes{from * kPage}, {length * kPage}, SyncFlags(flags)}, prediction);
  return prediction;
}

std::string Answer(absl::string_view profile, absl::string_view pages, uint64_t flags) {
  return Text(Walk(profile, pages, pages.size(), flags).outcomes);
}

// MS_ASYNC.

struct AsyncRow {
  std::vector<absl::string_view> eras;
  SyncKind kind;
  const char* rule;
};

const AsyncRow kAsyncEras[] = {
    {{"linux-1.3.21", "linux-2.5.68", "linux-2.6.17"}, SyncKind::kMarkedDirty, "flags.marks_dirty"},
    {{"linux-2.4.19", "linux-2.5.23", "linux-2.5.26", "linux-2.5.43"},
     SyncKind::kScheduled,
     "flags.async_starts"},
};

TEST(MsAsync, StartedWritebackOrMarkedPagesAsItsEraHadIt) {
  for (const AsyncRow& row : kAsyncEras) {
    for (const absl::string_view era : row.eras) {
      SCOPED_TRACE(era);
      const Explanation way =
          Explain(*FindProfile(era), {}, Draw("s"), {kFirstPage, {kPage}, SyncFlags(kAsync)});
      EXPECT_EQ(Text(way.prediction.outcomes), "0");
      ASSERT_THAT(way.prediction.syncs, SizeIs(1));
      EXPECT_EQ(way.prediction.syncs[0].kind, row.kind);
      EXPECT_EQ(way.prediction.syncs[0].file, kDisk);
      EXPECT_EQ(way.steps[0].rule->id, row.rule);
    }
  }
}

TEST(MsAsync, StartedTheWritingOfTheWholeFile) {
  EXPECT_THAT(Walk("linux-2.5.43", "ssss", 1, kAsync, 1).syncs,
              testing::ElementsAre(SyncedRange{
                  .file = kDisk, .end = SyncedRange::kToEndOfFile, .kind = SyncKind::kScheduled}));
}

TEST(OtherFlags, MarkedThePagesOfTheRangeBefore2619) {
  for (const absl::string_view era :
       {"linux-1.3.21", "linux-2.4.19", "linux-2.5.23", "linux-2.5.26", "linux-2.5.43",
        "linux-2.5.68", "linux-2.6.17"}) {
    for (const uint64_t flags : {uint64_t{0}, kInvalidate}) {
      EXPECT_THAT(
          Walk(era, "ssss", 1, flags, 1).syncs,
          testing::ElementsAre(SyncedRange{
              .file = kDisk, .begin = {kPage}, .end = {2 * kPage}, .kind = SyncKind::kMarkedDirty}))
          << era << ", flags " << flags;
    }
  }
}

TEST(CallsWithoutMsSync, DoNothingSince2619) {
  for (const absl::string_view era : {"linux-2.6.19", "linux-3.16", "linux-4.13", "linux-5.4",
                                      "linux-5.16", "linux-5.18", "linux-6.4", "linux-6.18"}) {
    for (const uint64_t flags : {uint64_t{0}, kAsync, kInvalidate}) {
      EXPECT_THAT(Walk(era, "s", 1, flags).syncs, IsEmpty()) << era << ", flags " << flags;
    }
  }
}

TEST(MsAsync, NeverReachedPrivateMemoryNorAReadOnlyDescriptor) {
  for (const Profile& era : LinuxProfiles()) {
    EXPECT_THAT(Walk(era.name, "pr", 2, kAsync).syncs, IsEmpty()) << era.name;
  }
}

TEST(MsAsync, MetNoErrorOfAFile) {
  for (const Profile& era : LinuxProfiles()) EXPECT_EQ(Answer(era.name, "fn", kAsync), "0");
}

TEST(MsAsync, AnsweredAHoleAlikeWhetherItWentOnOrStopped) {
  for (const Profile& era : LinuxProfiles()) {
    EXPECT_EQ(Answer(era.name, "s.s", kAsync), era.name == "linux-1.3.21" ? "EFAULT" : "ENOMEM");
  }
}

// What else changed.

struct EraRow {
  const char* era;
  const char* locked;    // MS_INVALIDATE over locked memory
  const char* no_fsync;  // MS_SYNC of a file without fsync
  SyncKind kind;         // of MS_SYNC
  bool whole_file;
};

constexpr EraRow kEras[] = {
    {"linux-1.3.21", "0", "0", SyncKind::kFull, true},
    {"linux-2.4.19", "EBUSY", "0", SyncKind::kDataOnly, true},
    {"linux-2.5.23", "0", "0", SyncKind::kDataOnly, true},
    {"linux-2.5.26", "0", "0", SyncKind::kDataOnly, true},
    {"linux-2.5.43", "EBUSY", "0", SyncKind::kDataOnly, true},
    {"linux-2.5.68", "EBUSY", "0", SyncKind::kDataOnly, true},
    {"linux-2.6.17", "EBUSY", "EINVAL", SyncKind::kFull, true},
    {"linux-2.6.19", "EBUSY", "EINVAL", SyncKind::kFull, true},
    {"linux-3.16", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
    {"linux-4.13", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
    {"linux-5.4", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
    {"linux-5.16", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
    {"linux-5.18", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
    {"linux-6.4", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
    {"linux-6.18", "EBUSY", "EINVAL", SyncKind::kDataOnly, false},
};

TEST(WalkOfAnEra, AnswersAsItsHistoryTells) {
  ASSERT_EQ(std::size(kEras), LinuxProfiles().size());
  for (const EraRow& row : kEras) {
    SCOPED_TRACE(row.era);
    EXPECT_EQ(Answer(row.era, "P", kInvalidate), row.locked);
    EXPECT_EQ(Answer(row.era, "n", kSync), row.no_fsync);
    EXPECT_EQ(Answer(row.era, "f", kSync), "EIO");
  }
}

TEST(WalkOfAnEra, SyncsAsMuchAndAsThoroughlyAsItsHistoryTells) {
  for (const EraRow& row : kEras) {
    SCOPED_TRACE(row.era);
    const Prediction prediction = Walk(row.era, "ssss", 2, kSync, 1);
    ASSERT_THAT(prediction.syncs, SizeIs(1));
    EXPECT_EQ(prediction.syncs[0].kind, row.kind);
    EXPECT_EQ(prediction.syncs[0].begin, Bytes{row.whole_file ? 0 : kPage});
    EXPECT_EQ(prediction.syncs[0].end,
              row.whole_file ? SyncedRange::kToEndOfFile : Bytes{3 * kPage});
  }
}

TEST(WalkOfAnEra, SyncsWithBothFlagsWhereTheyAreAccepted) {
  for (const absl::string_view era : {"linux-1.3.21", "linux-2.5.23", "linux-2.5.26"}) {
    const Prediction prediction = Walk(era, "s", 1, kAsync | kSync);
    ASSERT_THAT(prediction.syncs, SizeIs(1)) << era;
    EXPECT_NE(prediction.syncs[0].kind, SyncKind::kScheduled) << era;
    EXPECT_NE(prediction.syncs[0].kind, SyncKind::kMarkedDirty) << era;
  }
}

}  // namespace
}  // namespace msyncspec
