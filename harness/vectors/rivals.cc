// SPDX-License-Identifier: MIT
#include "harness/vectors/rivals.h"

#include "model/walk_rules.h"

namespace msyncspec {

Rivals::Rivals(const Profile& profile) {
  profiles_.push_back(&profile);
  if (profile.IsDocument()) return;  // clauses speak together: none comes before another
  for (const ArgumentRule& row : profile.arguments) {
    std::vector<ArgumentRule>& others = tables_.emplace_back();
    for (const ArgumentRule& other : profile.arguments) {
      if (&other != &row) others.push_back(other);
    }
    Add(profile, row.rule).arguments = others;
  }
  Add(profile, walk_rules::kLocked).walk.lock_test = LockTest::kNone;
  Add(profile, walk_rules::kNoFsync).walk.no_fsync = Errno::kOk;
  Add(profile, walk_rules::kHoleAsync).walk.async_at_hole = AsyncAtHole::kGoesOn;
}

Profile& Rivals::Add(const Profile& profile, const Rule& without) {
  Profile& changed = changed_.emplace_back(profile);
  profiles_.push_back(&changed);
  removed_.push_back(&without);
  return changed;
}

size_t Rivals::Without(const Rule& rule) const {
  for (size_t i = 0; i < removed_.size(); ++i) {
    if (removed_[i]->id == rule.id) return i + 1;
  }
  return 0;
}

}  // namespace msyncspec
