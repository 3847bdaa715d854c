// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_PROFILE_MATRIX_H_
#define MSYNCSPEC_HARNESS_DIFFER_PROFILE_MATRIX_H_

#include <cstddef>
#include <vector>

#include "model/profile.h"

namespace msyncspec {

// Returns in how many ways each two of `profiles` differ: the number that DiffProfiles finds, for
// all pairs at once.
std::vector<std::vector<size_t>> CountDifferences(const std::vector<const Profile*>& profiles);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_PROFILE_MATRIX_H_
