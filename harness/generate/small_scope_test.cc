// SPDX-License-Identifier: MIT
#include "harness/generate/small_scope.h"

#include <gmock/gmock.h>

#include <array>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::Contains;

const Profile& Newest() { return *FindProfile("linux-6.18"); }

void Visit(absl::FunctionRef<void(const SmallCase&)> visit) {
  const std::array<const Profile*, 1> one = {&Newest()};
  VisitSmallScope(one, visit);
}

// The lines of a scenario of one page at p0 and the call that is easiest to read.
TEST(SmallScope, HasEveryKindOfSlot) {
  const std::string kLayouts[] = {
      "",
      "map p0 1p private rw anon\n",
      "file f0 memfd 1p\nmap p0 1p shared rw f0@0\n",
      "file f0 memfd 1p\nmap p0 1p private rw f0@0\n",
      "map p0 1p shared rw anon\n",
      "map p0 1p private rw anon locked\n",
      "file f0 memfd 1p\nmap p0 1p shared rw f0@0 locked\n",
      "file f0 memfd 1p readonly\nmap p0 1p shared r f0@0\n",
      "file f0 perf 1p\nmap p0 1p shared rw f0@0\n",
      "file f0 fuse 1p fsync=EIO\nmap p0 1p shared rw f0@0\n",
  };
  std::set<std::string> seen;
  Visit([&seen](const SmallCase& each) {
    if (each.scenario.actions.size() <= 2) seen.insert(Print(each.scenario));
  });
  for (const std::string& layout : kLayouts) {
    EXPECT_THAT(seen, Contains(absl::StrCat(layout, "call addr=p0 len=1p flags=0\n")));
  }
}

TEST(SmallScope, HasEveryCombinationOfThreeSlots) {
  std::set<std::string> layouts;
  Visit([&layouts](const SmallCase& each) {
    const SymbolicCall& call = std::get<SymbolicCall>(each.scenario.actions.back());
    if (call == SymbolicCall{{.pages = 0}, {.pages = 1}, SyncFlags(0)}) {
      layouts.insert(Print(each.scenario));
    }
  });
  EXPECT_EQ(layouts.size(), 1000u);  // ten kinds at each of three places
}

TEST(SmallScope, MakesValidScenariosOfStepsAndOneCall) {
  uint64_t cases = 0;
  Visit([&cases](const SmallCase& each) {
    ++cases;
    const size_t steps = each.scenario.actions.size() - 1;
    ASSERT_LE(steps, 3u);
    for (size_t i = 0; i < steps; ++i) {
      ASSERT_TRUE(std::holds_alternative<Step>(each.scenario.actions[i]));
    }
    ASSERT_TRUE(std::holds_alternative<SymbolicCall>(each.scenario.actions.back()));
    ASSERT_EQ(each.predictions.size(), 1u);
    if (cases % 97 != 0) return;  // all calls recur in each layout
    ASSERT_TRUE(Validate(each.scenario).ok()) << Print(each.scenario);
  });
  EXPECT_GT(cases, 1000000u);
}

struct CallRow {
  std::string call;  // where nothing is mapped
  AddressTag tag = kNoTag;
};

TEST(SmallScope, HasTheCallsAtTheBoundaries) {
  const std::string tagged = "call addr=p0+0xa00000000000000 len=1p flags=0\n";
  const CallRow kRows[] = {
      {"call addr=p0 len=0 flags=0\n"},
      {"call addr=p0+1 len=1p flags=0\n"},
      {"call addr=0x0 len=max flags=0\n"},
      {"call addr=last len=1p flags=MS_SYNC\n"},
      {"call addr=p0 len=max flags=MS_SYNC\n"},
      {"call addr=p0 len=max-1p+1 flags=0\n"},
      {"call addr=p0 len=to-last flags=0\n"},
      {"call addr=p0 len=to-last+1 flags=0\n"},
      {"call addr=p0 len=1p+1 flags=MS_INVALIDATE\n"},
      {"call addr=p0 len=1p flags=MS_ASYNC|MS_SYNC|MS_INVALIDATE\n"},
      {"call addr=p0 len=1p flags=0x8\n"},
      {"call addr=p0 len=1p flags=0x80000000\n"},
      {"call addr=p0 len=1p flags=0x100000000\n"},
      {tagged},
      {tagged, kTopByteTag},
      {tagged, kLinearAddressMask},
  };
  std::map<std::string, std::vector<AddressTag>> seen;
  Visit([&seen](const SmallCase& each) {
    if (each.scenario.actions.size() == 1) seen[Print(each.scenario)].push_back(each.tag);
  });
  for (const CallRow& row : kRows) EXPECT_THAT(seen[row.call], Contains(row.tag)) << row.call;
}

TEST(SmallScope, TagsOnlyAddressesThatCarryOne) {
  Visit([](const SmallCase& each) {
    if (each.tag == kNoTag) return;
    const SymbolicCall& call = std::get<SymbolicCall>(each.scenario.actions.back());
    ASSERT_NE(static_cast<uint64_t>(call.addr.bytes) & each.tag.mask, 0u);
  });
}

unsigned CostOf(const std::string& text) {
  std::optional<unsigned> cost;
  Visit([&](const SmallCase& each) {
    if (!cost.has_value() && each.scenario.actions.size() <= 4 && Print(each.scenario) == text) {
      cost = each.cost;
    }
  });
  EXPECT_TRUE(cost.has_value()) << text;
  return cost.value_or(0);
}

struct CostRow {
  std::string easier, harder;
};

TEST(SmallScope, CostsMoreWhereMoreHasToBeRead) {
  const std::string call = "call addr=p0 len=1p flags=0\n";
  const CostRow kRows[] = {
      {call, "map p0 1p private rw anon\n" + call},
      {"map p0 1p private rw anon\n" + call, "map p1 1p private rw anon\n" + call},
      {"map p0 1p private rw anon\n" + call, "map p0 1p private rw anon locked\n" + call},
      {"map p0 1p private rw anon\n" + call,
       "file f0 fuse 1p fsync=EIO\nmap p0 1p shared rw f0@0\n" + call},
      {"file f0 fuse 1p fsync=EIO\nmap p0 1p shared rw f0@0\n" + call,
       "map p0 1p private rw anon\nmap p1 1p private rw anon\n" + call},
      {call, "call addr=p0 len=1p flags=MS_SYNC\n"},
      {"call addr=p0 len=1p flags=MS_SYNC\n", "call addr=p0 len=1p flags=0x8\n"},
      {call, "call addr=p0 len=max flags=0\n"},
      {call, "call addr=p0+1 len=1p flags=0\n"},
  };
  for (const CostRow& row : kRows) {
    EXPECT_LT(CostOf(row.easier), CostOf(row.harder)) << row.easier << "and\n" << row.harder;
  }
}

TEST(SmallScope, IsTheSameWhoeverIsAsked) {
  std::vector<size_t> alone, together;
  const std::hash<std::string> hash;
  const auto key = [&hash](const SmallCase& each) {
    const SymbolicCall& call = std::get<SymbolicCall>(each.scenario.actions.back());
    return hash(absl::StrCat(Print(call), " ", each.cost, " ", each.tag.mask));
  };
  Visit([&](const SmallCase& each) { alone.push_back(key(each)); });
  const std::array<const Profile*, 3> three = {FindProfile("linux-6.18-64k"),
                                               FindProfile("posix-2017"), &Newest()};
  VisitSmallScope(three, [&](const SmallCase& each) {
    ASSERT_EQ(each.predictions.size(), 3u);
    together.push_back(key(each));
  });
  EXPECT_EQ(alone, together);
}

// What a profile is asked to explain is what it predicted.
TEST(SmallScope, ExplainsWhatItPredicts) {
  const std::array<const Profile*, 2> two = {FindProfile("man-pages-6.03"), &Newest()};
  uint64_t cases = 0;
  VisitSmallScope(two, [&](const SmallCase& each) {
    if (++cases % 101 != 0) return;
    for (size_t i = 0; i < two.size(); ++i) {
      const Prediction explained = each.explain(i).prediction;
      ASSERT_EQ(explained.outcomes, each.predictions[i].outcomes) << Print(each.scenario);
      ASSERT_EQ(explained.rule, each.predictions[i].rule) << Print(each.scenario);
      ASSERT_EQ(explained.syncs, each.predictions[i].syncs) << Print(each.scenario);
    }
  });
}

}  // namespace
}  // namespace msyncspec
