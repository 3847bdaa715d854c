// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_STAGES_TO_TEST_H_
#define MSYNCSPEC_HARNESS_DIFFER_STAGES_TO_TEST_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "harness/differ/stage.h"
#include "harness/executor/this_process.h"
#include "model/profiles/profiles.h"

// How the tests of the stages run them on the running kernel.
namespace msyncspec {

inline constexpr absl::Duration kLong = absl::Minutes(5);  // a budget that nothing here uses up
inline constexpr int kScope = 2;

// A scenario for each wrong profile, and one that needs no file.
inline const std::vector<CorpusEntry>& SmallCorpus() {
  static const std::vector<CorpusEntry> kEntries = {
      {"holes", "map p0 1p private r anon\ncall addr=p0 len=2p flags=0\n"},
      {"locks", "map p0 1p private r anon locked\ncall addr=p0 len=1p flags=MS_INVALIDATE\n"},
      {"arguments",
       "call addr=p0+1 len=0 flags=0\ncall addr=p0 len=0 flags=MS_ASYNC|MS_SYNC\n"
       "call addr=p0 len=0 flags=0x8\n"},
      {"fsync", "file f0 secret 1p\nmap p0 1p shared r f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n"},
      {"files", "file f0 memfd 1p\nmap p0 1p shared r f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n"}};
  return kEntries;
}

inline Go GoOn(const Progress&) { return Go::kOn; }

inline const Profile& RightProfile() { return *ProfileFor(IdentifyKernel().version); }

// Runs every stage; the random one makes `count` scenarios.
inline std::array<StageResult, 3> RunStages(const Profile& profile, FileProvider& provider,
                                            ProgressFunction progress, uint64_t count) {
  const StageContext context = {profile, provider, progress};
  return {RunCorpusStage(context, SmallCorpus()), RunExhaustiveStage(context, kScope),
          RunRandomStage(context, {.seed = 1, .count = count, .budget = kLong})};
}

inline StageResult RunRandom(const Profile& profile, FileProvider& provider,
                             ProgressFunction progress, const RandomOptions& options) {
  return RunRandomStage({profile, provider, progress}, options);
}

inline uint64_t UnsupportedLayouts(const StageResult& result) {
  uint64_t layouts = 0;
  for (const auto& [reason, count] : result.unsupported) layouts += count.layouts;
  return layouts;
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_STAGES_TO_TEST_H_
