// SPDX-License-Identifier: MIT
#include "harness/cli/check_artifacts.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "harness/differ/minimise_finding.h"
#include "harness/executor/stopwatch.h"
#include "harness/report/finding_folder.h"

ABSL_FLAG(std::string, artifacts, "",
          "DIR, where each finding gets a folder: its scenario, minimised, a C program that shows "
          "it, its explanation, and where and when it was found");

namespace msyncspec {
namespace {

namespace fs = std::filesystem;

absl::Status CannotWrite(const std::string& path, const std::string& why) {
  return absl::InvalidArgumentError(absl::StrCat("--artifacts: ", path, ": ", why));
}

// How long all findings together may be minimised: what is found later stays as it is.
constexpr absl::Duration kAllMinimising = absl::Seconds(60);

// Minimises findings for as long as nobody breaks it off and there is time.
class Minimiser {
 public:
  Minimiser(FileProvider& provider, absl::FunctionRef<bool(const Progress&)> watch,
            CheckResult& result)
      : provider_(provider), watch_(watch), result_(result) {}

  Finding Least(const Finding& finding) {
    progress_.done = static_cast<double>(begun_++) / static_cast<double>(result_.Findings());
    if (!GoOn()) return finding;
    return MinimiseFinding(finding, *result_.profile, provider_,
                           [this](const MinimiseProgress&) { return GoOn(); });
  }

 private:
  bool GoOn() {
    if (!watch_(progress_)) result_.interrupted = true;
    return !result_.interrupted && stopwatch_.Elapsed() < kAllMinimising;
  }

  FileProvider& provider_;
  absl::FunctionRef<bool(const Progress&)> watch_;
  CheckResult& result_;
  Progress progress_ = {.stage = "minimising"};
  const Stopwatch stopwatch_;
  size_t begun_ = 0;
};

}  // namespace

absl::StatusOr<std::string> OpenArtifacts() {
  std::string parent = absl::GetFlag(FLAGS_artifacts);
  if (parent.empty()) return parent;
  std::error_code error;
  fs::create_directories(parent, error);
  if (error) return CannotWrite(parent, error.message());
  // Whether a folder can be made there is known once one was.
  std::string trial = absl::StrCat(parent, "/.XXXXXX");
  if (mkdtemp(trial.data()) == nullptr) return CannotWrite(parent, strerror(errno));
  fs::remove(trial, error);
  return parent;
}

absl::Status WriteArtifacts(const std::string& parent, FileProvider& provider,
                            absl::FunctionRef<bool(const Progress&)> watch, CheckResult& result) {
  if (parent.empty()) return absl::OkStatus();
  const FindingContext context = {
      .profile = *result.profile, .kernel = result.kernel, .seed = result.seed};
  Minimiser minimiser(provider, watch, result);
  for (StageResult& stage : result.stages) {
    for (Finding& finding : stage.findings) {
      std::error_code ignored;
      const bool is_there = fs::is_directory(FolderOf(finding, parent), ignored);
      const absl::StatusOr<FindingFolder> folder =
          WriteFindingFolder(is_there ? finding : minimiser.Least(finding), context, parent);
      if (!folder.ok()) return folder.status();
      finding.artifact = folder->path;
    }
  }
  return absl::OkStatus();
}

}  // namespace msyncspec
