// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_EXPECTATION_H_
#define MSYNCSPEC_HARNESS_SCENARIO_EXPECTATION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/position.h"
#include "harness/scenario/scenario.h"
#include "model/errno.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// One range that a call is expected to sync, in pages and bytes of a file.
struct ExpectedSync {
  FileId file = kNoFile;
  Length begin, end;
  bool to_end_of_file = false;  // the whole file, in place of begin and end
  SyncKind kind = SyncKind::kDataOnly;
  Errno answer = Errno::kOk;
  bool asked = true;  // whether the file's own fsync is

  friend bool operator==(const ExpectedSync&, const ExpectedSync&) = default;
};

// What a person wrote down about one action: what a profile, or a line of kernels, says of it. Not
// part of the scenario, which is the question; this is an answer.
struct Expectation {
  size_t action = 0;  // an index into Scenario::actions
  std::string profile;
  std::string last_profile;  // of the kernels from `profile` to this one; empty: of `profile` alone
  Outcomes outcomes = Outcomes(Errno::kOk);
  int signal = 0;    // for a store: the signal, in place of an outcome
  std::string rule;  // the id of the deciding rule; empty where it is not given
  std::optional<std::vector<ExpectedSync>> synced;  // nothing where it is not given

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

// Whether `expectation` speaks of `profile`.
bool IsAbout(const Expectation& expectation, const Profile& profile);

// What one file of text holds.
struct AnnotatedScenario {
  Scenario scenario;
  std::vector<Expectation> expectations;  // in the order of their actions

  friend bool operator==(const AnnotatedScenario&, const AnnotatedScenario&) = default;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_EXPECTATION_H_
