// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_SIMPLIFY_WAYS_H_
#define MSYNCSPEC_HARNESS_SCENARIO_SIMPLIFY_WAYS_H_

#include "harness/scenario/minimise.h"
#include "harness/scenario/scenario.h"

// The single ways of making a scenario simpler, of which simplify.h makes a whole.
namespace msyncspec {

using MinimisingScenario = Minimising<Scenario>;

// Leaves out runs of actions: halves, quarters and so on to single ones, the last first, since
// what comes later depends on what comes earlier.
void LeaveOutActions(MinimisingScenario& scenario);

// Leaves out files, with anonymous memory or another file in their place where they are used.
void LeaveOutFiles(MinimisingScenario& scenario);

// Makes files plainer: a memfd, a descriptor of its own, a server that answers with success.
void MakeFilesPlain(MinimisingScenario& scenario);

// Puts steps that happen while a call waits in turn, or at its first wait.
void PutInTurn(MinimisingScenario& scenario);

// Makes steps plainer: no options, readable and writable, anonymous, whole pages, one page.
void MakeStepsPlain(MinimisingScenario& scenario);

// Makes calls plainer: fewer flags, a native caller, an address in the arena, whole pages.
void MakeCallsPlain(MinimisingScenario& scenario);

// Cuts pages out of the arena, with the actions that are about these alone: whatever lies behind
// them moves down and what spans them becomes shorter, steps and calls alike.
void CutPages(MinimisingScenario& scenario);

// Brings each number of pages nearer to the plainest one.
void BringNumbersDown(MinimisingScenario& scenario);

// Makes descriptors what the files have that they come from, and attaches whole what can only be
// attached whole, as is necessary after a change of a file.
void FollowFiles(Scenario& scenario);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_SIMPLIFY_WAYS_H_
