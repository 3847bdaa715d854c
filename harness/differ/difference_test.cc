// SPDX-License-Identifier: MIT
//
// When two predictions differ, and in which way: rows written by hand, no scope is visited.
#include "harness/differ/difference.h"

#include <gmock/gmock.h>

#include "harness/differ/claims.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr Rule kOne = {.id = "rule.one"};
constexpr Rule kOther = {.id = "rule.other"};

const Profile& Kernel() { return *FindProfile("linux-6.18"); }
const Profile& OtherKernel() { return *FindProfile("linux-3.16"); }
const Profile& Document() { return *FindProfile("posix-2017"); }
const Profile& OtherDocument() { return *FindProfile("hp-ux-11i-v3"); }

Outcomes Set(std::initializer_list<Errno> listed, Latitude latitude = Latitude::kDetermined) {
  Outcomes outcomes(latitude);
  for (const Errno each : listed) outcomes.Add(each);
  return outcomes;
}

SyncedRange Pages(uint64_t begin, uint64_t end, SyncKind kind = SyncKind::kDataOnly) {
  return {.file = 0, .begin = {4096 * begin}, .end = {4096 * end}, .kind = kind};
}

struct RelationRow {
  Outcomes a, b;
  Relation relation;
};

TEST(DifferenceOf, NamesHowTheOutcomesStandToOneAnother) {
  const RelationRow kRows[] = {
      {Set({Errno::kOk}), Set({Errno::kENOMEM}), Relation::kExclude},
      {Set({Errno::kOk}), Set({}, Latitude::kSomeError), Relation::kExclude},
      {Set({Errno::kEINVAL, Errno::kEBUSY}), Set({Errno::kEINVAL, Errno::kENOMEM}),
       Relation::kOverlap},
      {Set({Errno::kOk, Errno::kEINVAL}), Set({}, Latitude::kSomeError), Relation::kOverlap},
      {Set({Errno::kEINVAL, Errno::kEBUSY}), Set({Errno::kEINVAL}), Relation::kFirstOpen},
      {Set({}, Latitude::kUndefined), Set({Errno::kEIO}), Relation::kFirstOpen},
      {Set({Errno::kOk}, Latitude::kSilent), Set({}, Latitude::kSomeError), Relation::kFirstOpen},
      {Set({Errno::kEINVAL}), Set({Errno::kEINVAL, Errno::kEBUSY}), Relation::kSecondOpen},
      {Set({Errno::kENOMEM}), Set({}, Latitude::kSomeError), Relation::kSecondOpen},
  };
  for (const RelationRow& row : kRows) {
    const auto key = DifferenceOf(Document(), {.outcomes = row.a, .rule = &kOne}, OtherDocument(),
                                  {.outcomes = row.b, .rule = &kOther});
    ASSERT_TRUE(key.has_value()) << Text(row.a) << " and " << Text(row.b);
    EXPECT_EQ(key->relation, row.relation) << Text(row.a) << " and " << Text(row.b);
    EXPECT_EQ(key->a.decides, "rule.one");
    EXPECT_EQ(key->b.decides, "rule.other");
  }
}

// Which rule decides is no matter where the outcomes are the same.
TEST(DifferenceOf, IsNothingWhereBothSayTheSame) {
  const Prediction one = {.outcomes = Set({Errno::kENOMEM}), .rule = &kOne};
  const Prediction other = {.outcomes = Set({Errno::kENOMEM}), .rule = &kOther};
  EXPECT_FALSE(DifferenceOf(Kernel(), one, OtherKernel(), other).has_value());
  EXPECT_FALSE(DifferenceOf(Document(), one, Kernel(), other).has_value());
  EXPECT_FALSE(DifferenceOf(Document(), one, OtherDocument(), other).has_value());
}

TEST(DifferenceOf, TellsAKernelsAnswerButNotADocumentsSet) {
  const Prediction zero = {.outcomes = Set({Errno::kOk}), .rule = &kOne};
  const Prediction error = {.outcomes = Set({Errno::kEBUSY}), .rule = &kOther};
  const auto kernels = DifferenceOf(Kernel(), zero, OtherKernel(), error);
  ASSERT_TRUE(kernels.has_value());
  EXPECT_EQ(kernels->a.decides, "rule.one 0");
  EXPECT_EQ(kernels->b.decides, "rule.other EBUSY");
  const auto mixed = DifferenceOf(Document(), zero, Kernel(), error);
  ASSERT_TRUE(mixed.has_value());
  EXPECT_EQ(mixed->a.decides, "rule.one");
  EXPECT_EQ(mixed->b.decides, "rule.other EBUSY");
}

TEST(DifferenceOf, NamesTheKindsOfThingsThatAreDoneToFilesOnce) {
  const Prediction data = {
      .outcomes = Set({Errno::kOk}), .rule = &kOne, .syncs = {Pages(0, 1), Pages(2, 3)}};
  const Prediction whole = {
      .outcomes = Set({Errno::kOk}),
      .rule = &kOne,
      .syncs = {{.file = 0, .end = SyncedRange::kToEndOfFile, .kind = SyncKind::kFull}}};
  const auto key = DifferenceOf(Kernel(), data, OtherKernel(), whole);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->relation, Relation::kFiles);
  EXPECT_EQ(key->a.done, (std::vector<std::pair<SyncKind, bool>>{{SyncKind::kDataOnly, false}}));
  EXPECT_EQ(key->b.done, (std::vector<std::pair<SyncKind, bool>>{{SyncKind::kFull, true}}));
  EXPECT_EQ(key->a.decides, "");
}

struct ClaimRow {
  std::string name;
  std::vector<SyncedRange> done, claims;
  bool satisfied = true;
};

TEST(Claims, AreSatisfiedByWhatDoesThemOrMore) {
  const SyncedRange whole = {.file = 0, .end = SyncedRange::kToEndOfFile, .kind = SyncKind::kFull};
  const SyncedRange other_file = {.file = 1, .end = {4096}};
  const ClaimRow kRows[] = {
      {"nothing is claimed", {}, {}},
      {"nothing is claimed, much is done", {Pages(0, 9)}, {}},
      {"nothing is done", {}, {Pages(0, 1, SyncKind::kUpdated)}, false},
      {"the same", {Pages(0, 1)}, {Pages(0, 1, SyncKind::kUpdated)}},
      {"fsync is more", {Pages(0, 1, SyncKind::kFull)}, {Pages(0, 1, SyncKind::kUpdated)}},
      {"waiting is more", {Pages(0, 1)}, {Pages(0, 1, SyncKind::kScheduled)}},
      {"marked pages are written some time",
       {Pages(0, 1, SyncKind::kMarkedDirty)},
       {Pages(0, 1, SyncKind::kScheduled)}},
      {"scheduled is not waited for",
       {Pages(0, 1, SyncKind::kScheduled)},
       {Pages(0, 1, SyncKind::kUpdated)},
       false},
      {"marked is not waited for",
       {Pages(0, 1, SyncKind::kMarkedDirty)},
       {Pages(0, 1, SyncKind::kUpdated)},
       false},
      {"syncing invalidates nothing", {Pages(0, 1)}, {Pages(0, 1, SyncKind::kInvalidated)}, false},
      {"the whole file", {whole}, {Pages(3, 9, SyncKind::kUpdated)}},
      {"a page short", {Pages(0, 1)}, {Pages(0, 2, SyncKind::kUpdated)}, false},
      {"beginning late", {Pages(1, 2)}, {Pages(0, 2, SyncKind::kUpdated)}, false},
      {"in pieces", {Pages(1, 2), Pages(0, 1)}, {Pages(0, 2, SyncKind::kUpdated)}},
      {"with a gap", {Pages(0, 1), Pages(2, 3)}, {Pages(0, 3, SyncKind::kUpdated)}, false},
      {"of another file", {other_file}, {Pages(0, 1, SyncKind::kUpdated)}, false},
      {"one of two claims",
       {Pages(0, 1)},
       {Pages(0, 1, SyncKind::kUpdated), Pages(0, 1, SyncKind::kInvalidated)},
       false},
  };
  for (const ClaimRow& row : kRows) {
    EXPECT_EQ(Satisfies(row.done, row.claims), row.satisfied) << row.name;
  }
}

TEST(Claims, OfADocumentAllowAKernelToDoMore) {
  const Prediction claims = {.outcomes = Set({Errno::kOk}), .rule = &kOne};
  const Prediction does = {.outcomes = Set({Errno::kOk}), .rule = &kOne, .syncs = {Pages(0, 1)}};
  EXPECT_TRUE(SyncsAgree(Document(), claims, Kernel(), does));
  EXPECT_TRUE(SyncsAgree(Kernel(), does, Document(), claims));
  EXPECT_FALSE(SyncsAgree(Kernel(), does, OtherKernel(), claims));
  EXPECT_FALSE(SyncsAgree(Document(), does, OtherDocument(), claims));
}

TEST(Claims, MeantForSuccessSayNothingOfAnError) {
  const Prediction claims = {.outcomes = Set({Errno::kOk, Errno::kEINVAL}),
                             .rule = &kOne,
                             .syncs = {Pages(0, 1, SyncKind::kUpdated)}};
  const Prediction fails = {.outcomes = Set({Errno::kEINVAL}), .rule = &kOne};
  const Prediction succeeds = {.outcomes = Set({Errno::kOk}), .rule = &kOne};
  EXPECT_TRUE(SyncsAgree(Document(), claims, Kernel(), fails));
  EXPECT_FALSE(SyncsAgree(Document(), claims, Kernel(), succeeds));
}

}  // namespace
}  // namespace msyncspec
