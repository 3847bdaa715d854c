// SPDX-License-Identifier: MIT
#include "harness/differ/check.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/check_artifacts.h"
#include "harness/cli/check_flags.h"
#include "harness/cli/check_reports.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/effects/effects_provider.h"
#include "harness/report/json.h"
#include "harness/report/text.h"

namespace msyncspec {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;

// Shows one line that is written over and over, on a terminal only.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted) : on_(wanted && isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() {
    if (shown_) absl::FPrintF(stderr, "\r\033[K");
  }
  void Show(const Progress& progress) {
    if (!on_) return;
    shown_ = true;
    absl::FPrintF(
        stderr, "\r\033[K%s %3.0f%%  %s layouts  %s calls%s", progress.stage, 100 * progress.done,
        WithCommas(progress.layouts), WithCommas(progress.calls),
        progress.suspects == 0 ? "" : absl::StrCat("  ", progress.suspects, " to look at"));
    fflush(stderr);
  }

 private:
  const bool on_;
  bool shown_ = false;
};

int ExitCode(const CheckResult& result) {
  if (!result.refusal.empty()) return kExitNothingRun;
  if (!result.HarnessFailure().empty()) return kExitBroken;
  if (result.Findings() > 0) return kExitFindings;
  return result.Compared() == 0 ? kExitNothingRun : kExitAgree;
}

void PrintText(const CheckResult& result, Colour colour, FILE* out) {
  for (const StageResult& stage : result.stages) {
    for (const Finding& finding : stage.findings) {
      absl::FPrintF(out, "%s\n", FindingText(finding, *result.profile, colour));
    }
  }
  absl::FPrintF(out, "%s", SummaryText(result, colour));
  if (geteuid() != 0) {
    absl::FPrintF(
        out,
        "as root it would also compare: mappings of BPF arrays, locks beyond RLIMIT_MEMLOCK\n");
  }
}

bool OnGithub() {
  const char* actions = getenv("GITHUB_ACTIONS");
  return actions != nullptr && absl::string_view(actions) == "true";
}

// A check, and whether the folders of its findings could be written.
struct Checked {
  CheckResult result;
  absl::Status artifacts;
};

Checked Check(const CheckRequest& request, const Profile& profile, const std::string& artifacts) {
  struct sigaction action = {};
  action.sa_handler = [](int signal_number) { g_interrupted = signal_number; };
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) sigaction(each, &action, nullptr);
  EffectsProvider watching;
  FileProvider& provider =
      request.sees_effects ? static_cast<FileProvider&>(watching) : KernelFiles();
  ProgressLine line(!request.ci);
  const auto watch = [&line](const Progress& progress) {
    line.Show(progress);
    return g_interrupted == 0;
  };
  CheckResult result = RunCheck(request.options, profile, request.material, provider, watch);
  absl::Status written = WriteArtifacts(artifacts, provider, watch, result);
  if (request.sees_effects && !result.stages.empty()) result.blind = BlindSpots();
  for (const StageResult& stage : result.stages) {
    result.blind.insert(result.blind.end(), stage.blind.begin(), stage.blind.end());
  }
  return {std::move(result), std::move(written)};
}

// The shell, and whatever else started us, is to see the interruption.
void DieOfInterruption() {
  fflush(stdout);
  std::signal(g_interrupted, SIG_DFL);
  raise(g_interrupted);
}

// Prints and writes what came of a check, and returns the exit code.
int Tell(const Checked& checked, const CheckRequest& request, Format format,
         const std::vector<ReportTarget>& reports, FILE* out) {
  const CheckResult& result = checked.result;
  if (format == Format::kText) {
    PrintText(result, request.ci ? Colour::kOff : ChooseColour(), out);
    if (request.ci && OnGithub()) absl::FPrintF(out, "%s", GithubAnnotations(result));
  } else {
    absl::FPrintF(out, "%s", CheckJson(result));
  }
  fflush(out);
  const int code = checked.artifacts.ok() ? ExitCode(result) : kExitBroken;
  const absl::Status reported = WriteReports(reports, result, code);
  for (const absl::Status& written : {checked.artifacts, reported}) {
    if (!written.ok()) absl::FPrintF(stderr, "msyncspec: %s\n", written.message());
  }
  if (result.interrupted) DieOfInterruption();
  return reported.ok() ? code : kExitBroken;
}

int List(const CheckRequest& request) {
  for (const std::string& name : NamesOf(request)) absl::PrintF("%s\n", name);
  return kExitAgree;
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) {
    return UsageError(absl::StrCat("check takes no files: ", arguments[0],
                                   "; to run a scenario: msyncspec run FILE"));
  }
  const KernelIdentity kernel = IdentifyKernel();
  const absl::StatusOr<CheckRequest> request = AskedCheck(kernel);
  if (absl::IsNotFound(request.status())) {
    absl::FPrintF(stderr, "msyncspec: %s\n", request.status().message());
    return kExitNothingRun;
  }
  if (!request.ok()) return UsageError(request.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());
  const absl::StatusOr<Format> format = ChooseFormat();
  if (!format.ok()) return UsageError(format.status().message());
  if (request->only_list) return List(*request);
  const absl::StatusOr<std::vector<ReportTarget>> reports = OpenReports();
  if (!reports.ok()) return UsageError(reports.status().message());
  const absl::StatusOr<std::string> artifacts = OpenArtifacts();
  if (!artifacts.ok()) return UsageError(artifacts.status().message());

  FILE* out = TakesStandardOutput(*reports) ? stderr : stdout;
  if (*format == Format::kText) {
    absl::FPrintF(out, "%sseed %d\n", Heading(kernel, *chosen->profile, chosen->why),
                  request->options.random_options.seed);
    fflush(out);
  }
  return Tell(Check(*request, *chosen->profile, *artifacts), *request, *format, *reports, out);
}

std::vector<absl::string_view> AllFlags() {
  std::vector<absl::string_view> flags = CheckFlags();
  flags.insert(flags.end(), {"report", "artifacts", "profile", "format"});
  return flags;
}

}  // namespace

Command CheckCommand() {
  return {
      .name = "check",
      .arguments = "",
      .summary = "holds the specification against the running kernel",
      .details =
          "Runs these stages: the corpus of scenarios with expectations, the known deviations of\n"
          "this system, every layout of a few page slots with every call at their boundaries, and\n"
          "random larger layouts. With --effects=all three more, about what calls do to files:\n"
          "injection (every error that a file server can answer), served (many calls on one\n"
          "server) and files (filesystems, disks and servers of their own, and threads that act\n"
          "meanwhile). Whatever disagrees is run again three times and shown with the rule and a\n"
          "command that repeats it, unless it is one of corpus/known_deviations. The defaults end\n"
          "within 40 seconds, --effects=all adds 45.",
      .flags = AllFlags(),
      .run = Run};
}

}  // namespace msyncspec
