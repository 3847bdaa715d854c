// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_RANDOM_ACTION_H_
#define MSYNCSPEC_HARNESS_GENERATE_RANDOM_ACTION_H_

#include <cstdint>
#include <vector>

#include "harness/generate/random_source.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Makes actions for a scenario that has some already, and changes single fields of them. What comes
// of it may need RepairStep.
class RandomAction {
 public:
  // `source` and `scenario` outlive it.
  RandomAction(RandomSource& source, const Scenario& scenario)
      : source_(source), scenario_(scenario) {}

  // Returns a step of any kind, with all its fields chosen anew.
  Step NewStep();

  // Returns a call, mostly of a range from where some step's range begins or ends to another such
  // place.
  SymbolicCall NewCall();

  // Chooses one field of an action anew.
  void Change(Step& step);
  void Change(SymbolicCall& call);

 private:
  int64_t Place();
  void NewRange(Step& step);
  void NewAccess(Step& step);
  void NewMap(Step& step);
  Length NewLength(int64_t begin);
  Length TurningLength();
  Position TurningAddress();
  SyncFlags NewFlags();
  FileId NewFile();
  int64_t Nudged(int64_t number, int64_t high);

  RandomSource& source_;
  const Scenario& scenario_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_RANDOM_ACTION_H_
