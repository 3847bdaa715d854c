// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PROFILES_PROFILES_H_
#define MSYNCSPEC_MODEL_PROFILES_PROFILES_H_

#include <span>
#include <vector>

#include "absl/strings/string_view.h"
#include "model/profile.h"

namespace msyncspec {

// All profiles live as long as the program.

// Returns one profile for each era of Linux, the oldest first, for callers of the machine at hand.
std::span<const Profile> LinuxProfiles();

// Returns the profiles of documents, in the order in which the documents were written.
std::span<const Profile> DocumentProfiles();

// Returns the newest era for callers of other ABIs: "linux-6.18-compat", "linux-6.18-alpha" …
std::span<const Profile> AbiProfiles();

// Returns all of these, in this order.
std::vector<const Profile*> AllProfiles();

// Returns the profile of that name, or null. Every era has every ABI, "linux-5.4-compat" too,
// though AllProfiles lists those of the newest alone.
const Profile* FindProfile(absl::string_view name);

// Returns the kernel profile in whose era `version` lies, or null if no profile covers it.
const Profile* ProfileFor(const KernelVersion& version);

// Returns the rule of that id, as the newest kernel that has it states it, or else a document; null
// if there is none.
const Rule* FindRule(absl::string_view id);

// Returns the rule of that id as `profile` states it, or else as FindRule(id) finds it.
const Rule* FindRule(const Profile& profile, absl::string_view id);

// Returns the clause of `document` that has the id of `rule`, or null if it has none.
const DocumentRule* FindClause(const Profile& document, const Rule& rule);

// Returns every rule that `profile` can name.
std::vector<const Rule*> RulesOf(const Profile& profile);

// One file a lineage.
std::vector<Profile> TodaysLinux();                         // linux.cc, the newest first
std::vector<Profile> EarlyLinux(const Profile& successor);  // linux_history.cc, the same
std::vector<Profile> LinuxDocuments();                      // linux_documents.cc, the oldest first
std::vector<Profile> OtherDocuments();                      // other_documents.cc, the oldest first
std::vector<Profile> OtherAbis(const Profile& era);         // abis.cc

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PROFILES_PROFILES_H_
