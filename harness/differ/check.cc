// SPDX-License-Identifier: MIT
#include "harness/differ/check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/executor/learn_kernel.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kWholeBudget = absl::Seconds(36);  // leaves time to confirm and report
constexpr absl::Duration kFilesBudget = absl::Seconds(30);  // comes on top
constexpr absl::Duration kLongestRandom = absl::Seconds(20);
constexpr absl::Duration kShortestRandom = absl::Seconds(2);
constexpr absl::Duration kServedBudget = absl::Seconds(10);

}  // namespace

size_t CheckResult::Findings() const {
  size_t findings = 0;
  for (const StageResult& stage : stages) findings += stage.findings.size();
  return findings;
}

uint64_t CheckResult::Compared() const {
  uint64_t calls = 0;
  for (const StageResult& stage : stages) calls += stage.calls;
  return calls;
}

std::string CheckResult::HarnessFailure() const {
  if (!failure.empty()) return failure;
  for (const StageResult& stage : stages) {
    if (!stage.status.ok()) return absl::StrCat(stage.name, ": ", stage.status.message());
  }
  return "";
}

CheckResult RunCheck(const CheckOptions& options, const Profile& profile,
                     const std::vector<CorpusEntry>& corpus, FileProvider& provider,
                     absl::FunctionRef<bool(const Progress&)> watch) {
  CheckResult result = {
      .profile = &profile, .kernel = IdentifyKernel(), .seed = options.random_options.seed};
  if (absl::Status status = TryOneCall(); !status.ok()) {
    const std::string why(status.message());
    (absl::IsUnavailable(status) ? result.refusal : result.failure) = why;
    return result;
  }

  if (absl::Status status = CanCheck(profile); !status.ok()) {
    result.refusal = std::string(status.message());
    return result;
  }

  const Stopwatch whole;
  result.kernel_facts = LearnKernelFacts(SmallestFiles());
  std::optional<absl::Duration> stage_end;
  const auto progress = [&](const Progress& now) {
    if (!watch(now)) result.interrupted = true;
    if (result.interrupted) return Go::kStop;
    return stage_end.has_value() && whole.Elapsed() > *stage_end ? Go::kEnough : Go::kOn;
  };
  const StageContext context = {profile, provider, progress};

  if (options.corpus) result.stages.push_back(RunCorpusStage(context, corpus));
  if (options.scope > 0 && !result.interrupted) {
    if (options.cutoff.has_value()) stage_end = whole.Elapsed() + *options.cutoff;
    result.stages.push_back(RunExhaustiveStage(context, options.scope));
    stage_end.reset();
  }
  if (options.random && !result.interrupted) {
    RandomOptions random = options.random_options;
    random.budget = options.time.value_or(
        std::clamp(kWholeBudget - whole.Elapsed(), kShortestRandom, kLongestRandom));
    result.stages.push_back(RunRandomStage(context, random));
  }
  if (options.injection && !result.interrupted) {
    result.stages.push_back(RunInjectionStage(context));
  }
  if (options.served && !result.interrupted) {
    RandomOptions served = options.random_options;
    served.budget = options.time.value_or(kServedBudget);
    result.stages.push_back(RunServedStage(context, served));
  }
  if (options.files && !result.interrupted) {
    RandomOptions random = options.random_options;
    random.budget = options.time.value_or(kFilesBudget);
    result.stages.push_back(RunFilesStage(context, random));
  }
  return result;
}

}  // namespace msyncspec
