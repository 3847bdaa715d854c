// SPDX-License-Identifier: MIT
#include "model/page_by_page.h"

#include <gtest/gtest.h>

#include <array>

#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// One kind of page, as both statements see it.
struct Kind {
  const char* name;
  Page page;
  Sharing sharing = Sharing::kPrivate;
  Lock lock = Lock::kUnlocked;
  FileId file = kNoFile;
};

// The files of the tiny machines.
enum : FileId { kPlainFile, kFileWithoutFsync, kFaultyFile };

constexpr std::array kAllKinds = {
    Kind{"hole", {}},
    Kind{"private", {.mapped = true}},
    Kind{"private locked", {.mapped = true, .locked = true}, Sharing::kPrivate, Lock::kLocked},
    Kind{"shared",
         {.mapped = true, .writes_through = true},
         Sharing::kShared,
         Lock::kUnlocked,
         kPlainFile},
    Kind{"shared locked",
         {.mapped = true, .locked = true, .writes_through = true},
         Sharing::kShared,
         Lock::kLockedOnFault,
         kPlainFile},
    Kind{"shared from a read-only descriptor",
         {.mapped = true},
         Sharing::kSharedReadOnlyFile,
         Lock::kUnlocked,
         kPlainFile},
    Kind{"shared without fsync",
         {.mapped = true, .writes_through = true, .has_fsync = false},
         Sharing::kShared,
         Lock::kUnlocked,
         kFileWithoutFsync},
    Kind{"shared and faulty",
         {.mapped = true, .writes_through = true, .fsync_error = Errno::kEIO},
         Sharing::kShared,
         Lock::kUnlocked,
         kFaultyFile},
};

// A layout of the tiny machine in both forms. Offsets equal addresses, so that equal neighbours
// join and a synced byte names the page it was mapped at.
struct Layout {
  std::vector<Page> pages;
  AddressSpace space;
};

Layout Build(const Machine& machine, std::span<const Kind> kinds, uint64_t choice) {
  const uint64_t pages = (machine.LastPage().value / machine.page_size.count) + 1;
  Layout layout;
  layout.space.files() = {FileFacts{Fsync::kWrites}, FileFacts{Fsync::kNone},
                          FileFacts{Fsync::kWrites, Errno::kEIO}};
  for (uint64_t i = 0; i < pages; ++i, choice /= kinds.size()) {
    const Kind& kind = kinds[choice % kinds.size()];
    layout.pages.push_back(kind.page);
    if (!kind.page.mapped) continue;
    const Address begin = {i * machine.page_size.count};
    layout.space.Insert({.begin = begin,
                         .end = begin + machine.page_size,
                         .offset = {kind.file >= 0 ? begin.value : 0},
                         .file = kind.file,
                         .sharing = kind.sharing,
                         .lock = kind.lock});
  }
  return layout;
}

std::vector<uint64_t> SyncedPages(const Machine& machine, const Prediction& prediction) {
  std::vector<uint64_t> pages;
  for (const SyncedRange& request : prediction.syncs) {
    EXPECT_EQ(request.kind, SyncKind::kDataOnly);
    if (request.answer != Errno::kOk) continue;
    for (Bytes at = request.begin; at < request.end; at = at + machine.page_size) {
      pages.push_back(at.count / machine.page_size.count);
    }
  }
  return pages;
}

// Compares the two statements for every layout of `kinds`, every address, length and flags below
// `flags_end`. Returns the number of calls compared.
uint64_t CompareAll(const Machine& machine, std::span<const Kind> kinds, uint64_t flags_end) {
  const Profile& profile = *FindProfile("linux-6.18");
  const uint64_t addresses = uint64_t{1} << machine.address_bits;
  uint64_t layouts = 1;
  for (uint64_t i = 0; i < addresses / machine.page_size.count; ++i) layouts *= kinds.size();
  uint64_t compared = 0;
  Prediction prediction;
  for (uint64_t choice = 0; choice < layouts; ++choice) {
    const Layout layout = Build(machine, kinds, choice);
    for (uint64_t i = 0; i < addresses * addresses * flags_end; ++i, ++compared) {
      const Call call = {.addr = {i % addresses},
                         .length = {i / addresses % addresses},
                         .flags = SyncFlags(i / addresses / addresses)};
      const PlainAnswer plain = AnswerPageByPage(machine, layout.pages, call);
      Predict(profile, machine, layout.space, call, prediction);
      if (prediction.outcomes == Outcomes(plain.result) &&
          SyncedPages(machine, prediction) == plain.synced) {
        continue;
      }
      ADD_FAILURE() << "layout " << choice << " addr " << call.addr.value << " length "
                    << call.length.count << " flags " << call.flags.word() << ": page by page "
                    << ErrnoName(plain.result) << ", walk " << ErrnoName(prediction.outcomes[0])
                    << " by " << prediction.rule->id;
      return compared;
    }
  }
  return compared;
}

TEST(PageByPage, AgreesWithTheWalkOnEveryCallOfAMachineWithFourPages) {
  const Machine machine = {.address_bits = 4, .argument_bits = 4, .page_size = {4}};
  EXPECT_EQ(CompareAll(machine, kAllKinds, 16), 4096u * 16 * 16 * 16);
}

TEST(PageByPage, AgreesWithTheWalkOnEveryCallOfAMachineWithEightPages) {
  constexpr std::array kKinds = {kAllKinds[0], kAllKinds[3], kAllKinds[4]};
  const Machine machine = {.address_bits = 4, .argument_bits = 4, .page_size = {2}};
  EXPECT_EQ(CompareAll(machine, kKinds, 8), 6561u * 16 * 16 * 8);
}

}  // namespace
}  // namespace msyncspec
