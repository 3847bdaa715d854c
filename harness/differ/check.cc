// SPDX-License-Identifier: MIT
#include "harness/differ/check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "harness/differ/confirm.h"
#include "harness/executor/learn_kernel.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kWholeBudget = absl::Seconds(36);  // leaves time to confirm and report
constexpr absl::Duration kFilesBudget = absl::Seconds(30);  // comes on top
constexpr absl::Duration kLongestRandom = absl::Seconds(20);
constexpr absl::Duration kShortestRandom = absl::Seconds(2);
constexpr absl::Duration kServedBudget = absl::Seconds(10);

// A check while it runs.
class CheckRun {
 public:
  CheckRun(const CheckOptions& options, const Profile& profile, const CheckMaterial& material,
           FileProvider& provider, absl::FunctionRef<bool(const Progress&)> watch,
           CheckResult& result)
      : options_(options),
        corpus_(material.corpus),
        to_be_seen_(Concerning(result.kernel, material.to_be_seen)),
        known_(Concerning(result.kernel, material.known)),
        watch_(watch),
        result_(result),
        profile_(profile),
        provider_(provider) {}

  // Runs the stages whose scenarios are the same each time.
  void RunCertainStages() {
    if (!corpus_.empty()) {
      Run([&](const StageContext& context) { return RunCorpusStage(context, corpus_); });
    }
    if (!to_be_seen_.empty()) {
      Run([&](const StageContext& context) { return RunDeviationsStage(context, to_be_seen_); });
    }
    if (options_.scope > 0) {
      stage_end_ = ExhaustiveEnd();
      Run([&](const StageContext& context) { return RunExhaustiveStage(context, options_.scope); });
      stage_end_.reset();
    }
  }

  void RunRandomStages() {
    if (options_.random) {
      const absl::Duration rest =
          std::clamp(kWholeBudget - stopwatch_.Elapsed(), kShortestRandom, kLongestRandom);
      Run([&](const StageContext& context) { return RunRandomStage(context, Budgeted(rest, 4)); });
    }
    if (options_.injection) {
      Run([](const StageContext& context) { return RunInjectionStage(context); });
    }
    if (options_.served) {
      Run([&](const StageContext& context) {
        return RunServedStage(context, Budgeted(kServedBudget, 2));
      });
    }
    if (options_.files) {
      Run([&](const StageContext& context) {
        return RunFilesStage(context, Budgeted(kFilesBudget, 1));
      });
    }
  }

 private:
  // Runs a stage unless the user has broken off, and files what came of it.
  void Run(absl::FunctionRef<StageResult(const StageContext&)> stage) {
    if (result_.interrupted) return;
    const auto progress = [this](const Progress& now) { return Watch(now); };
    StageResult done = stage({profile_, provider_, progress});
    const bool has_cases = done.name == "corpus" || done.name == "deviations";
    // What is known is known of this system's own profile; of another it cannot be checked either.
    if (IsOfThisSystem(profile_)) SetApartKnown(known_, done);
    if (!has_cases) done.cases.push_back(AsOneCase(done));
    result_.stages.push_back(std::move(done));
  }

  Go Watch(const Progress& now) {
    if (!watch_(now)) result_.interrupted = true;
    if (result_.interrupted) return Go::kStop;
    const bool late = stage_end_.has_value() && stopwatch_.Elapsed() > *stage_end_;
    return late ? Go::kEnough : Go::kOn;
  }

  // How many of the stages from random on, of which `at_most` are left, are to run.
  int Sharing(int at_most) const {
    const bool runs[] = {options_.files, options_.served, options_.injection, options_.random};
    return static_cast<int>(std::count(runs, runs + at_most, true));
  }

  absl::Duration Left() const {
    return std::max(*options_.whole - stopwatch_.Elapsed(), kShortestRandom);
  }

  std::optional<absl::Duration> ExhaustiveEnd() const {
    if (options_.whole.has_value()) return stopwatch_.Elapsed() + Left() / (1 + Sharing(4));
    if (!options_.cutoff.has_value()) return std::nullopt;
    return stopwatch_.Elapsed() + *options_.cutoff;
  }

  RandomOptions Budgeted(absl::Duration usual, int at_most) const {
    RandomOptions random = options_.random_options;
    random.budget = options_.whole.has_value()
                        ? std::max(Left() / Sharing(at_most), kShortestRandom)
                        : options_.time.value_or(usual);
    return random;
  }

  const Stopwatch stopwatch_;
  const CheckOptions& options_;
  const std::vector<CorpusEntry>& corpus_;
  const std::vector<KnownDeviation> to_be_seen_;
  const std::vector<KnownDeviation> known_;
  const absl::FunctionRef<bool(const Progress&)> watch_;
  CheckResult& result_;
  const Profile& profile_;
  FileProvider& provider_;
  std::optional<absl::Duration> stage_end_;
};

}  // namespace

size_t CheckResult::Findings() const {
  size_t findings = 0;
  for (const StageResult& stage : stages) findings += stage.findings.size();
  return findings;
}

size_t CheckResult::Known() const {
  size_t known = 0;
  for (const StageResult& stage : stages) known += stage.known.size();
  return known;
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
                     const CheckMaterial& material, FileProvider& provider,
                     absl::FunctionRef<bool(const Progress&)> watch) {
  CheckResult result = {.profile = &profile,
                        .kernel = IdentifyKernel(),
                        .seed = options.random_options.seed,
                        .begin = absl::Now()};
  if (absl::Status status = TryOneCall(); !status.ok()) {
    const std::string why(status.message());
    (absl::IsUnavailable(status) ? result.refusal : result.failure) = why;
    return result;
  }
  if (absl::Status status = CanCheck(profile); !status.ok()) {
    result.refusal = std::string(status.message());
    return result;
  }
  CheckRun run(options, profile, material, provider, watch, result);
  result.kernel_facts = LearnKernelFacts(SmallestFiles());
  run.RunCertainStages();
  run.RunRandomStages();
  return result;
}

}  // namespace msyncspec
