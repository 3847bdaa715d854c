// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_RIVALS_H_
#define MSYNCSPEC_HARNESS_VECTORS_RIVALS_H_

#include <list>
#include <span>
#include <vector>

#include "model/profile.h"

namespace msyncspec {

// A profile, and beside it the same profile without one of its rules, for each rule that can be
// taken away: what those say where the rule decides is what the rule takes precedence over.
class Rivals {
 public:
  explicit Rivals(const Profile& profile);
  Rivals(const Rivals&) = delete;
  Rivals& operator=(const Rivals&) = delete;

  // Returns the profile itself, then the others.
  std::span<const Profile* const> profiles() const { return profiles_; }

  // Returns the place in profiles() of the one without `rule`, or 0 if there is none.
  size_t Without(const Rule& rule) const;

 private:
  Profile& Add(const Profile& profile, const Rule& without);

  std::list<std::vector<ArgumentRule>> tables_;
  std::list<Profile> changed_;
  std::vector<const Rule*> removed_;  // of each of profiles_ behind the first
  std::vector<const Profile*> profiles_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_RIVALS_H_
