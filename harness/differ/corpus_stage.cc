// SPDX-License-Identifier: MIT
#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/judge.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/scenario/parse.h"

namespace msyncspec {

StageResult RunCorpusStage(const StageContext& context, const std::vector<CorpusEntry>& corpus) {
  StageResult result = {.name = "corpus"};
  const Stopwatch stopwatch;
  result.complete = true;
  for (const CorpusEntry& entry : corpus) {
    const Progress now = {
        .stage = result.name,
        .done = static_cast<double>(result.layouts) / static_cast<double>(corpus.size()),
        .layouts = result.layouts,
        .calls = result.calls,
        .suspects = result.findings.size()};
    if (context.progress(now) != Go::kOn) {
      result.complete = false;
      break;
    }
    absl::StatusOr<AnnotatedScenario> annotated = Parse(entry.text);
    if (!annotated.ok()) {
      result.status =
          absl::InternalError(absl::StrCat(entry.path, ":", annotated.status().message()));
      break;
    }
    const ScenarioRun run = RunAndJudge(*annotated, context.profile, context.provider);
    const Judgement& judgement = run.judgement;
    if (judgement.verdict == Verdict::kBroken) {
      result.status = absl::InternalError(absl::StrCat(entry.path, ": ", judgement.reason));
      break;
    }
    TakeJudgement(run, result);
    for (const Disagreement& disagreement : judgement.disagreements) {
      const int confirmations =
          CountConfirmations(annotated->scenario, context.profile, context.provider, disagreement);
      AddOnce({.scenario = annotated->scenario,
               .disagreement = disagreement,
               .origin = entry.path,
               .command = CommandFor(*annotated, context.profile),
               .confirmations = confirmations},
              result);
    }
  }
  result.complete &= result.status.ok();
  result.duration = stopwatch.Elapsed();
  return result;
}

}  // namespace msyncspec
