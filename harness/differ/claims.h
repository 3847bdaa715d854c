// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_CLAIMS_H_
#define MSYNCSPEC_HARNESS_DIFFER_CLAIMS_H_

#include <vector>

#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// Whether `done`, what a system does about files, includes everything that a document `claims`.
bool Satisfies(const std::vector<SyncedRange>& done, const std::vector<SyncedRange>& claims);

// Whether what two profiles say about files is compatible: equal for two kernels and for two
// documents; for a document and a kernel, what Satisfies says, where the document's claims are
// meant for the outcome that the kernel has.
bool SyncsAgree(const Profile& a, const Prediction& says_a, const Profile& b,
                const Prediction& says_b);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_CLAIMS_H_
