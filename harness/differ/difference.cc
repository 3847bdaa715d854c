// SPDX-License-Identifier: MIT
#include "harness/differ/difference.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/differ/claims.h"

namespace msyncspec {
namespace {

// The outcomes that matter to msync, and one that stands for all others.
constexpr Errno kTelling[] = {Errno::kOk,     Errno::kEINVAL, Errno::kENOMEM, Errno::kEBUSY,
                              Errno::kEFAULT, Errno::kEIO,    Errno::kEPERM};

Relation RelationOf(const Outcomes& a, const Outcomes& b) {
  bool both = false, only_a = false, only_b = false;
  for (const Errno outcome : kTelling) {
    const bool in_a = a.Allow(outcome), in_b = b.Allow(outcome);
    both |= in_a && in_b;
    only_a |= in_a && !in_b;
    only_b |= in_b && !in_a;
  }
  if (!both) return Relation::kExclude;
  if (only_a && only_b) return Relation::kOverlap;
  if (only_a) return Relation::kFirstOpen;
  return only_b ? Relation::kSecondOpen : Relation::kFiles;
}

SideKey KeyOf(const Profile& profile, const Prediction& prediction, Relation relation) {
  SideKey key;
  if (relation != Relation::kFiles) {
    key.decides = std::string(prediction.rule->id);
    if (!profile.IsDocument()) absl::StrAppend(&key.decides, " ", Text(prediction.outcomes));
    return key;
  }
  for (const SyncedRange& range : prediction.syncs) {
    key.done.emplace_back(range.kind, range.end == SyncedRange::kToEndOfFile);
  }
  std::sort(key.done.begin(), key.done.end());
  key.done.erase(std::unique(key.done.begin(), key.done.end()), key.done.end());
  return key;
}

}  // namespace

std::optional<DifferenceKey> DifferenceOf(const Profile& a, const Prediction& says_a,
                                          const Profile& b, const Prediction& says_b) {
  if (says_a.outcomes == says_b.outcomes && SyncsAgree(a, says_a, b, says_b)) return std::nullopt;
  const Relation relation = RelationOf(says_a.outcomes, says_b.outcomes);
  if (relation == Relation::kFiles && SyncsAgree(a, says_a, b, says_b)) return std::nullopt;
  return DifferenceKey{relation, KeyOf(a, says_a, relation), KeyOf(b, says_b, relation)};
}

}  // namespace msyncspec
