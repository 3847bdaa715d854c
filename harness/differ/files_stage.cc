// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/generate/file_scenario.h"

namespace msyncspec {
namespace {

// The kinds of files whose effects can be seen in some way.
constexpr std::array kKinds = {Backing::kFuse,  Backing::kExt4,    Backing::kXfs,   Backing::kBtrfs,
                               Backing::kTmpfs, Backing::kOverlay, Backing::kMemfd, Backing::kBlock,
                               Backing::kFull,  Backing::kDeleted, Backing::kDisk};

// What is known of a stage while it runs.
class FilesStage {
 public:
  FilesStage(const StageContext& context, const RandomOptions& options, std::string name)
      : context_(context), options_(options) {
    result_.name = std::move(name);
  }

  // Runs one scenario; returns whether the stage can go on.
  bool Run(const Scenario& scenario, const std::string& origin) {
    return RunInStage(context_, {scenario, {}}, origin, result_).verdict != Verdict::kBroken;
  }

  // Asks whoever watches whether the stage is to go on.
  bool GoesOn(double done) {
    const Go go = context_.progress({.stage = result_.name,
                                     .done = done,
                                     .layouts = result_.layouts,
                                     .calls = result_.calls,
                                     .suspects = result_.findings.size()});
    if (go == Go::kStop) stopped_ = true;
    return go == Go::kOn;
  }

  double DoneByTime() const {
    return std::min(1.0, absl::FDivDuration(stopwatch_.Elapsed(), options_.budget));
  }

  StageResult Finish() {
    result_.complete = result_.status.ok() && !stopped_;
    result_.duration = stopwatch_.Elapsed();
    return std::move(result_);
  }

 private:
  const StageContext& context_;
  const RandomOptions& options_;
  const Stopwatch stopwatch_;
  StageResult result_;
  bool stopped_ = false;
};

}  // namespace

StageResult RunInjectionStage(const StageContext& context) {
  const RandomOptions options;
  FilesStage stage(context, options, "injection");
  for (int i = 0; i < CountInjections(); ++i) {
    if (!stage.GoesOn(static_cast<double>(i) / CountInjections())) break;
    if (!stage.Run(MakeInjection(i), absl::StrCat("injection ", i))) break;
  }
  return stage.Finish();
}

StageResult RunFilesStage(const StageContext& context, const RandomOptions& options) {
  FilesStage stage(context, options, "files");
  for (uint64_t i = 0; i < options.count && stage.DoneByTime() < 1; ++i) {
    if (!stage.GoesOn(stage.DoneByTime())) break;
    const uint64_t index = options.first + i;
    const Scenario scenario = MakeFileScenario(options.seed, index, kKinds[index % kKinds.size()]);
    if (!stage.Run(scenario, absl::StrCat("seed ", options.seed, ", files ", index))) break;
  }
  return stage.Finish();
}

}  // namespace msyncspec
