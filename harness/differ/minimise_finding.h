// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_MINIMISE_FINDING_H_
#define MSYNCSPEC_HARNESS_DIFFER_MINIMISE_FINDING_H_

#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "harness/differ/stage.h"
#include "harness/executor/file_provider.h"
#include "harness/scenario/expectation.h"
#include "model/profile.h"

namespace msyncspec {

// When no more is tried: a scenario that hangs costs kScenarioDeadline each time.
inline constexpr absl::Duration kMinimiseTime = absl::Seconds(30);

// How far a finding has been minimised.
struct MinimiseProgress {
  uint64_t tried = 0;  // scenarios
  size_t actions = 0;  // of the simplest so far
};
// Returns whether to go on.
using MinimiseWatcher = absl::FunctionRef<bool(const MinimiseProgress&)>;
inline bool WatchNothing(const MinimiseProgress&) { return true; }

// Returns `finding` with the simplest scenario that still shows the same disagreement on this
// kernel, where in it that is, a command that repeats it, and how often it came again. One that is
// not confirmed, or no more when it is simpler, is returned as it is, and so is a
// Subject::kDeviation: what is not there shows in no scenario. Of a Subject::kExpectation
// only those actions are left out that do not change what the action in question meets: an
// expectation is about the scenario that its author wrote. Takes kMinimiseTime and one run more at
// most; after `watcher` returned false, what was found so far is the simplest.
Finding MinimiseFinding(const Finding& finding, const Profile& profile, FileProvider& provider,
                        MinimiseWatcher watcher = WatchNothing);

// Does the same for a difference between the predictions of two profiles, as ComparePredictions
// returns it; nothing is run, and what repeats and confirms it is left as it is.
Finding MinimiseDifference(const Finding& finding, const Profile& profile, const Profile& other);

// Returns the finding's scenario, with the expectation that the model contradicts where it is of
// Subject::kExpectation.
AnnotatedScenario WithExpectation(const Finding& finding);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_MINIMISE_FINDING_H_
