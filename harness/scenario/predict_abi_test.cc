// SPDX-License-Identifier: MIT
//
// What an ABI changes of a scenario: its pages, the registers of its callers, its flag numbers.
#include <gmock/gmock.h>

#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;

constexpr char kLastPage[] = "map p0 1p private rw anon\ncall addr=p0 len=to-last flags=0\n";
constexpr char kWhole[] = "map p0 1p private rw anon\ncall addr=p0 len=max flags=0\n";
constexpr char kAllBits[] =
    "map p0 1p private rw anon\ncall addr=p0 len=0xffffffffffffffff flags=0\n";
constexpr char kHalfRegister[] =
    "map p0 1p private rw anon\ncall addr=p0 len=0x100000001 flags=0\n";
constexpr char kInsideA16kPage[] =
    "map p0 1p private rw anon\ncall addr=p0+4096 len=4096 flags=0\n";
constexpr char kInsideA64kPage[] =
    "map p0 1p private rw anon\ncall addr=p0+16384 len=4096 flags=0\n";
constexpr char kOneOf64k[] = "map p0 1p private rw anon\ncall addr=p0 len=65536 flags=0\n";

// 2 is MS_INVALIDATE as a rule, MS_SYNC on alpha and MS_ASYNC on parisc.
constexpr char kTwo[] = "map p0 1p private rw anon locked\ncall addr=p0 len=1p flags=2\n";
constexpr char kFour[] = "map p0 1p private rw anon locked\ncall addr=p0 len=1p flags=4\n";
constexpr char kFive[] = "map p0 1p private rw anon\ncall addr=p0 len=1p flags=5\n";
constexpr char kThree[] = "map p0 1p private rw anon\ncall addr=p0 len=1p flags=3\n";

struct AbiRow {
  std::string text;
  std::string profile;
  Errno outcome;
  std::string rule;
};

TEST(PredictScenario, FollowsTheAbiOfTheProfile) {
  const AbiRow kRows[] = {
      // A compat caller's largest range does not wrap; a 32-bit kernel's does.
      {kWhole, "linux-6.18", Errno::kOk, "range.empty"},
      {kWhole, "linux-6.18-32bit", Errno::kOk, "range.empty"},
      {kWhole, "linux-6.18-compat", Errno::kENOMEM, "hole.nothing_behind"},
      {kAllBits, "linux-6.18-32bit", Errno::kOk, "range.empty"},
      {kAllBits, "linux-6.18-compat", Errno::kENOMEM, "hole.nothing_behind"},
      {kLastPage, "linux-6.18", Errno::kENOMEM, "hole.nothing_behind"},
      {kLastPage, "linux-6.18-32bit", Errno::kENOMEM, "hole.nothing_behind"},
      // What does not fit a register of 32 bits is lost: 2^32 + 1 is 1.
      {kHalfRegister, "linux-6.18", Errno::kENOMEM, "hole.nothing_behind"},
      {kHalfRegister, "linux-6.18-compat", Errno::kOk, "range.covered"},
      {kHalfRegister, "linux-6.18-32bit", Errno::kOk, "range.covered"},
      // Alignment and rounding go by the ABI's pages, and so does the page that is mapped.
      {kInsideA16kPage, "linux-6.18", Errno::kENOMEM, "hole.nothing_behind"},
      {kInsideA16kPage, "linux-6.18-16k", Errno::kEINVAL, "address.unaligned"},
      {kInsideA16kPage, "linux-6.18-64k", Errno::kEINVAL, "address.unaligned"},
      {kInsideA64kPage, "linux-6.18-16k", Errno::kENOMEM, "hole.nothing_behind"},
      {kInsideA64kPage, "linux-6.18-64k", Errno::kEINVAL, "address.unaligned"},
      {kOneOf64k, "linux-6.18-16k", Errno::kENOMEM, "hole.nothing_behind"},
      {kOneOf64k, "linux-6.18-64k", Errno::kOk, "range.covered"},
      // The same number means another flag.
      {kTwo, "linux-6.18", Errno::kEBUSY, "mapping.locked"},
      {kTwo, "linux-6.18-alpha", Errno::kOk, "range.covered"},
      {kTwo, "linux-6.18-parisc", Errno::kOk, "range.covered"},
      {kFour, "linux-6.18", Errno::kOk, "range.covered"},
      {kFour, "linux-6.18-alpha", Errno::kEBUSY, "mapping.locked"},
      {kFour, "linux-6.18-parisc", Errno::kEBUSY, "mapping.locked"},
      {kFive, "linux-6.18", Errno::kEINVAL, "flags.async_and_sync"},
      {kFive, "linux-6.18-alpha", Errno::kOk, "range.covered"},
      {kThree, "linux-6.18", Errno::kOk, "range.covered"},
      {kThree, "linux-6.18-alpha", Errno::kEINVAL, "flags.async_and_sync"},
      {kThree, "linux-6.18-parisc", Errno::kEINVAL, "flags.async_and_sync"},
  };
  for (const AbiRow& row : kRows) {
    const ScenarioPrediction said = PredictScenario(Parse(row.text).value().scenario,
                                                    *FindProfile(row.profile), BareSurroundings());
    ASSERT_EQ(said.actions.size(), 2u);
    const Prediction& call = said.actions[1].call.prediction;
    EXPECT_EQ(call.outcomes, Outcomes(row.outcome)) << row.profile << "\n" << row.text;
    EXPECT_EQ(call.rule->id, row.rule) << row.profile << "\n" << row.text;
  }
}

TEST(PredictScenario, CountsFilesInThePagesOfTheAbi) {
  const Scenario scenario = Parse(
                                "file f0 memfd 2p\nmap p0 2p shared rw f0@0\n"
                                "call addr=p0 len=1 flags=MS_SYNC\n")
                                .value()
                                .scenario;
  const ScenarioPrediction said =
      PredictScenario(scenario, *FindProfile("linux-6.18-64k"), BareSurroundings());
  EXPECT_THAT(said.actions[1].call.prediction.syncs,
              ElementsAre(SyncedRange{.file = 0, .end = {65536}}));
}

TEST(PredictScenario, GivesEveryOutcomeThatADocumentAllows) {
  const Scenario scenario = Parse(
                                "map p0 1p private rw anon locked\n"
                                "call addr=p0 len=2p flags=MS_SYNC|MS_INVALIDATE\n")
                                .value()
                                .scenario;
  const ScenarioPrediction said =
      PredictScenario(scenario, *FindProfile("posix-2017"), BareSurroundings());
  Outcomes both(Errno::kEBUSY);
  both.Add(Errno::kENOMEM);
  EXPECT_EQ(said.actions[1].call.prediction.outcomes, both);
}

}  // namespace
}  // namespace msyncspec
