// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

#include <gtest/gtest.h>

namespace msyncspec {
namespace {

TEST(Profiles, AreChosenByTheEraThatTheVersionLiesIn) {
  EXPECT_EQ(ProfileFor({6, 18, 44})->name, "linux-6.18");
  EXPECT_EQ(ProfileFor({7, 2, 13})->name, "linux-6.18");
  EXPECT_EQ(ProfileFor({6, 12, 117})->name, "linux-5.18");
  EXPECT_EQ(ProfileFor({5, 18, 0})->name, "linux-5.18");
  EXPECT_EQ(ProfileFor({5, 10, 0})->name, "linux-3.16");
  EXPECT_EQ(ProfileFor({2, 2, 26})->name, "linux-1.3.21");
}

TEST(Profiles, AreNotGuessedForAnEraThatNoneCovers) {
  EXPECT_EQ(ProfileFor({2, 6, 32}), nullptr);
  EXPECT_EQ(ProfileFor({1, 2, 13}), nullptr);
}

TEST(Profiles, AreFoundByName) {
  EXPECT_EQ(FindProfile("linux-6.18")->since, (KernelVersion{6, 17, 0}));
  EXPECT_EQ(FindProfile("linux"), nullptr);
}

}  // namespace
}  // namespace msyncspec
