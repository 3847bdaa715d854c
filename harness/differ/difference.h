// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_DIFFERENCE_H_
#define MSYNCSPEC_HARNESS_DIFFER_DIFFERENCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// How the outcomes that two profiles allow stand to one another.
enum class Relation : uint8_t {
  kExclude,    // no outcome is right by both
  kOverlap,    // some is, and each allows one that the other does not
  kFirstOpen,  // the first leaves open what the second determines
  kSecondOpen,
  kFiles,   // they allow the same, and differ in what is done to files
  kLayout,  // a step leaves another layout
};

// What makes two differences the same.
struct SideKey {
  std::string decides;                          // the rule that does, and what a kernel answers
  std::vector<std::pair<SyncKind, bool>> done;  // kinds, and whether to the end of the file

  // Not <=>, which strings and vectors do not have in every library.
  friend bool operator<(const SideKey& left, const SideKey& right) {
    return std::tie(left.decides, left.done) < std::tie(right.decides, right.done);
  }
  friend bool operator==(const SideKey&, const SideKey&) = default;
};
struct DifferenceKey {
  Relation relation = Relation::kExclude;
  SideKey a, b;

  friend bool operator<(const DifferenceKey& left, const DifferenceKey& right) {
    return std::tie(left.relation, left.a, left.b) < std::tie(right.relation, right.a, right.b);
  }
  friend bool operator==(const DifferenceKey&, const DifferenceKey&) = default;
};

// Returns in which way two predictions for one case differ, or nothing if they do not.
std::optional<DifferenceKey> DifferenceOf(const Profile& a, const Prediction& says_a,
                                          const Profile& b, const Prediction& says_b);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_DIFFERENCE_H_
