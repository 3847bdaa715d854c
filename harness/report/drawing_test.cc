// SPDX-License-Identifier: MIT
#include "harness/report/drawing.h"

#include <gmock/gmock.h>

#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;
using testing::Not;

// A scenario whose last action is a call, and what is drawn of that call.
struct Drawn {
  std::string table;
  std::string walk;
};

Drawn Draw(const std::string& text) {
  const Scenario scenario = Parse(text).value().scenario;
  const Surroundings surroundings = BareSurroundings();
  const ScenarioPrediction prediction =
      PredictScenario(scenario, *FindProfile("linux-6.18"), surroundings);
  const ActionPrediction& last = prediction.actions.back();
  const Call call = Resolve(std::get<SymbolicCall>(scenario.actions.back()), surroundings.machine,
                            surroundings.arena);
  return {DrawCall(last.space, surroundings, call, last.call), WalkText(surroundings, last.call)};
}

constexpr char kExample[] =
    "file  f0  memfd 4p\n"
    "map   p0 2p  shared rw  f0@0\n"
    "map   p3 1p  private rw anon\n"
    "lock  p3 1p\n"
    "call  addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE\n";

TEST(Drawing, ShowsTheLayoutWithTheRangeUnderItAndTheRuleOfEachPage) {
  EXPECT_EQ(Draw(kExample).table,
            "page     p0         p1         p2         p3         p4\n"
            "shows    f0@0p      f0@1p      .          anon       .\n"
            "is       shared     shared     .          private    .\n"
            "lock                           .          locked     .\n"
            "call     ========== ========== ========== ==========\n"
            "walk     synced     synced     remembered locked\n");
}

TEST(Drawing, FollowsTheWalkWithRuleStatementAndCitation) {
  const std::string walk = Draw(kExample).walk;
  EXPECT_THAT(
      walk,
      HasSubstr(" 1. [p0, p2)  mapping.synced\n"
                "    MS_SYNC syncs the file that the mapping shows, and waits.\n"
                "      man-pages-3.53, DESCRIPTION MS_SYNC: \"MS_SYNC asks for an update and waits "
                "for it to complete\"\n"));
  EXPECT_THAT(walk, HasSubstr(" 2. [p2, p3)  hole.remembered  -> ENOMEM\n"));
  EXPECT_THAT(
      walk,
      HasSubstr(" 3. [p3, p4)  mapping.locked  -> EBUSY\n"
                "    MS_INVALIDATE meets a locked mapping: the walk stops, before this mapping is "
                "synced. What precedes it has been synced, and a hole before it is forgotten.\n"
                "      man-pages-3.53, ERRORS EBUSY: \"MS_INVALIDATE was specified in flags, and a "
                "memory lock exists\"\n"
                "      linux, walk.locked: \"the lock test of a mapping precedes its fsync\"\n"));
  EXPECT_THAT(walk, Not(HasSubstr(" 4. ")));
}

TEST(Drawing, LeavesTheRowsOfAnEmptyRangeEmpty) {
  const Drawn drawn = Draw("map p0 1p shared r anon\ncall addr=p0 len=0 flags=0\n");
  EXPECT_EQ(drawn.table,
            "page     p0         p1\n"
            "shows    anon       .\n"
            "is       shared     .\n"
            "lock                .\n"
            "call\n"
            "walk\n");
  EXPECT_THAT(drawn.walk, HasSubstr(" 1. [p0, p0)  range.empty\n"));
}

TEST(Drawing, ShowsTheLayoutThoughTheCallIsElsewhere) {
  const Drawn drawn = Draw("map p0 1p private r anon\ncall addr=0x1000 len=1p flags=0\n");
  EXPECT_EQ(drawn.table,
            "page     p0         p1\n"
            "shows    anon       .\n"
            "is       private    .\n"
            "lock                .\n"
            "call\n"
            "walk\n");
  EXPECT_THAT(drawn.walk, HasSubstr(" 1. [0x1000, 0x2000)  hole.reaches_end  -> ENOMEM\n"));
}

TEST(Drawing, EndsWithTheArenaWhereTheCallGoesOn) {
  const Drawn drawn = Draw("map p0 1p private r anon\ncall addr=p0 len=to-last flags=0\n");
  EXPECT_EQ(drawn.table,
            "page     p0         p1\n"
            "shows    anon       .\n"
            "is       private    .\n"
            "lock                .\n"
            "call     ========== ==========\n"
            "walk     no_sync    nothing_be\n");
  EXPECT_THAT(drawn.walk, HasSubstr(" 2. [p1, 0xfffffffffffff000)  hole.nothing_behind"));
}

TEST(Drawing, MarksEveryPageThatAMisalignedRangeTouches) {
  const Drawn drawn = Draw("map p0 2p private r anon\ncall addr=p0+1 len=1p flags=0\n");
  EXPECT_EQ(drawn.table,
            "page     p0         p1         p2\n"
            "shows    anon       anon       .\n"
            "is       private    private    .\n"
            "lock                           .\n"
            "call     ========== ==========\n"
            "walk     unaligned  unaligned\n");
  EXPECT_THAT(drawn.walk, HasSubstr(" 1. [p0+1, p1+1)  address.unaligned  -> EINVAL\n"));
}

TEST(Drawing, SaysWhereMorePagesThanFitAreLeftOut) {
  const std::string table = Draw("map p9 1p private r anon\ncall addr=p0 len=0 flags=0\n").table;
  EXPECT_THAT(table, testing::StartsWith("page     p0         p1         p2         p3         p4"
                                         "         p5         p6         p7         …\n"));
  EXPECT_THAT(table, Not(HasSubstr("p8")));
}

TEST(Drawing, TellsLocksOnFaultAndReadOnlyFilesApart) {
  EXPECT_EQ(Draw("file f0 memfd 3p readonly\nmap p0 1p shared r f0@1p\nlock-on-fault p0 1p\n"
                 "call addr=p0 len=1p flags=MS_SYNC\n")
                .table,
            "page     p0         p1\n"
            "shows    f0@1p      .\n"
            "is       shared-ro  .\n"
            "lock     onfault    .\n"
            "call     ==========\n"
            "walk     read_only_\n");
}

TEST(PlaceName, IsThatOfScenariosWithinTheArenaAndANumberBeyond) {
  const Surroundings surroundings = {.arena = {0x10000000}};
  EXPECT_EQ(PlaceName({0x10000000}, surroundings), "p0");
  EXPECT_EQ(PlaceName({0x10003001}, surroundings), "p3+1");
  EXPECT_EQ(PlaceName({0x10400000}, surroundings), "p1024");
  EXPECT_EQ(PlaceName({0x10400001}, surroundings), "0x10400001");
  EXPECT_EQ(PlaceName({0xfffffff}, surroundings), "0xfffffff");
}

}  // namespace
}  // namespace msyncspec
