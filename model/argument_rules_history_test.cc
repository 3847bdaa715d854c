// SPDX-License-Identifier: MIT
// What the arguments decided in each era, from model/sources/linux-history.txt.
#include <gmock/gmock.h>

#include "model/drawn_layout.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;

constexpr uint64_t kWraps = ~kPage + 1;  // a length

Prediction PredictFor(absl::string_view profile, uint64_t from, uint64_t length, uint64_t flags) {
  Prediction prediction;
  Predict(*FindProfile(profile), Machine{}, Draw("p"),
          {kFirstPage + Bytes{from}, {length}, SyncFlags(flags)}, prediction);
  return prediction;
}

std::string Answer(absl::string_view profile, uint64_t from, uint64_t length, uint64_t flags) {
  return Text(PredictFor(profile, from, length, flags).outcomes);
}

std::string Decider(absl::string_view profile, uint64_t from, uint64_t length, uint64_t flags) {
  return std::string(PredictFor(profile, from, length, flags).rule->id);
}

// The errors of an era, and who speaks first where two conditions hold.
struct EraRow {
  std::vector<absl::string_view> eras;
  const char *unaligned, *wraps, *unknown, *both, *hole;  // answers
  const char *unaligned_unknown, *unaligned_wraps, *unaligned_both, *unknown_wraps, *unknown_both,
      *both_wraps;                                           // rules
  const char *unaligned_empty, *unknown_empty, *both_empty;  // rules
};

constexpr const char *kUnaligned = "address.unaligned", *kWrapping = "range.wraps",
                     *kUnknownFlag = "flags.unknown", *kBoth = "flags.async_and_sync",
                     *kEmpty = "range.empty";

const EraRow kEras[] = {
    {.eras = {"linux-1.3.21"},
     .unaligned = "EINVAL",
     .wraps = "EINVAL",
     .unknown = "EINVAL",
     .both = "0",
     .hole = "EFAULT",
     .unaligned_unknown = kUnaligned,
     .unaligned_wraps = kUnaligned,
     .unaligned_both = kUnaligned,
     .unknown_wraps = kWrapping,
     .unknown_both = kUnknownFlag,
     .both_wraps = kWrapping,
     .unaligned_empty = kUnaligned,
     .unknown_empty = kUnknownFlag,
     .both_empty = kEmpty},
    {.eras = {"linux-2.4.19"},
     .unaligned = "EINVAL",
     .wraps = "EINVAL",
     .unknown = "EINVAL",
     .both = "EINVAL",
     .hole = "ENOMEM",
     .unaligned_unknown = kUnaligned,
     .unaligned_wraps = kUnaligned,
     .unaligned_both = kUnaligned,
     .unknown_wraps = kWrapping,
     .unknown_both = kUnknownFlag,
     .both_wraps = kWrapping,
     .unaligned_empty = kUnaligned,
     .unknown_empty = kUnknownFlag,
     .both_empty = kBoth},
    {.eras = {"linux-2.5.23"},
     .unaligned = "ENOMEM",
     .wraps = "ENOMEM",
     .unknown = "ENOMEM",
     .both = "0",
     .hole = "ENOMEM",
     .unaligned_unknown = kUnaligned,
     .unaligned_wraps = kUnaligned,
     .unaligned_both = kUnaligned,
     .unknown_wraps = kWrapping,
     .unknown_both = kUnknownFlag,
     .both_wraps = kWrapping,
     .unaligned_empty = kUnaligned,
     .unknown_empty = kUnknownFlag,
     .both_empty = kEmpty},
    {.eras = {"linux-2.5.26"},
     .unaligned = "EINVAL",
     .wraps = "ENOMEM",
     .unknown = "EINVAL",
     .both = "0",
     .hole = "ENOMEM",
     .unaligned_unknown = kUnknownFlag,
     .unaligned_wraps = kUnaligned,
     .unaligned_both = kUnaligned,
     .unknown_wraps = kUnknownFlag,
     .unknown_both = kUnknownFlag,
     .both_wraps = kWrapping,
     .unaligned_empty = kUnaligned,
     .unknown_empty = kUnknownFlag,
     .both_empty = kEmpty},
    {.eras = {"linux-2.5.43", "linux-2.5.68", "linux-2.6.17", "linux-2.6.19", "linux-3.16",
              "linux-4.13", "linux-5.4", "linux-5.16", "linux-5.18", "linux-6.4", "linux-6.18"},
     .unaligned = "EINVAL",
     .wraps = "ENOMEM",
     .unknown = "EINVAL",
     .both = "EINVAL",
     .hole = "ENOMEM",
     .unaligned_unknown = kUnknownFlag,
     .unaligned_wraps = kUnaligned,
     .unaligned_both = kUnaligned,
     .unknown_wraps = kUnknownFlag,
     .unknown_both = kUnknownFlag,
     .both_wraps = kBoth,
     .unaligned_empty = kUnaligned,
     .unknown_empty = kUnknownFlag,
     .both_empty = kBoth},
};

TEST(ArgumentRulesOfAnEra, AreTheWholeHistory) {
  size_t eras = 0;
  for (const EraRow& row : kEras) eras += row.eras.size();
  EXPECT_EQ(eras, LinuxProfiles().size());
}

TEST(ArgumentRulesOfAnEra, AnswerAsItsHistoryTells) {
  for (const EraRow& row : kEras) {
    for (const absl::string_view era : row.eras) {
      SCOPED_TRACE(era);
      EXPECT_EQ(Answer(era, 1, kPage, 0), row.unaligned);
      EXPECT_EQ(Answer(era, 0, kWraps, 0), row.wraps);
      EXPECT_EQ(Answer(era, 0, kPage, kUnknown), row.unknown);
      EXPECT_EQ(Answer(era, 0, kPage, kAsync | kSync), row.both);
      EXPECT_EQ(Answer(era, kPage, kPage, 0), row.hole);
    }
  }
}

TEST(ArgumentRulesOfAnEra, SpeakInTheOrderThatItsHistoryTells) {
  for (const EraRow& row : kEras) {
    for (const absl::string_view era : row.eras) {
      SCOPED_TRACE(era);
      EXPECT_EQ(Decider(era, 1, kPage, kUnknown), row.unaligned_unknown);
      EXPECT_EQ(Decider(era, 1, kWraps, 0), row.unaligned_wraps);
      EXPECT_EQ(Decider(era, 1, kPage, kAsync | kSync), row.unaligned_both);
      EXPECT_EQ(Decider(era, 0, kWraps, kUnknown), row.unknown_wraps);
      EXPECT_EQ(Decider(era, 0, kPage, kAsync | kSync | kUnknown), row.unknown_both);
      EXPECT_EQ(Decider(era, 0, kWraps, kAsync | kSync), row.both_wraps);
      EXPECT_EQ(Decider(era, 1, 0, 0), row.unaligned_empty);
      EXPECT_EQ(Decider(era, 0, 0, kUnknown), row.unknown_empty);
      EXPECT_EQ(Decider(era, 0, 0, kAsync | kSync), row.both_empty);
    }
  }
}

TEST(ArgumentRulesOfAnEra, LetALengthThatRoundsToNothingSucceedAnywhereInEveryEra) {
  for (const Profile& era : LinuxProfiles()) {
    for (const uint64_t length : {uint64_t{0}, ~uint64_t{0}, ~uint64_t{0} - 4094}) {
      EXPECT_EQ(Answer(era.name, kPage, length, kSync), "0") << era.name << ", " << length;
      EXPECT_EQ(Decider(era.name, kPage, length, kSync), kEmpty) << era.name << ", " << length;
    }
  }
}

TEST(ArgumentRulesOfAnEra, CiteTheirEra) {
  std::vector<absl::string_view> clauses;
  for (const ArgumentRule& row : FindProfile("linux-2.5.23")->arguments) {
    clauses.push_back(row.rule.cites[1].clause);
  }
  EXPECT_THAT(clauses,
              ElementsAre("2.5.23 errors", "2.5.23 errors", "2.5.23 errors", "1.3.21 empty"));
}

}  // namespace
}  // namespace msyncspec
