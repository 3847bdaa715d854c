// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_SCOPE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_SCOPE_H_

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/predict_scenario.h"

namespace msyncspec {

// How far predictions that were made without a process hold in one.
struct ReproducerScope {
  std::vector<bool> depends_on_others;  // for each action: on what else the process has mapped
  std::optional<Bytes> page_size;       // the only one for which they hold; nothing: they all do
  bool needs_wide_registers = false;    // whether they hold in programs of 64 bits alone
};

// Finds that out by predicting `scenario` for processes and machines that differ from those of
// `prediction`, which is made for BareSurroundings.
ReproducerScope ScopeOf(const Scenario& scenario, const Profile& profile,
                        const ScenarioPrediction& prediction);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_REPRODUCER_SCOPE_H_
