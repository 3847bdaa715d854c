// SPDX-License-Identifier: MIT
#include "harness/vectors/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using ::testing::ElementsAre;

Scenario Parsed(absl::string_view text) { return Parse(text)->scenario; }

const Answer* AnswerFor(const std::vector<Answer>& answers, absl::string_view profile) {
  for (const Answer& answer : answers) {
    for (const std::string& name : answer.profiles) {
      if (name == profile) return &answer;
    }
  }
  return nullptr;
}

int Conditions(absl::string_view text, absl::string_view profile = "linux-6.18") {
  return ConditionsOf(Parsed(text), *FindProfile(profile));
}

TEST(Answers, SayToWhomEachIsAcceptable) {
  const std::vector<Answer> answers =
      AnswersOf(Parsed("call addr=p0 len=1p flags=0"), *FindProfile("linux-1.3.21"));
  EXPECT_THAT(answers.front().profiles, ElementsAre("linux-1.3.21"));
  EXPECT_TRUE(answers.front().outcomes.IsOnly(Errno::kEFAULT));
  EXPECT_TRUE(AnswerFor(answers, "linux-6.18")->outcomes.IsOnly(Errno::kENOMEM));
}

TEST(Answers, ComeFirstForAProfileThatIsNotListed) {
  const Profile& profile = *FindProfile("linux-5.4-compat");
  const std::vector<Answer> answers =
      AnswersOf(Parsed("call addr=p0 len=0x100000000 flags=0"), profile);
  EXPECT_EQ(answers.front().rule, "range.empty");
}

TEST(Conditions, AreNoneWhereTheAnswerHoldsEverywhere) {
  EXPECT_EQ(Conditions("call addr=p0 len=1p flags=0x8"), 0);
  EXPECT_EQ(Conditions("map p0 1p private rw anon\ncall addr=p0 len=1 flags=0"), 0);
}

TEST(Conditions, NameThePageSizeWhereBytesAreCounted) {
  EXPECT_EQ(Conditions("map p1 1p private rw anon\ncall addr=p0+4096 len=1p flags=0"),
            kPagesOfItsSize);
}

TEST(Conditions, NameTheWidthOfTheRegisters) {
  EXPECT_EQ(Conditions("call addr=p0 len=0x100000000 flags=0"), kRegistersOfItsWidth);
  // For a 32-bit caller of a 64-bit kernel the largest length does not wrap.
  EXPECT_EQ(Conditions("call addr=p0 len=max flags=0"), kRegistersOfItsWidth);
}

TEST(Conditions, AreOfTheProfilesOwnWidthAndPages) {
  constexpr absl::string_view kFourGib = "call addr=p0 len=0x100000000 flags=0";
  EXPECT_EQ(Conditions(kFourGib, "linux-6.18-compat"), kRegistersOfItsWidth);
  EXPECT_EQ(Conditions("call addr=p0 len=max flags=0", "linux-6.18-compat"), kRegistersOfItsWidth);
  EXPECT_EQ(Conditions("call addr=p0 len=1p flags=0", "linux-6.18-compat"), 0);
  EXPECT_EQ(
      Conditions("map p1 1p private rw anon\ncall addr=p0+4096 len=1p flags=0", "linux-6.18-64k"),
      kPagesOfItsSize);
}

TEST(Conditions, NameWhatElseIsMapped) {
  constexpr absl::string_view kTrailingHole =
      "file f0 memfd 1p\nmap p0 1p shared rw f0@0\ncall addr=p0 len=2p flags=MS_SYNC";
  EXPECT_EQ(Conditions(kTrailingHole), 0);
  EXPECT_EQ(Conditions(kTrailingHole, "linux-2.6.17"), kNothingElseMapped);
}

}  // namespace
}  // namespace msyncspec
