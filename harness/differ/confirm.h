// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_CONFIRM_H_
#define MSYNCSPEC_HARNESS_DIFFER_CONFIRM_H_

#include <string>

#include "harness/differ/stage.h"
#include "harness/differ/sweep.h"
#include "harness/scenario/expectation.h"
#include "model/profile.h"

namespace msyncspec {

// Runs `whole`, in which a sweep suspected something at the action `suspect.item`, by itself, as
// far as that action, and adds what comes of it to the findings of `result`, unless it is there
// already. `command` repeats it; empty stands for a command that carries the whole scenario. A
// suspect that a fresh process does not show at all is added with no confirmation: it is unstable,
// which is a finding of its own kind.
void AddFindings(const StageContext& context, const Scenario& whole, const Suspect& suspect,
                 const std::string& origin, const std::string& command, StageResult& result);

// Runs `annotated` by itself and adds to `result` what was compared, or why it could not be, and
// its findings, which were made at `origin`. Returns what became of it, by that name; if it is
// broken, the stage cannot go on.
CaseResult RunInStage(const StageContext& context, const AnnotatedScenario& annotated,
                      const std::string& origin, StageResult& result);

// Returns what became of a whole stage, as one case of the name kWholeStage.
CaseResult AsOneCase(const StageResult& result);

// Adds `finding` unless one that is the same is there.
void AddOnce(Finding finding, StageResult& result);

// Returns a shell command that runs the scenario from its text and holds it against `profile`.
std::string CommandFor(const AnnotatedScenario& annotated, const Profile& profile);

// Copies what a sweep counted, how it ended and how long it took.
void TakeSweep(const SweepResult& sweep, const SweepCounts& counts, absl::Duration duration,
               StageResult& result);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_CONFIRM_H_
