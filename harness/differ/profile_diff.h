// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_PROFILE_DIFF_H_
#define MSYNCSPEC_HARNESS_DIFFER_PROFILE_DIFF_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/differ/difference.h"
#include "harness/scenario/scenario.h"
#include "model/machine.h"
#include "model/profile.h"
#include "model/rule.h"

namespace msyncspec {

// What one of two profiles says of the action in which they differ.
struct Side {
  std::string says;                // "EBUSY", "0, synced f0[0,1p)"
  std::vector<const Rule*> rules;  // that say so, the one that decided the outcome first
};

// One way in which two profiles differ, and the smallest scenario of the scope that shows it.
struct ProfileDifference {
  Scenario scenario;
  AddressTag tag;  // what the hardware ignores in addresses
  Relation relation = Relation::kExclude;
  size_t action = 0;  // where they differ, an index into Scenario::actions
  std::array<Side, 2> sides;
  uint64_t cases = 0;  // in how many cases of the scope they differ in this way
};

// A difference that no scenario shows, because there is no way yet to write one that would.
struct UnshownDifference {
  const Rule* rule = nullptr;
  std::array<std::string, 2> sides;
  std::string why;
};

struct ProfileDiff {
  std::vector<ProfileDifference> differences;  // by relation, and then the easiest to read first
  std::vector<UnshownDifference> unshown;
  uint64_t cases = 0;      // calls and steps that were compared
  uint64_t differing = 0;  // of these
};

// Compares what two profiles say of every case of the small scope. Two differences are the same
// if they stand in the same relation, the same rules decide on both sides (of kernels: with the
// same answers), and, where the outcomes agree, the same kinds of things are done to files. What a
// document says about files is a claim: it differs from a kernel that does not do it, not from one
// that does more.
ProfileDiff DiffProfiles(const Profile& a, const Profile& b);

// Adds to `diff` the differences that no single call in a layout shows: those of steps, and those
// of fields that no scenario shows.
void DiffBesidesCalls(const Profile& a, const Profile& b, ProfileDiff& diff);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_PROFILE_DIFF_H_
