// SPDX-License-Identifier: MIT
#include "harness/scenario/simplify.h"

#include "harness/scenario/scenario_size.h"
#include "harness/scenario/simplify_ways.h"

namespace msyncspec {

bool IsSimpler(const Scenario& candidate, const Scenario& than) {
  return SizeOf(candidate) < SizeOf(than) && Validate(candidate).ok();
}

const Simplifications<Scenario>& ScenarioSimplifications() {
  static const Simplifications<Scenario> kAll = {
      .ways = {LeaveOutActions, LeaveOutFiles, PutInTurn, MakeFilesPlain, MakeStepsPlain,
               MakeCallsPlain, CutPages, BringNumbersDown},
      .is_simpler = IsSimpler};
  return kAll;
}

const Simplifications<Scenario>& FewerActions() {
  static const Simplifications<Scenario> kFewer = {.ways = {LeaveOutActions},
                                                   .is_simpler = IsSimpler};
  return kFewer;
}

}  // namespace msyncspec
