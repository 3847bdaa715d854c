// SPDX-License-Identifier: MIT
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/known_deviation.h"
#include "harness/differ/run_and_judge.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

bool IsAmong(const KnownDeviation& deviation, const std::vector<Disagreement>& disagreements) {
  return std::any_of(
      disagreements.begin(), disagreements.end(),
      [&deviation](const Disagreement& each) { return deviation.HasKey(KeyOf(each)); });
}

int CountRunsWithout(const KnownDeviation& deviation, const StageContext& context) {
  int without = 0;
  for (int i = 0; i < kConfirmations; ++i) {
    const ScenarioRun run =
        RunAndJudge({deviation.scenario, {}}, context.profile, context.provider);
    const bool judged =
        run.judgement.verdict == Verdict::kAgree || run.judgement.verdict == Verdict::kDisagree;
    without += judged && !IsAmong(deviation, run.judgement.disagreements);
  }
  return without;
}

// Adds the finding that a deviation is none any more to the case and to the stage.
void AddOutdated(const KnownDeviation& deviation, const StageContext& context, CaseResult& whole,
                 StageResult& result) {
  const Disagreement outdated = {
      .subject = Subject::kDeviation,
      .action = deviation.scenario.actions.size() - 1,
      .rule = deviation.key.substr(0, deviation.key.find('-')),
      .expected = absl::StrCat("the known deviation ", deviation.key),
      .observed = absl::StrCat("no such thing: delete ", deviation.path)};
  whole.verdict = Verdict::kDisagree;
  whole.disagreements.push_back(outdated);
  result.findings.push_back({.scenario = deviation.scenario,
                             .disagreement = outdated,
                             .origin = deviation.path,
                             .command = CommandFor({deviation.scenario, {}}, context.profile),
                             .confirmations = CountRunsWithout(deviation, context),
                             .file = deviation.path,
                             .line = 1});
}

CaseResult RunDeviation(const KnownDeviation& deviation, const StageContext& context,
                        StageResult& result) {
  CaseResult whole = RunInStage(context, {deviation.scenario, {}}, deviation.path, result);
  whole.name = deviation.Name();
  const bool judged = whole.verdict == Verdict::kAgree || whole.verdict == Verdict::kDisagree;
  if (judged && !IsAmong(deviation, whole.disagreements)) {
    AddOutdated(deviation, context, whole, result);
  }
  return whole;
}

}  // namespace

bool IsOfThisSystem(const Profile& profile) {
  const Profile* running = ProfileOf(IdentifyKernel());
  return running != nullptr && running->name == profile.name;
}

StageResult RunDeviationsStage(const StageContext& context,
                               const std::vector<KnownDeviation>& deviations) {
  StageResult result = {.name = "deviations"};
  const Stopwatch stopwatch;
  result.complete = true;
  const bool ours = IsOfThisSystem(context.profile);
  for (size_t i = 0; i < deviations.size() && result.complete; ++i) {
    if (!ours) {
      const std::string why = absl::StrCat(context.profile.name, " is not this system's profile");
      result.cases.push_back(
          {.name = deviations[i].Name(), .verdict = Verdict::kUnsupported, .reason = why});
      ++result.unsupported[why].layouts;
      continue;
    }
    const double done = static_cast<double>(i) / static_cast<double>(deviations.size());
    if (context.progress({.stage = result.name, .done = done}) == Go::kStop) {
      result.complete = false;
      break;
    }
    result.cases.push_back(RunDeviation(deviations[i], context, result));
    result.complete = result.status.ok();
  }
  result.duration = stopwatch.Elapsed();
  return result;
}

}  // namespace msyncspec
