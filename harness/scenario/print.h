// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_PRINT_H_
#define MSYNCSPEC_HARNESS_SCENARIO_PRINT_H_

#include <string>

#include "harness/scenario/expectation.h"
#include "harness/scenario/position.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Return the canonical text of a value. Parsing it gives the value back, and printing that gives
// the same text again.
std::string Print(const Position& position);
std::string Print(const Length& length);
std::string Print(SyncFlags flags);
std::string Print(const Step& step);
std::string Print(const SymbolicCall& call);
std::string Print(const Expectation& expectation);
std::string Print(const Scenario& scenario);
std::string Print(const AnnotatedScenario& annotated);

// Returns fsync requests as `expect` writes them: "f0[0,2p)" or "none".
std::string PrintSyncs(const std::vector<ExpectedSync>& syncs);

// Returns "SIGSEGV" and the like for the signals that a store can raise, else "signal:N".
std::string SignalName(int signal);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_PRINT_H_
