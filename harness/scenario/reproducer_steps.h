// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_STEPS_H_
#define MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_STEPS_H_

#include <span>
#include <string>

#include "harness/scenario/layout.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"

namespace msyncspec {

// What a program does with an answer that is not the predicted one.
enum class OnAnother : uint8_t {
  kCannotBuild,  // says that the layout cannot be built here
  kDiffers,      // counts it as a difference
  kIsPrinted,    // prints it, since it cannot be compared
};

// Statements just before and just behind a call.
struct BesideCall {
  std::string before, behind;
};

// Return the C statements that perform an action and look at its answer.
std::string StepStatements(const Step& step, std::span<const File> files,
                           const StepPrediction& said, OnAnother on_another);
std::string CallStatements(const SymbolicCall& call, const Prediction& said, OnAnother on_another,
                           const BesideCall& beside);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_STEPS_H_
