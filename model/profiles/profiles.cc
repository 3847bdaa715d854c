// SPDX-License-Identifier: MIT
#include "model/profiles/profiles.h"

#include <algorithm>

#include "model/linux_walk.h"

namespace msyncspec {
namespace {

std::vector<Profile> AllEras() {
  std::vector<Profile> eras = TodaysLinux();
  const std::vector<Profile> early = EarlyLinux(eras.back());
  eras.insert(eras.end(), early.begin(), early.end());
  std::reverse(eras.begin(), eras.end());
  return eras;
}

std::vector<Profile> AllDocuments() {
  std::vector<Profile> documents = OtherDocuments();
  const std::vector<Profile> of_linux = LinuxDocuments();
  documents.insert(documents.end(), of_linux.begin(), of_linux.end());
  return documents;
}

// Each era with each ABI, the newest era last.
std::vector<Profile> AllEraAbis() {
  std::vector<Profile> all;
  for (const Profile& era : LinuxProfiles()) {
    const std::vector<Profile> variants = OtherAbis(era);
    all.insert(all.end(), variants.begin(), variants.end());
  }
  return all;
}

// The ABI profiles of every era; those of the newest stand last.
std::span<const Profile> EraAbis() {
  static const std::vector<Profile> kProfiles = AllEraAbis();
  return kProfiles;
}

const Profile* Named(std::span<const Profile> profiles, absl::string_view name) {
  for (const Profile& profile : profiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

const Rule* WithId(const std::vector<const Rule*>& rules, absl::string_view id) {
  for (const Rule* rule : rules) {
    if (rule->id == id) return rule;
  }
  return nullptr;
}

}  // namespace

std::span<const Profile> LinuxProfiles() {
  static const std::vector<Profile> kProfiles = AllEras();
  return kProfiles;
}

std::span<const Profile> DocumentProfiles() {
  static const std::vector<Profile> kProfiles = AllDocuments();
  return kProfiles;
}

std::span<const Profile> AbiProfiles() {
  return EraAbis().last(EraAbis().size() / LinuxProfiles().size());
}

std::vector<const Profile*> AllProfiles() {
  std::vector<const Profile*> all;
  for (const std::span<const Profile> some : {LinuxProfiles(), DocumentProfiles(), AbiProfiles()}) {
    for (const Profile& profile : some) all.push_back(&profile);
  }
  return all;
}

const Profile* FindProfile(absl::string_view name) {
  for (const std::span<const Profile> some : {LinuxProfiles(), DocumentProfiles(), EraAbis()}) {
    if (const Profile* profile = Named(some, name); profile != nullptr) return profile;
  }
  return nullptr;
}

const Profile* ProfileFor(const KernelVersion& version) {
  for (const Profile& profile : LinuxProfiles()) {
    if (std::any_of(profile.eras.begin(), profile.eras.end(),
                    [&version](const Era& era) { return era.Contains(version); })) {
      return &profile;
    }
  }
  return nullptr;
}

std::vector<const Rule*> RulesOf(const Profile& profile) {
  std::vector<const Rule*> rules;
  for (const DocumentRule& clause : profile.clauses) rules.push_back(&clause.rule);
  if (profile.IsDocument()) return rules;
  for (const ArgumentRule& row : profile.arguments) rules.push_back(&row.rule);
  for (const Rule* rule : WalkRules()) rules.push_back(rule);
  return rules;
}

const Rule* FindRule(const Profile& profile, absl::string_view id) {
  const Rule* rule = WithId(RulesOf(profile), id);
  return rule != nullptr ? rule : FindRule(id);
}

const Rule* FindRule(absl::string_view id) {
  const std::span<const Profile> eras = LinuxProfiles();
  for (auto era = eras.rbegin(); era != eras.rend(); ++era) {
    if (const Rule* rule = WithId(RulesOf(*era), id); rule != nullptr) return rule;
  }
  for (const Profile& document : DocumentProfiles()) {
    if (const Rule* rule = WithId(RulesOf(document), id); rule != nullptr) return rule;
  }
  return nullptr;
}

const DocumentRule* FindClause(const Profile& document, const Rule& rule) {
  for (const DocumentRule& clause : document.clauses) {
    if (clause.rule.id == rule.id) return &clause;
  }
  return nullptr;
}

}  // namespace msyncspec
