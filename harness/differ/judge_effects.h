// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_JUDGE_EFFECTS_H_
#define MSYNCSPEC_HARNESS_DIFFER_JUDGE_EFFECTS_H_

#include <vector>

#include "harness/differ/verdict.h"
#include "harness/executor/observed_effects.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Compares what the actions before `end` were predicted to do to files with what was seen of it:
//  - the fsyncs that reach a file server, exactly: which, how, in which order, with which answer;
//  - what is written during a call, which has to lie within what the call syncs;
//  - pages, which are clean when they have been synced: one-sided, as they may be so in any case;
//  - the bytes beneath the page cache, which are the last ones stored when a page has been synced;
//  - times, which no msync moves, and which move at the first store to a clean page.
// What could not be seen is not compared. Adds to `seen` what was.
std::vector<Disagreement> CompareEffects(const Scenario& scenario,
                                         const ScenarioPrediction& prediction,
                                         const ObservedEffects& observed, Bytes page_size,
                                         size_t end, EffectsSeen& seen);

// Whether somebody else, such as a sync(2) of another process, has had pages of a server written
// back while the scenario ran, so that it says nothing about the kernel.
bool WasDisturbed(const Scenario& scenario, const ObservedEffects& observed);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_JUDGE_EFFECTS_H_
