// SPDX-License-Identifier: MIT
#include "harness/differ/profile_matrix.h"

#include <gtest/gtest.h>

#include "harness/differ/profile_diff.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

std::vector<const Profile*> Some() {
  std::vector<const Profile*> some;
  for (const char* name : {"linux-3.16", "linux-5.4", "linux-6.18", "linux-6.18-16k",
                           "symbian-open-c", "man-pages-6.03"}) {
    some.push_back(FindProfile(name));
  }
  return some;
}

TEST(ProfileMatrix, HasTheNumberOfWaysOfEachPair) {
  const std::vector<const Profile*> some = Some();
  const auto counts = CountDifferences(some);
  ASSERT_EQ(counts.size(), some.size());
  for (size_t i = 0; i < some.size(); ++i) {
    ASSERT_EQ(counts[i].size(), some.size());
    EXPECT_EQ(counts[i][i], 0u);
    for (size_t j = i + 1; j < some.size(); ++j) {
      const ProfileDiff diff = DiffProfiles(*some[i], *some[j]);
      EXPECT_EQ(counts[i][j], diff.differences.size() + diff.unshown.size())
          << some[i]->name << " " << some[j]->name;
      EXPECT_EQ(counts[i][j], counts[j][i]) << some[i]->name << " " << some[j]->name;
    }
  }
}

TEST(ProfileMatrix, CountsNothingBetweenEqualProfiles) {
  const Profile copy_of_kernel = *FindProfile("linux-6.18");
  const Profile copy_of_document = *FindProfile("posix-2017");
  const auto counts = CountDifferences(
      {FindProfile("linux-6.18"), &copy_of_kernel, FindProfile("posix-2017"), &copy_of_document});
  EXPECT_EQ(counts[0][1], 0u);
  EXPECT_EQ(counts[2][3], 0u);
  EXPECT_GT(counts[0][2], 0u);
  EXPECT_EQ(counts[0][2], counts[1][3]);
}

TEST(ProfileMatrix, HasTheNumbersOfHistory) {
  const auto counts = CountDifferences({FindProfile("linux-2.6.19"), FindProfile("linux-3.16"),
                                        FindProfile("linux-4.13"), FindProfile("man-pages-ru"),
                                        FindProfile("man-pages-6.03")});
  EXPECT_EQ(counts[0][1], 1u);  // the range and its data alone
  EXPECT_EQ(counts[1][2], 1u);  // who hears of errors
  EXPECT_EQ(counts[0][2], 2u);  // both
  EXPECT_EQ(counts[3][4], 0u);  // a translation
}

TEST(ProfileMatrix, OfNothingIsEmpty) { EXPECT_TRUE(CountDifferences({}).empty()); }

}  // namespace
}  // namespace msyncspec
