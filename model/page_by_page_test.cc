// SPDX-License-Identifier: MIT
#include "model/page_by_page.h"

#include <gtest/gtest.h>

#include <array>

#include "model/predict.h"
#include "model/profiles/profiles.h"
#include "model/tiny_machine.h"

namespace msyncspec {
namespace {

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
    const TinyLayout layout = Build(machine, kinds, choice);
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
