// SPDX-License-Identifier: MIT
//
// Another thread makes one page another while a file is synced: whichever page, whatever it
// becomes, and whichever sync it is.
#include <gtest/gtest.h>

#include <optional>

#include "model/page_by_page.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"
#include "model/tiny_machine.h"

namespace msyncspec {
namespace {

// Eight pages, of which the first four are used: the walk ends in front of others.
constexpr Machine kMachine = {.address_bits = 4, .argument_bits = 4, .page_size = {2}};
constexpr uint64_t kPages = 4;
constexpr uint64_t kSync = 4, kSyncAndInvalidate = 6;

// `page` becomes one of `kind` during the sync number `at`.
struct Change {
  int at = 1;
  uint64_t page = 0;
  const Kind& kind;
};

PlainAnswer Plain(const TinyLayout& layout, const Call& call, const Change& change) {
  return AnswerPageByPage(kMachine, layout.pages, call, [&](int n, std::vector<Page>& pages) {
    if (n == change.at) pages[change.page] = change.kind.page;
  });
}

Prediction Walked(const TinyLayout& layout, const Call& call, const Change& change) {
  static const Profile& profile = *FindProfile("linux-6.18");
  AddressSpace space = layout.space;
  int syncs = 0;
  return Explain(profile, kMachine, space, call,
                 [&](const SyncedRange&) {
                   if (++syncs != change.at) return false;
                   Put(kMachine, change.kind, change.page, space);
                   return true;
                 })
      .prediction;
}

// Returns how often a call syncs where nobody changes anything, but for one that fails.
int Syncs(const TinyLayout& layout, const Call& call) {
  int syncs = 0;
  AnswerPageByPage(kMachine, layout.pages, call, [&](int n, std::vector<Page>&) { syncs = n; });
  return syncs;
}

// Compares the two statements for every change that `call` can meet. Returns their number, or
// nothing after a failure.
std::optional<uint64_t> CompareAll(const TinyLayout& layout, const Call& call) {
  uint64_t compared = 0;
  const int syncs = Syncs(layout, call);
  for (int at = 1; at <= syncs; ++at) {
    for (uint64_t page = 0; page < kPages; ++page) {
      for (const Kind& kind : kAllKinds) {
        const Change change = {at, page, kind};
        const PlainAnswer plain = Plain(layout, call, change);
        const Prediction walked = Walked(layout, call, change);
        ++compared;
        if (walked.outcomes == Outcomes(plain.result) &&
            SyncedPages(kMachine, walked) == plain.synced) {
          continue;
        }
        ADD_FAILURE() << "addr " << call.addr.value << " length " << call.length.count << " flags "
                      << call.flags.word() << ", page " << page << " becomes " << kind.name
                      << " during sync " << at << ": page by page " << ErrnoName(plain.result)
                      << ", walk " << ErrnoName(walked.outcomes[0]) << " by " << walked.rule->id;
        return std::nullopt;
      }
    }
  }
  return compared;
}

TEST(PageByPage, AgreesWithTheWalkWhateverPageAnotherThreadChangesDuringWhicheverSync) {
  uint64_t layouts = 1, compared = 0;
  for (uint64_t page = 0; page < kPages; ++page) layouts *= kAllKinds.size();
  for (uint64_t choice = 0; choice < layouts; ++choice) {
    const TinyLayout layout = Build(kMachine, kAllKinds, choice);
    for (uint64_t i = 0; i < kPages * kPages * 2; ++i) {
      const uint64_t begin = i % kPages, pages = 1 + i / kPages % kPages;
      const Call call = {.addr = {begin * kMachine.page_size.count},
                         .length = {pages * kMachine.page_size.count},
                         .flags = SyncFlags(i < kPages * kPages ? kSync : kSyncAndInvalidate)};
      const std::optional<uint64_t> changes = CompareAll(layout, call);
      ASSERT_TRUE(changes.has_value()) << "layout " << choice;
      compared += *changes;
    }
  }
  EXPECT_GT(compared, 1'000'000u) << "hardly any call was changed while it waited";
}

}  // namespace
}  // namespace msyncspec
