// SPDX-License-Identifier: MIT
#include "harness/differ/profile_matrix.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "harness/differ/difference.h"
#include "harness/differ/profile_diff.h"
#include "harness/generate/small_scope.h"

namespace msyncspec {
namespace {

// Gives each different value a number, from 0 on.
template <typename Value>
class Numbers {
 public:
  size_t Of(const Value& value) {
    return numbers_.try_emplace(value, numbers_.size()).first->second;
  }

 private:
  std::map<Value, size_t> numbers_;
};

// What of a prediction DifferenceOf looks at.
using Fingerprint = std::tuple<const Rule*, std::string, std::vector<std::array<uint64_t, 5>>>;

Fingerprint FingerprintOf(const Prediction& prediction) {
  Fingerprint fingerprint = {prediction.rule, Text(prediction.outcomes), {}};
  for (const SyncedRange& range : prediction.syncs) {
    std::get<2>(fingerprint)
        .push_back({static_cast<uint64_t>(range.file), range.begin.count, range.end.count,
                    static_cast<uint64_t>(range.kind), static_cast<uint64_t>(range.answer)});
  }
  return fingerprint;
}

}  // namespace

std::vector<std::vector<size_t>> CountDifferences(const std::vector<const Profile*>& profiles) {
  const size_t count = profiles.size();
  std::vector<std::vector<std::set<DifferenceKey>>> found(
      count, std::vector<std::set<DifferenceKey>>(count));
  // Most cases repeat what was said of others: each combination of predictions is looked at once.
  Numbers<Fingerprint> fingerprints;
  std::set<std::vector<size_t>> seen;
  std::vector<size_t> said(count);
  VisitSmallScope(profiles, [&](const SmallCase& each) {
    for (size_t i = 0; i < count; ++i) {
      said[i] = fingerprints.Of(FingerprintOf(each.predictions[i]));
    }
    if (!seen.insert(said).second) return;
    for (size_t i = 0; i < count; ++i) {
      for (size_t j = i + 1; j < count; ++j) {
        const std::optional<DifferenceKey> key =
            DifferenceOf(*profiles[i], each.predictions[i], *profiles[j], each.predictions[j]);
        if (key.has_value()) found[i][j].insert(*key);
      }
    }
  });
  std::vector<std::vector<size_t>> counts(count, std::vector<size_t>(count));
  for (size_t i = 0; i < count; ++i) {
    for (size_t j = i + 1; j < count; ++j) {
      ProfileDiff rest;
      DiffBesidesCalls(*profiles[i], *profiles[j], rest);
      counts[i][j] = counts[j][i] =
          found[i][j].size() + rest.differences.size() + rest.unshown.size();
    }
  }
  return counts;
}

}  // namespace msyncspec
