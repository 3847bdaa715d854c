// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_KNOWN_DEVIATION_H_
#define MSYNCSPEC_HARNESS_DIFFER_KNOWN_DEVIATION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/differ/stage.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/scenario.h"
#include "model/profile.h"

namespace msyncspec {

// Systems that a deviation is about: gVisor, or the Linux kernels from one version to another.
struct DeviatingSystem {
  bool gvisor = false;
  KernelVersion first, last;  // both included

  bool Is(const KernelIdentity& kernel) const;
};

// A disagreement that is known: the smallest scenario that shows it, where it is, and why.
struct KnownDeviation {
  std::string path;  // "corpus/known_deviations/NAME.msync", or as it was given
  Scenario scenario;
  std::string key;  // as KeyOf has it, or a pattern of glob(7): f? for any file, * for a hash
  std::vector<DeviatingSystem> systems;
  std::string reason;
  std::string link;
  std::string date;  // when it was noted, as YYYY-MM-DD

  bool HasKey(const std::string& key_of_finding) const;
  std::string Name() const;  // "NAME.msync"
  bool Concerns(const KernelIdentity& kernel) const;
};

// Reads a file of corpus/known_deviations. InvalidArgument begins with "PATH:LINE:". The format is
// in corpus/README.md.
absl::StatusOr<KnownDeviation> ParseKnownDeviation(const std::string& path, absl::string_view text);

// Returns those of `deviations` that are about `kernel`.
std::vector<KnownDeviation> Concerning(const KernelIdentity& kernel,
                                       const std::vector<KnownDeviation>& deviations);

// Whether `profile` is that of the running kernel, which deviations are about.
bool IsOfThisSystem(const Profile& profile);

// Runs each of `deviations`, which concern this kernel, as a case of its own. One that no longer
// deviates is a finding. They are about the profile of the running kernel; for another one they are
// left out.
StageResult RunDeviationsStage(const StageContext& context,
                               const std::vector<KnownDeviation>& deviations);

// Makes known findings of those findings of `result` that are one of `deviations`. A stage whose
// workers died of nothing else has not failed, but is cut short.
void SetApartKnown(const std::vector<KnownDeviation>& deviations, StageResult& result);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_KNOWN_DEVIATION_H_
