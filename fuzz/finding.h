// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_FINDING_H_
#define MSYNCSPEC_FUZZ_FINDING_H_

#include "harness/differ/sweep.h"
#include "harness/executor/file_provider.h"
#include "harness/scenario/scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Returns the profile that fuzzing holds against the running kernel: that which the environment
// variable MSYNCSPEC_PROFILE names, or that of the kernel's era. Ends the process where there is
// none.
const Profile& FuzzedProfile();

// Confirms by itself what looked like a disagreement at an action of `scenario`, minimises it,
// writes its folder below the one that the environment variable MSYNCSPEC_ARTIFACTS names, if it
// does, shows it, and ends the process in the way that every engine takes for a crash. Something
// that does not come again is a finding too, and says that it is unstable.
[[noreturn]] void ReportFinding(const Scenario& scenario, const Suspect& suspect,
                                FileProvider& provider);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_FINDING_H_
