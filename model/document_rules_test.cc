// SPDX-License-Identifier: MIT
#include "model/document_rules.h"

#include <gmock/gmock.h>

#include "model/drawn_layout.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Situations.

// 256 addresses in 16 pages, the last of them from 240 on.
constexpr Machine kSmall = {.address_bits = 8, .argument_bits = 8, .page_size = {16}};

// All of it is mapped but the last page, which never is.
AddressSpace SmallSpace() {
  AddressSpace space;
  space.Insert({.begin = {0}, .end = {240}, .sharing = Sharing::kShared});
  return space;
}

struct FactRow {
  const char* claim;
  const char* pages;  // as Draw has them; null for the small machine
  Call call;
  bool Situation::*fact;
  bool expected;
};

constexpr Call At(uint64_t from, uint64_t length, uint64_t flags = kSync) {
  return {kFirstPage + Bytes{from}, {length}, SyncFlags(flags)};
}
constexpr Call Small(uint64_t addr, uint64_t length) {
  return {{addr}, {length}, SyncFlags(kSync)};
}

const FactRow kFacts[] = {
    {"the flags are told apart", "s", At(0, 1, kAsync), &Situation::async, true},
    {"the flags are told apart", "s", At(0, 1, kAsync), &Situation::sync, false},
    {"the flags are told apart", "s", At(0, 1, kInvalidate), &Situation::invalidate, true},
    {"a bit of no flag is unknown", "s", At(0, 1, kUnknown), &Situation::unknown_flag, true},
    {"the three flags are known", "s", At(0, 1, 7), &Situation::unknown_flag, false},
    {"an address within a page is not aligned", "s", At(1, 1), &Situation::aligned, false},
    {"an address at a page is", "s", At(0, 1), &Situation::aligned, true},

    {"one byte too many is in the next page", "s.", At(0, kPage + 1), &Situation::unmapped, true},
    {"the last byte of a page is not", "s.", At(0, kPage), &Situation::unmapped, false},
    {"a hole between mappings is unmapped", "s.s", At(0, 3 * kPage), &Situation::unmapped, true},
    {"a hole before them is unmapped", ".s", At(0, 2 * kPage), &Situation::unmapped, true},
    {"two bytes can be in two pages", "sP", At(kPage - 1, 2), &Situation::locked, true},
    {"and one in one", "sP", At(kPage - 1, 1), &Situation::locked, false},
    {"a page behind the range is not in it", "s.P", At(0, 2 * kPage), &Situation::locked, false},
    {"private memory is told", "sp", At(0, 2 * kPage), &Situation::is_private, true},
    {"private memory has no file", "sp", At(0, 2 * kPage), &Situation::anonymous, true},
    {"shared memory without a file is anonymous", "a", At(0, 1), &Situation::anonymous, true},
    {"and not private", "a", At(0, 1), &Situation::is_private, false},
    {"a file is not anonymous", "sr", At(0, 2 * kPage), &Situation::anonymous, false},
    {"a file without fsync cannot be synced", "sn", At(0, 2 * kPage), &Situation::unsyncable, true},
    {"it does not fail", "sn", At(0, 2 * kPage), &Situation::failing, false},
    {"a file whose fsync fails is told", "sf", At(0, 2 * kPage), &Situation::failing, true},

    {"length 0 is empty", "s", At(0, 0), &Situation::empty, true},
    {"an empty range holds no page, not one unmapped", ".", At(0, 0), &Situation::unmapped, false},
    {"nor one that is locked", "SS", At(0, 0), &Situation::locked, false},
    {"nor the one that addr lies in", "SS", At(kPage, 0), &Situation::locked, false},

    {"the longest length is not rounded to nothing", "s", At(0, ~uint64_t{0}), &Situation::unmapped,
     true},
    {"it is not empty", "s", At(0, ~uint64_t{0}), &Situation::empty, false},
    {"it passes the end of the address space", "s", At(0, ~uint64_t{0}), &Situation::too_long,
     true},
    {"a length up to the end does not pass it", nullptr, Small(16, 240), &Situation::too_long,
     false},
    {"one more does", nullptr, Small(16, 241), &Situation::too_long, true},
    {"the whole of the small machine cannot be named", nullptr, Small(0, 255), &Situation::too_long,
     false},
    {"length 0 passes nothing, at the last address neither", nullptr, Small(255, 0),
     &Situation::too_long, false},
    {"a byte of the last page is at the end", nullptr, Small(16, 225), &Situation::at_the_end,
     true},
    {"a byte before it is not", nullptr, Small(16, 224), &Situation::at_the_end, false},
    {"the last page is not mapped", nullptr, Small(16, 225), &Situation::unmapped, true},
    {"what precedes it is", nullptr, Small(16, 224), &Situation::unmapped, false},
    {"length 0 within the last page holds nothing", nullptr, Small(240, 0), &Situation::at_the_end,
     false},

    {"a length with its highest bit is negative", nullptr, Small(16, 128), &Situation::negative,
     true},
    {"it may be mapped all the same", nullptr, Small(16, 128), &Situation::unmapped, false},
    {"one less is positive", nullptr, Small(16, 127), &Situation::negative, false},
};

TEST(Situation, TellsWhatIsTheCase) {
  for (const FactRow& row : kFacts) {
    const bool small = row.pages == nullptr;
    const AddressSpace space = small ? SmallSpace() : Draw(row.pages);
    const Situation situation = SituationOf(small ? kSmall : Machine{}, space, row.call);
    EXPECT_EQ(situation.*row.fact, row.expected) << row.claim;
  }
}

bool IsRegion(const AddressSpace& space, uint64_t from, uint64_t length) {
  return SituationOf({}, space, At(from, length)).is_region;
}

TEST(Situation, KnowsARegionByWhatOneMmapMade) {
  const AddressSpace space = Draw(".ss|s");
  ASSERT_EQ(space.mappings().size(), 1u) << "the neighbours join";
  EXPECT_TRUE(IsRegion(space, kPage, 2 * kPage));
  EXPECT_TRUE(IsRegion(space, 3 * kPage, kPage));
  EXPECT_FALSE(IsRegion(space, kPage, 3 * kPage)) << "two regions, though one mapping";
  EXPECT_FALSE(IsRegion(space, kPage, kPage)) << "a part";
  EXPECT_FALSE(IsRegion(space, kPage, 2 * kPage - 1)) << "not rounded";
  EXPECT_FALSE(IsRegion(space, 0, kPage)) << "a hole";
}

TEST(Situation, KnowsNoRegionAnyMoreOnceAPartOfItIsGone) {
  AddressSpace space = Draw("ss|s");
  space.Remove({kFirstPage, kFirstPage + Bytes{kPage}});
  EXPECT_FALSE(IsRegion(space, 0, 2 * kPage));
  EXPECT_FALSE(IsRegion(space, kPage, kPage));
  EXPECT_TRUE(IsRegion(space, 2 * kPage, kPage));
}

TEST(Situation, KnowsARegionStillWhereAttributesSplitIt) {
  AddressSpace space = Draw("ss");
  space.Update({kFirstPage, kFirstPage + Bytes{kPage}},
               [](Mapping& mapping) { mapping.lock = Lock::kLocked; });
  ASSERT_EQ(space.mappings().size(), 2u);
  EXPECT_TRUE(IsRegion(space, 0, 2 * kPage));
}

// Clauses.

bool Always(const Situation&) { return true; }
bool Never(const Situation&) { return false; }

DocumentRule Clause(absl::string_view id, Force force) {
  return {.rule = {.id = id}, .when = Always, .force = force};
}

DocumentRule Fails(Errno error) {
  DocumentRule clause = Clause("a.error", Force::kFails);
  clause.error = error;
  return clause;
}

DocumentRule MayFail(Errno error) {
  DocumentRule clause = Clause("a.possible_error", Force::kMayFail);
  clause.error = error;
  return clause;
}

DocumentRule Open(Latitude latitude, Force force = Force::kLeavesOpen) {
  DocumentRule clause = Clause("a.freedom", force);
  clause.latitude = latitude;
  return clause;
}

const DocumentRule kSuccess = Clause("a.success", Force::kSucceeds);

Explanation Read(const std::vector<DocumentRule>& clauses, absl::string_view pages = "s",
                 const Call& call = At(0, kPage)) {
  Explanation explanation;
  ReadClauses(clauses, {}, Draw(pages), call, explanation.prediction, &explanation.steps);
  return explanation;
}

struct UnionRow {
  const char* claim;
  std::vector<DocumentRule> clauses;
  const char* outcomes;
  const char* by;
};

TEST(ReadClauses, AllowsTheUnionOfWhatApplies) {
  DocumentRule not_now = Fails(Errno::kEBUSY), of_another = Fails(Errno::kEFAULT);
  not_now.when = Never;
  of_another.of = "linux-1.3.21";
  const UnionRow rows[] = {
      {"without an error the call succeeds", {kSuccess}, "0", "a.success"},
      {"an error excludes success", {kSuccess, Fails(Errno::kEINVAL)}, "EINVAL", "a.error"},
      {"errors have no precedence",
       {Fails(Errno::kEINVAL), Fails(Errno::kENOMEM)},
       "ENOMEM|EINVAL",
       "a.error"},
      {"an error that may come leaves success",
       {kSuccess, MayFail(Errno::kEINVAL)},
       "0|EINVAL",
       "a.success"},
      {"an error that may come joins one that does",
       {kSuccess, MayFail(Errno::kEINVAL), Fails(Errno::kENOMEM)},
       "ENOMEM|EINVAL",
       "a.error"},
      {"some error excludes success",
       {kSuccess, Clause("a.failure", Force::kFailsSomehow)},
       "some-error",
       "a.failure"},
      {"some error leaves those that are named",
       {Clause("a.failure", Force::kFailsSomehow), Fails(Errno::kEINVAL)},
       "EINVAL|some-error",
       "a.failure"},
      {"what is left open leaves success",
       {kSuccess, Open(Latitude::kSilent)},
       "0|silent",
       "a.freedom"},
      {"what callers are told not to do is left open",
       {kSuccess, Open(Latitude::kUnspecified, Force::kForbids)},
       "0|unspecified",
       "a.freedom"},
      {"the widest latitude counts",
       {Open(Latitude::kUnspecified), Open(Latitude::kUndefined), Open(Latitude::kSilent)},
       "0|undefined",
       "a.freedom"},
      {"silence beside an error leaves open which error it is, and no success",
       {Fails(Errno::kEINVAL), Open(Latitude::kSilent)},
       "EINVAL|some-error",
       "a.error"},
      {"what is unspecified is so beside an error, too",
       {Fails(Errno::kEINVAL), Open(Latitude::kUnspecified)},
       "EINVAL|unspecified",
       "a.error"},
      {"clauses that do not apply are not heard", {kSuccess, not_now}, "0", "a.success"},
      {"clauses about other systems are passed over", {of_another, kSuccess}, "0", "a.success"},
      {"statements and effects decide nothing",
       {Clause("a.statement", Force::kStates), Clause("an.effect", Force::kSyncs), kSuccess},
       "0",
       "a.success"},
  };
  for (const UnionRow& row : rows) {
    SCOPED_TRACE(row.claim);
    const Prediction prediction = Read(row.clauses).prediction;
    EXPECT_EQ(Text(prediction.outcomes), row.outcomes);
    EXPECT_EQ(prediction.rule->id, row.by);
  }
}

// Effects.

SyncedRange Pages(uint64_t begin, uint64_t end, SyncKind kind = SyncKind::kUpdated) {
  return {.file = kDisk, .begin = {begin * kPage}, .end = {end * kPage}, .kind = kind};
}

const DocumentRule kSyncs = Clause("an.effect", Force::kSyncs);

TEST(ReadClauses, SyncsTheSharedFilesInTheWholePagesOfTheRange) {
  EXPECT_THAT(Read({kSyncs}, "sspas", At(kPage + 1, 3 * kPage)).prediction.syncs,
              ElementsAre(Pages(1, 2), Pages(4, 5)));
}

TEST(ReadClauses, SyncsNothingInAnEmptyRange) {
  EXPECT_THAT(Read({kSyncs}, "ss", At(kPage, 0)).prediction.syncs, IsEmpty());
}

TEST(ReadClauses, SyncsNothingWhereTheCallFailsUnlessAClauseSaysSo) {
  const DocumentRule anyway = Clause("an.effect", Force::kSyncsAnyway);
  EXPECT_THAT(Read({kSyncs, Fails(Errno::kEIO)}).prediction.syncs, IsEmpty());
  EXPECT_THAT(Read({anyway, Fails(Errno::kEIO)}).prediction.syncs, ElementsAre(Pages(0, 1)));
}

TEST(ReadClauses, SyncsAsEachClauseSaysInTheirOrder) {
  DocumentRule invalidates = kSyncs;
  invalidates.sync = SyncKind::kInvalidated;
  EXPECT_THAT(Read({invalidates, kSyncs}).prediction.syncs,
              ElementsAre(Pages(0, 1, SyncKind::kInvalidated), Pages(0, 1)));
}

TEST(ReadClauses, SyncsOneByteMoreWhereTheRangeIsClosed) {
  DocumentRule closed = kSyncs;
  closed.closed = true;
  EXPECT_THAT(Read({closed}, "sss", At(0, 2 * kPage)).prediction.syncs, ElementsAre(Pages(0, 3)));
  EXPECT_THAT(Read({closed}, "sss", At(0, 2 * kPage - 1)).prediction.syncs,
              ElementsAre(Pages(0, 2)));
  EXPECT_THAT(Read({closed}, "ss.", At(0, 2 * kPage)).prediction.syncs, ElementsAre(Pages(0, 2)));
  EXPECT_THAT(Read({closed}, "ss", At(0, 0)).prediction.syncs, IsEmpty());
}

TEST(ReadClauses, ExplainsByWhatAppliesAndHasSomethingToSay) {
  const std::vector<DocumentRule> clauses = {Clause("a.statement", Force::kStates), kSuccess,
                                             kSyncs, MayFail(Errno::kEIO), Fails(Errno::kEINVAL)};
  const Explanation explanation = Read(clauses);
  std::vector<absl::string_view> ids;
  for (const TraceStep& step : explanation.steps) ids.push_back(step.rule->id);
  EXPECT_THAT(ids, ElementsAre("a.possible_error", "a.error"));
}

}  // namespace
}  // namespace msyncspec
