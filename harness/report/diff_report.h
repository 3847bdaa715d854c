// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_DIFF_REPORT_H_
#define MSYNCSPEC_HARNESS_REPORT_DIFF_REPORT_H_

#include <string>

#include "harness/differ/profile_diff.h"
#include "model/profile.h"

namespace msyncspec {

// Return the differences between two profiles, each with the smallest scenario that shows it, what
// either side says, and where that is written.
std::string DiffText(const Profile& a, const Profile& b, const ProfileDiff& diff);
std::string DiffMarkdown(const Profile& a, const Profile& b, const ProfileDiff& diff);
std::string DiffJson(const Profile& a, const Profile& b, const ProfileDiff& diff);  // …-diff-1

// Returns "arm64 addresses with a tag in their top byte" and the like; "" for no tag.
std::string TagText(const AddressTag& tag);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_DIFF_REPORT_H_
