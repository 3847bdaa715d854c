// SPDX-License-Identifier: MIT
#include "model/prediction.h"

#include <gtest/gtest.h>

namespace msyncspec {
namespace {

Outcomes Of(std::initializer_list<Errno> errors, Latitude latitude = Latitude::kDetermined) {
  Outcomes outcomes(latitude);
  for (const Errno error : errors) outcomes.Add(error);
  return outcomes;
}

TEST(Outcomes, AllowNothingUntilSomethingIsAdded) {
  const Outcomes none;
  EXPECT_EQ(none.size(), 0u);
  EXPECT_FALSE(none.Allow(Errno::kOk));
  EXPECT_FALSE(none.Allow(Errno::kEINVAL));
}

TEST(Outcomes, AreTheSameInWhateverOrderAndHoweverOftenTheyAreAdded) {
  EXPECT_EQ(Of({Errno::kEINVAL, Errno::kOk, Errno::kENOMEM, Errno::kOk}),
            Of({Errno::kOk, Errno::kENOMEM, Errno::kEINVAL}));
}

TEST(Outcomes, StandInTheOrderOfTheirNumbers) {
  const Outcomes outcomes = Of({Errno::kEINVAL, Errno::kEBUSY, Errno::kOk, Errno::kENOMEM});
  ASSERT_EQ(outcomes.size(), 4u);
  EXPECT_EQ(outcomes[0], Errno::kOk);
  EXPECT_EQ(outcomes[1], Errno::kENOMEM);
  EXPECT_EQ(outcomes[2], Errno::kEBUSY);
  EXPECT_EQ(outcomes[3], Errno::kEINVAL);
}

TEST(Outcomes, SayNothingAnyMoreWhereTheyAreMoreThanCanBeListed) {
  Outcomes outcomes;
  for (uint16_t number = 1; number <= 6; ++number) outcomes.Add(static_cast<Errno>(number));
  EXPECT_EQ(outcomes.latitude(), Latitude::kDetermined);
  outcomes.Add(static_cast<Errno>(6));
  EXPECT_EQ(outcomes.latitude(), Latitude::kDetermined);
  outcomes.Add(static_cast<Errno>(7));
  EXPECT_EQ(outcomes.size(), 6u);
  EXPECT_EQ(outcomes.latitude(), Latitude::kUnspecified);
  EXPECT_TRUE(outcomes.Allow(static_cast<Errno>(7)));
}

TEST(Outcomes, AreOnlyOneWhereNoOtherIsListedOrLeftOpen) {
  EXPECT_TRUE(Outcomes(Errno::kEBUSY).IsOnly(Errno::kEBUSY));
  EXPECT_FALSE(Outcomes(Errno::kEBUSY).IsOnly(Errno::kOk));
  EXPECT_FALSE(Of({Errno::kOk, Errno::kEBUSY}).IsOnly(Errno::kEBUSY));
  EXPECT_FALSE(Of({Errno::kEBUSY}, Latitude::kSilent).IsOnly(Errno::kEBUSY));
}

TEST(Outcomes, TakeTheWiderOfTwoLatitudes) {
  Outcomes outcomes(Latitude::kUnspecified);
  outcomes.Widen(Latitude::kSomeError);
  EXPECT_EQ(outcomes.latitude(), Latitude::kUnspecified);
  outcomes.Widen(Latitude::kUndefined);
  EXPECT_EQ(outcomes.latitude(), Latitude::kUndefined);
}

struct LatitudeRow {
  Latitude latitude;
  const char* name;
  bool allows_success, allows_an_error;
};

// Beside ENOMEM, which is listed.
constexpr LatitudeRow kLatitudes[] = {
    {Latitude::kDetermined, "", false, false},
    {Latitude::kSomeError, "some-error", false, true},
    {Latitude::kSilent, "silent", true, true},
    {Latitude::kImplementationDefined, "implementation-defined", true, true},
    {Latitude::kUnspecified, "unspecified", true, true},
    {Latitude::kUndefined, "undefined", true, true},
};

TEST(Latitude, SaysWhatIsAllowedBesideWhatIsListed) {
  for (const LatitudeRow& row : kLatitudes) {
    SCOPED_TRACE(row.name);
    const Outcomes outcomes = Of({Errno::kENOMEM}, row.latitude);
    EXPECT_TRUE(outcomes.Allow(Errno::kENOMEM));
    EXPECT_EQ(outcomes.Allow(Errno::kOk), row.allows_success);
    EXPECT_EQ(outcomes.Allow(Errno::kEIO), row.allows_an_error);
    EXPECT_FALSE(outcomes.Lists(Errno::kEIO));
  }
}

TEST(Latitude, IsFoundByItsNameUnlessItIsNone) {
  for (const LatitudeRow& row : kLatitudes) {
    EXPECT_EQ(std::string(LatitudeName(row.latitude)), row.name);
    if (row.latitude != Latitude::kDetermined) {
      EXPECT_EQ(LatitudeFromName(row.name), row.latitude);
    }
  }
  EXPECT_EQ(LatitudeFromName(""), std::nullopt);
  EXPECT_EQ(LatitudeFromName("Silent"), std::nullopt);
  EXPECT_EQ(LatitudeFromName("determined"), std::nullopt);
}

TEST(Text, PartsOutcomesByBarsAndPutsTheLatitudeLast) {
  EXPECT_EQ(Text(Outcomes()), "");
  EXPECT_EQ(Text(Outcomes(Errno::kOk)), "0");
  EXPECT_EQ(Text(Of({Errno::kEINVAL, Errno::kENOMEM})), "ENOMEM|EINVAL");
  EXPECT_EQ(Text(Of({Errno::kEBUSY, Errno::kOk}, Latitude::kUnspecified)), "0|EBUSY|unspecified");
  EXPECT_EQ(Text(Outcomes(Latitude::kSomeError)), "some-error");
  EXPECT_EQ(Text(Of({static_cast<Errno>(4000)})), "errno:4000");
}

}  // namespace
}  // namespace msyncspec
