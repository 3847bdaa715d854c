// SPDX-License-Identifier: MIT
#include "harness/scenario/minimise.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Numbers = std::vector<int>;

void Halve(Minimising<int>& number) {
  while (number.Try(number.value() / 2)) {
  }
}
void CountDown(Minimising<int>& number) { number.Try(number.value() - 1); }

const Simplifications<int> kSmaller = {.ways = {Halve, CountDown},
                                       .is_simpler = [](const int& candidate, const int& than) {
                                         return 0 <= candidate && candidate < than;
                                       }};

// The order in which a list is simpler: fewer numbers first, then their sum.
bool IsSimplerList(const Numbers& candidate, const Numbers& than) {
  if (candidate.size() != than.size()) return candidate.size() < than.size();
  int sum = 0;
  for (const int number : candidate) sum += number;
  for (const int number : than) sum -= number;
  return sum < 0;
}

void LeaveOneOut(Minimising<Numbers>& list) {
  for (size_t i = list.value().size(); i-- > 0;) {
    Numbers shorter = list.value();
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    list.Try(shorter);
  }
}

TEST(Minimise, ComesToTheSmallestOfWhichItHolds) {
  EXPECT_EQ(Minimise(1000, kSmaller, [](int number) { return number >= 37; }), 37);
  EXPECT_EQ(Minimise(1000, kSmaller, [](int) { return true; }), 0);
}

TEST(Minimise, LeavesAValueOfWhichNothingSimplerHolds) {
  EXPECT_EQ(Minimise(1000, kSmaller, [](int) { return false; }), 1000);
  const Simplifications<int> none = {.ways = {}, .is_simpler = kSmaller.is_simpler};
  EXPECT_EQ(Minimise(1000, none, [](int) { return true; }), 1000);
}

TEST(Minimise, TriesAWayAgainAfterALaterOneHasHelped) {
  // The half of 15 does not hold, that of 14 would not either, and that of 13 does.
  std::vector<int> taken;
  const int least = Minimise(15, kSmaller, [&taken](int number) {
    const bool holds = number == 14 || number == 13 || number == 6;
    if (holds) taken.push_back(number);
    return holds;
  });
  EXPECT_EQ(least, 6);
  EXPECT_THAT(taken, ElementsAre(14, 13, 6));
}

TEST(Minimise, NeverLooksAtWhatIsNotSimpler) {
  const Simplifications<int> upwards = {
      .ways = {[](Minimising<int>& number) { number.Try(number.value() + 1); },
               [](Minimising<int>& number) { number.Try(number.value()); }},
      .is_simpler = kSmaller.is_simpler};
  std::vector<int> seen;
  EXPECT_EQ(Minimise(7, upwards,
                     [&seen](int number) {
                       seen.push_back(number);
                       return true;
                     }),
            7);
  EXPECT_THAT(seen, IsEmpty());
}

TEST(Minimise, KeepsOfAListWhatIsNeeded) {
  const Simplifications<Numbers> shorter = {.ways = {LeaveOneOut}, .is_simpler = IsSimplerList};
  const auto has_both = [](const Numbers& list) {
    return std::count(list.begin(), list.end(), 3) > 0 &&
           std::count(list.begin(), list.end(), 8) > 0;
  };
  EXPECT_THAT(Minimise(Numbers{1, 3, 5, 8, 3, 9}, shorter, has_both), ElementsAre(3, 8));
}

TEST(Minimise, GoesOnFromWhereItWasAndNotFromTheStart) {
  const Simplifications<Numbers> shorter = {.ways = {LeaveOneOut}, .is_simpler = IsSimplerList};
  size_t looks = 0;
  const Numbers least = Minimise(Numbers(100, 1), shorter, [&looks](const Numbers&) {
    ++looks;
    return true;
  });
  EXPECT_THAT(least, IsEmpty());
  EXPECT_EQ(looks, 100);
}

}  // namespace
}  // namespace msyncspec
