// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_CHECK_H_
#define MSYNCSPEC_HARNESS_DIFFER_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "harness/differ/known_deviation.h"
#include "harness/differ/stage.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/kernel_facts.h"
#include "model/profile.h"

namespace msyncspec {

// What a check is to do. The defaults end within 40 seconds where the target agrees, on slow
// machines too: kselftest's runner ends a program after 45. Confirming findings comes on top.
struct CheckOptions {
  int scope = 4;  // of the exhaustive stage, in page slots; 0 leaves it out
  bool random = true;
  bool injection = false, served = false, files = false;  // the stages about effects alone
  RandomOptions random_options;
  std::optional<absl::Duration> time;    // of the random stage; nothing: what is left, at most 20 s
  std::optional<absl::Duration> cutoff;  // of the exhaustive stage; nothing: it runs to its end
  // Of all stages, in place of `time` and `cutoff`: the corpus and the deviations run to their end,
  // and the others share what is left.
  std::optional<absl::Duration> whole;
};

// What a check takes from the corpus.
struct CheckMaterial {
  std::vector<CorpusEntry> corpus;         // for the corpus stage; there is none without them
  std::vector<KnownDeviation> to_be_seen;  // for the deviations stage, likewise
  std::vector<KnownDeviation> known;       // what is one of these is no finding
};

// What a check did, and whom it was about.
struct CheckResult {
  const Profile* profile = nullptr;
  KernelIdentity kernel;
  KernelFacts kernel_facts;  // of every backing that can be made here
  uint64_t seed = 0;
  absl::Time begin;  // by the system's clock
  std::vector<StageResult> stages;
  std::vector<std::string> blind;  // what is not seen of files here, and why
  std::string refusal;             // why nothing at all can be run here; empty if it can
  std::string failure;       // why the harness failed before the first stage; empty if it did not
  bool interrupted = false;  // the user broke it off

  size_t Findings() const;
  size_t Known() const;                // known deviations that were met
  uint64_t Compared() const;           // calls
  std::string HarnessFailure() const;  // why the harness failed; empty if it did not
};

// Runs the stages of a check on this kernel, one after the other. Deviations that do not concern
// this kernel are passed over. `watch` is told the progress, and returns false where the user
// breaks off.
CheckResult RunCheck(const CheckOptions& options, const Profile& profile,
                     const CheckMaterial& material, FileProvider& provider,
                     absl::FunctionRef<bool(const Progress&)> watch);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_CHECK_H_
