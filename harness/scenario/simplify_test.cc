// SPDX-License-Identifier: MIT
//
// What stands for a finding here is a question about the scenario alone, written by hand.
#include "harness/scenario/simplify.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

Scenario Parsed(absl::string_view text) { return Parse(text).value().scenario; }

// Whether some call of the scenario is decided by `rule` on the newest kernel.
bool IsDecidedBy(const Scenario& scenario, absl::string_view rule) {
  const ScenarioPrediction said =
      PredictScenario(scenario, *FindProfile("linux-6.18"), BareSurroundings());
  return std::any_of(said.actions.begin(), said.actions.end(), [&](const ActionPrediction& each) {
    return each.call.prediction.rule != nullptr && each.call.prediction.rule->id == rule;
  });
}

bool Shows(const Scenario& scenario, absl::string_view words) {
  return absl::StrContains(Print(scenario), words);
}

// Whether a locked mapping decides a call behind a hole.
bool IsLockedBehindAHole(const Scenario& scenario) {
  const ScenarioPrediction said =
      PredictScenario(scenario, *FindProfile("linux-6.18"), BareSurroundings());
  return std::any_of(said.actions.begin(), said.actions.end(), [](const ActionPrediction& each) {
    bool hole = false;
    for (const TraceStep& step : each.call.steps) {
      if (hole && step.rule->id == "mapping.locked") return true;
      hole |= step.rule->id == "hole.remembered";
    }
    return false;
  });
}

// Whether the second action locks, on fault, where the first maps a page that nobody may touch.
bool LocksWhatCannotBeTouched(const Scenario& scenario) {
  const Step* map = std::get_if<Step>(&scenario.actions[0]);
  const Step* lock =
      scenario.actions.size() > 1 ? std::get_if<Step>(&scenario.actions[1]) : nullptr;
  return map != nullptr && map->access == Access::kNone && lock != nullptr &&
         lock->kind == StepKind::kLockOnFault && lock->at == map->at;
}

// Sixty-four mappings of a file, each second one locked, with holes between some, and a call over
// all of it.
Scenario LargeLayout() {
  std::string text = "file f0 tmpfs 64p readonly\nfile f1 ext4 64p\nfile f2 dup f1\n";
  for (int i = 0; i < 64; ++i) {
    absl::StrAppend(&text, "map p", 2 * i + i / 5, " 2p shared r f", i % 3, "@", i / 2, "p\n");
    if (i % 2 == 1) absl::StrAppend(&text, "lock p", 2 * i + i / 5, " 1p\n");
  }
  absl::StrAppend(&text, "unlock p0 60p\ncall addr=p0 len=144p flags=MS_INVALIDATE|MS_SYNC\n",
                  "call addr=p3 len=0 flags=0\n");
  return Parsed(text);
}

struct Case {
  const char* name;
  const char* text;
  bool (*holds)(const Scenario&);
  const char* least;
};

void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

class Simplified : public testing::TestWithParam<Case> {};

TEST_P(Simplified, IsTheLeastThatAPersonWouldWrite) {
  const Scenario scenario = Parsed(GetParam().text);
  ASSERT_TRUE(GetParam().holds(scenario));
  EXPECT_EQ(Print(Minimise(scenario, ScenarioSimplifications(), GetParam().holds)),
            GetParam().least);
}

INSTANTIATE_TEST_SUITE_P(
    Scenario, Simplified,
    testing::Values(
        Case{"AnyCall", "map p3 4p private rw anon\ncall addr=p3+5 len=max flags=0xff\n",
             [](const Scenario&) { return true; }, "call addr=p0 len=1p flags=0\n"},
        Case{"LockedBehindAHole",
             "file f0 ext4 16p\nfile f1 dup f0\n"
             "map p7 2p shared rw f1@3p\nmap p20 9p shared r f0@0\nlock p22 3p\nwrite p7 1p\n"
             "call addr=p5 len=40p flags=MS_SYNC|MS_INVALIDATE\n"
             "call addr=p5 len=40p flags=MS_ASYNC\n",
             IsLockedBehindAHole,
             "map p1 1p private rw anon\nlock p1 1p\ncall addr=p0 len=2p flags=MS_INVALIDATE\n"},
        Case{"NoHole",
             "map p0 4p private r anon\nmap p4 2p private rw anon\nmap p6 1p shared rw anon\n"
             "protect p5 1p none\ncall addr=p0 len=7p flags=MS_SYNC\n",
             [](const Scenario& scenario) {
               return IsDecidedBy(scenario, "range.covered") && Shows(scenario, "MS_SYNC");
             },
             "map p0 1p private rw anon\ncall addr=p0 len=1p flags=MS_SYNC\n"},
        Case{"CallOfNoAccount",
             "map p5 1p private none anon\nlock-on-fault p5 1p\ncall addr=p0 len=1p flags=0\n",
             LocksWhatCannotBeTouched,
             "map p0 1p private none anon\nlock-on-fault p0 1p\ncall addr=p0 len=1p flags=0\n"},
        Case{"UnknownFlag", "call addr=last-3p+1 len=to-last flags=MS_SYNC|0xdead0000\n",
             [](const Scenario& scenario) { return IsDecidedBy(scenario, "flags.unknown"); },
             "call addr=p0 len=1p flags=0x8\n"},
        Case{"WrappingLength", "call addr=p1 len=-3p-5 flags=MS_ASYNC\n",
             [](const Scenario& scenario) { return IsDecidedBy(scenario, "range.wraps"); },
             "call addr=p0 len=-1p flags=0\n"},
        Case{"LargestLength", "call addr=p1 len=0xffffffffffffff00 flags=MS_ASYNC\n",
             [](const Scenario& scenario) {
               return IsDecidedBy(scenario, "range.empty") && !Shows(scenario, "len=0 ");
             },
             "call addr=p0 len=max flags=0\n"},
        Case{"UnalignedAddress", "call addr=p9+77 len=3 flags=MS_ASYNC\n",
             [](const Scenario& scenario) { return IsDecidedBy(scenario, "address.unaligned"); },
             "call addr=p0+1 len=1p flags=0\n"},
        Case{"Meanwhile",
             "file f0 fuse 8p writeback interruptible fsync=ENOSPC*3\n"
             "map p4 4p shared rw f0@2p\nmeanwhile 3 unmap p4 1p\n"
             "call addr=p4 len=4p flags=MS_SYNC\n",
             [](const Scenario& scenario) { return HasMeanwhile(scenario); },
             "meanwhile 1 unmap p0 1p\ncall addr=p0 len=1p flags=0\n"},
        Case{"AttachedWhole",
             "file f0 shm 12p readonly\nmap p8 12p shared r f0@0\n"
             "call addr=p8 len=12p flags=MS_SYNC\n",
             [](const Scenario& scenario) {
               return Shows(scenario, "shm") && Shows(scenario, "map");
             },
             "file f0 shm 1p\nmap p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n"}),
    [](const testing::TestParamInfo<Case>& row) { return std::string(row.param.name); });

// Every question that the tests below ask of a scenario.
struct Question {
  const char* name;
  bool (*holds)(const Scenario&);
};

void PrintTo(const Question& row, std::ostream* out) { *out << row.name; }

class LargeScenario : public testing::TestWithParam<Question> {};

int CountMaps(const Scenario& scenario) {
  return static_cast<int>(
      std::count_if(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
        const Step* step = std::get_if<Step>(&action);
        return step != nullptr && step->kind == StepKind::kMap;
      }));
}

TEST_P(LargeScenario, ComesToOneOfWhichNoActionCanBeLeftOut) {
  const auto holds = GetParam().holds;
  const Scenario scenario = LargeLayout();
  ASSERT_TRUE(holds(scenario));
  const Scenario least = Minimise(scenario, ScenarioSimplifications(), holds);
  EXPECT_TRUE(holds(least));
  EXPECT_TRUE(Validate(least).ok());
  for (size_t i = 0; i < least.actions.size(); ++i) {
    Scenario shorter = least;
    shorter.actions.erase(shorter.actions.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(Validate(shorter).ok() && holds(shorter)) << i << "\n" << Print(least);
  }
}

TEST_P(LargeScenario, IsMinimisedWithinTwoSecondsOfForkedRuns) {
  constexpr int kMostLooks = 1650;  // at 1.2 ms each
  int looks = 0;
  Minimise(LargeLayout(), ScenarioSimplifications(), [&looks](const Scenario& scenario) {
    ++looks;
    return GetParam().holds(scenario);
  });
  EXPECT_LE(looks, kMostLooks);
}

TEST_P(LargeScenario, IsTakenThroughValidAndEverSimplerOnes) {
  Scenario last = LargeLayout();
  Minimise(LargeLayout(), ScenarioSimplifications(), [&last](const Scenario& candidate) {
    EXPECT_TRUE(Validate(candidate).ok()) << Print(candidate);
    EXPECT_TRUE(IsSimpler(candidate, last)) << Print(candidate);
    EXPECT_EQ(Parse(Print(candidate)).value().scenario, candidate);
    const bool holds = GetParam().holds(candidate);
    if (holds) last = candidate;
    return holds;
  });
}

INSTANTIATE_TEST_SUITE_P(
    Scenario, LargeScenario,
    testing::Values(
        Question{"Anything", [](const Scenario&) { return true; }},
        Question{"Nothing", [](const Scenario& scenario) { return scenario == LargeLayout(); }},
        Question{"ALockBehindAHole", IsLockedBehindAHole},
        Question{"ALockedMappingAndAFilesystem",
                 [](const Scenario& scenario) {
                   return IsDecidedBy(scenario, "mapping.locked") && Shows(scenario, "ext4");
                 }},
        Question{"AReadOnlyFile",
                 [](const Scenario& scenario) { return Shows(scenario, "readonly"); }},
        Question{"ThreeLocks",
                 [](const Scenario& scenario) {
                   return absl::StrContains(Print(scenario), "lock p") && CountMaps(scenario) >= 3;
                 }},
        Question{"AllMappings",
                 [](const Scenario& scenario) { return CountMaps(scenario) == 64; }}),
    [](const testing::TestParamInfo<Question>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace msyncspec
