// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_FINDING_FOLDER_H_
#define MSYNCSPEC_HARNESS_REPORT_FINDING_FOLDER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "harness/differ/stage.h"
#include "harness/executor/this_process.h"
#include "model/profile.h"

namespace msyncspec {

// What a finding's folder tells besides the finding itself.
struct FindingContext {
  const Profile& profile;
  KernelIdentity kernel;
  std::optional<uint64_t> seed;  // nothing where no seed led to it
};

struct FindingFolder {
  std::string path;
  bool is_new = false;  // false: a folder of this name was there, and is as it was
};

// Returns the path `parent`/KEY of the folder of `finding`, KEY being KeyOf its disagreement.
std::string FolderOf(const Finding& finding, const std::string& parent);

// Makes the folder of a finding in `parent`, at FolderOf, with
//   scenario.msync   its scenario, in canonical form, under what was expected and observed
//   explanation.txt  the finding for a person, and what its calls meet, rule by rule
//   repro.c          a program that shows it without msyncspec, as far as answers show it
//   env.json         "msyncspec-finding-1": what was found, by whom, where and when
// `parent` is made where it is missing. A folder appears whole or not at all; one that is there
// already is left as it is. Internal names the path and why it cannot be written.
absl::StatusOr<FindingFolder> WriteFindingFolder(const Finding& finding,
                                                 const FindingContext& context,
                                                 const std::string& parent);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_FINDING_FOLDER_H_
