// SPDX-License-Identifier: MIT
#include "fuzz/finding.h"

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/require.h"
#include "harness/differ/confirm.h"
#include "harness/differ/minimise_finding.h"
#include "harness/executor/this_process.h"
#include "harness/report/finding_folder.h"
#include "harness/report/text.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

Go GoOn(const Progress&) { return Go::kOn; }

}  // namespace

const Profile& FuzzedProfile() {
  const char* const name = getenv("MSYNCSPEC_PROFILE");
  const Profile* const profile =
      name != nullptr ? FindProfile(name) : ProfileFor(IdentifyKernel().version);
  if (profile == nullptr) {
    NothingCanBeRun(absl::StrCat("no profile ", name != nullptr ? name : "for this kernel",
                                 "; MSYNCSPEC_PROFILE can name one of `msyncspec profiles`"));
  }
  return *profile;
}

void ReportFinding(const Scenario& scenario, const Suspect& suspect, FileProvider& provider) {
  StageResult result;
  AddFindings({FuzzedProfile(), provider, GoOn}, scenario, suspect, "fuzzing", "", result);
  const Finding finding = MinimiseFinding(result.findings.front(), FuzzedProfile(), provider);
  absl::FPrintF(stderr, "%s\n", FindingText(finding, FuzzedProfile(), Colour::kOff));
  if (const char* const artifacts = getenv("MSYNCSPEC_ARTIFACTS"); artifacts != nullptr) {
    const absl::StatusOr<FindingFolder> folder = WriteFindingFolder(
        finding, {.profile = FuzzedProfile(), .kernel = IdentifyKernel(), .seed = {}}, artifacts);
    absl::FPrintF(stderr, "%s\n", folder.ok() ? folder->path : folder.status().ToString());
  }
  abort();
}

}  // namespace msyncspec
