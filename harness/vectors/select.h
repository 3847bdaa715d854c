// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_SELECT_H_
#define MSYNCSPEC_HARNESS_VECTORS_SELECT_H_

#include "harness/vectors/finds.h"
#include "model/profile.h"

namespace msyncspec {

// Searches all of the small scope for the smallest scenarios that show `profile`, without calls
// whose answer depends on what the hardware takes out of an address. Of a kernel:
// - each rule that decides, and each that the walk passes on its way;
// - each pair of rules of which one decides where else the other would;
// - each kind of memory with each combination of the known flags;
// - each class of calls at a boundary with each rule that decides there, and ranges that end before
//   what another rule would decide, or begin behind it;
// - ranges with a hole behind a mapping, with each rule that decides there or behind it.
// Of a document: each clause that applies, and each set of outcomes.
Finds SelectScenarios(const Profile& profile);

// The two kinds of search.
void SelectForKernel(const Profile& profile, Finds& finds);
void SelectForDocument(const Profile& profile, Finds& finds);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_SELECT_H_
