// SPDX-License-Identifier: MIT
#include "harness/differ/run_and_judge.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "harness/executor/this_process.h"
#include "harness/scenario/predict_scenario.h"

namespace msyncspec {
namespace {

// How often a scenario is run again that another process has disturbed. A kernel that writes of
// itself at the wrong time disturbs every run, and is not excused.
constexpr int kUndisturbedTries = 3;

ScenarioRun RunOnce(const AnnotatedScenario& annotated, const Profile& profile,
                    FileProvider& provider) {
  ScenarioRun run = {RunScenario(annotated.scenario, profile.layout, provider, kScenarioDeadline),
                     {}};
  if (run.observation.ok()) {
    run.judgement = Judge(annotated, profile, *run.observation);
    return run;
  }
  const absl::Status& status = run.observation.status();
  run.judgement.verdict = SaysUnsupported(status) ? Verdict::kUnsupported : Verdict::kBroken;
  run.judgement.reason = std::string(status.message());
  // The model can be held against its author all the same.
  run.judgement.disagreements = CompareWithAuthor(annotated, profile);
  if (SaysUnsupported(status) && !run.judgement.disagreements.empty()) {
    run.judgement.verdict = Verdict::kDisagree;
  }
  return run;
}

// Before 6.16 it is FUSE itself that writes when nobody waits for it any more.
void ExcuseDisturbed(const AnnotatedScenario& annotated, const Profile& profile, ScenarioRun& run) {
  if (!run.judgement.disturbed || profile.layout.unmap_error == UnmapError::kCoarse) return;
  run.judgement = {.verdict = Verdict::kUnsupported,
                   .reason = "pages of a server were written when nobody had asked for it",
                   .disagreements = CompareWithAuthor(annotated, profile)};
  if (!run.judgement.disagreements.empty()) run.judgement.verdict = Verdict::kDisagree;
}

ScenarioRun RunUndisturbed(const AnnotatedScenario& annotated, const Profile& profile,
                           FileProvider& provider) {
  ScenarioRun run = RunOnce(annotated, profile, provider);
  for (int i = 0; i < kUndisturbedTries && run.judgement.disturbed; ++i) {
    ScenarioRun again = RunOnce(annotated, profile, provider);
    run.observation = std::move(again.observation);
    run.judgement = std::move(again.judgement);
  }
  ExcuseDisturbed(annotated, profile, run);
  return run;
}

// What says more of a scenario with several runs.
int Weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAgree:
      return 0;
    case Verdict::kUnsupported:
      return 1;
    case Verdict::kDisagree:
      return 2;
    case Verdict::kBroken:
      return 3;
  }
  return 3;
}

// Runs a scenario in which something happens at any moment once for each of these moments. Each run
// is held against what its own moment allows; the whole is as good as the worst of them.
ScenarioRun RunEachInterleaving(const AnnotatedScenario& annotated, const Profile& profile,
                                FileProvider& provider) {
  const ScenarioPrediction told = PredictScenario(annotated.scenario, profile, BareSurroundings());
  std::optional<ScenarioRun> worst;
  for (const Scenario& one :
       Interleavings(annotated.scenario, ServerWaits(annotated.scenario, told))) {
    ScenarioRun run = RunUndisturbed({one, {}}, profile, provider);
    const bool is_worse =
        !worst.has_value() || Weight(run.judgement.verdict) > Weight(worst->judgement.verdict);
    if (is_worse) worst.emplace(std::move(run));
  }
  for (const Disagreement& disagreement : CompareWithAuthor(annotated, profile)) {
    worst->judgement.disagreements.push_back(disagreement);
    if (worst->judgement.verdict != Verdict::kBroken) {
      worst->judgement.verdict = Verdict::kDisagree;
    }
  }
  return *std::move(worst);
}

}  // namespace

bool SaysUnsupported(const absl::Status& status) {
  return absl::IsUnimplemented(status) || absl::IsPermissionDenied(status);
}

ScenarioRun RunAndJudge(const AnnotatedScenario& annotated, const Profile& profile,
                        FileProvider& provider) {
  if (absl::Status status = CanCheck(profile); !status.ok()) {
    return {status, {.verdict = Verdict::kUnsupported, .reason = std::string(status.message())}};
  }
  const AnnotatedScenario as_called = {AsCalledBy(profile, annotated.scenario),
                                       annotated.expectations};
  return HasAnyMoment(as_called.scenario) ? RunEachInterleaving(as_called, profile, provider)
                                          : RunUndisturbed(as_called, profile, provider);
}

int CountConfirmations(const Scenario& scenario, const Profile& profile, FileProvider& provider,
                       const Disagreement& disagreement) {
  // An expectation is held against the model alone, which does not change from run to run.
  if (disagreement.subject == Subject::kExpectation) return kConfirmations;
  int confirmed = 0;
  for (int i = 0; i < kConfirmations; ++i) {
    const ScenarioRun run = RunAndJudge({scenario, {}}, profile, provider);
    confirmed += std::any_of(
        run.judgement.disagreements.begin(), run.judgement.disagreements.end(),
        [&disagreement](const Disagreement& again) { return again.SameAs(disagreement); });
  }
  return confirmed;
}

}  // namespace msyncspec
