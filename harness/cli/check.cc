// SPDX-License-Identifier: MIT
#include "harness/differ/check.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "corpus/corpus.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/effects/effects_provider.h"
#include "harness/generate/exhaustive.h"
#include "harness/report/json.h"
#include "harness/report/text.h"

ABSL_FLAG(int, scope, 4,
          "page slots of the exhaustive stage, 1 to 8; each more takes ten times as long");
ABSL_FLAG(std::string, time, "",
          "how long the random, served and files stages each last, such as 30s or 2h; without "
          "it, 20s or what is left of 36s for random, 10s for served, 30s for files");
ABSL_FLAG(std::string, seed, "random", "the seed of the random, served and files stages, a number");
ABSL_FLAG(uint64_t, at, 0, "the scenario of these stages to begin with, a number");
ABSL_FLAG(uint64_t, count, UINT64_MAX,
          "how many scenarios of each of these stages at most, a number");
ABSL_FLAG(std::string, stages, "corpus,exhaustive,random",
          "the stages to run, among these and injection,served,files, which --effects=all adds");

ABSL_FLAG(std::string, effects, "auto",
          "what is seen of files: all (with a stage of its own), auto (what the corpus shows) or "
          "none");

namespace msyncspec {
namespace {

// On a machine where the default scope would take longer than this, it is broken off.
constexpr absl::Duration kDefaultCutoff = absl::Seconds(18);

volatile std::sig_atomic_t g_interrupted = 0;

// Shows one line that is written over and over, on a terminal only.
class ProgressLine {
 public:
  ProgressLine() : on_(isatty(STDERR_FILENO) == 1) {}
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

uint64_t FreshSeed() {
  uint32_t seed = 1;
  if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed)) {
    seed = static_cast<uint32_t>(absl::GetCurrentTimeNanos());
  }
  return seed;
}

absl::Status ChooseStages(CheckOptions& options) {
  options.corpus = options.random = false;
  bool exhaustive = false;
  for (const absl::string_view stage : absl::StrSplit(absl::GetFlag(FLAGS_stages), ',')) {
    if (stage == "corpus") {
      options.corpus = true;
    } else if (stage == "exhaustive") {
      exhaustive = true;
    } else if (stage == "random") {
      options.random = true;
    } else if (stage == "injection") {
      options.injection = true;
    } else if (stage == "served") {
      options.served = true;
    } else if (stage == "files") {
      options.files = true;
    } else {
      return absl::InvalidArgumentError(
          absl::StrCat("--stages: no such stage: \"", stage,
                       "\"; expected some of corpus,exhaustive,random,injection,served,files"));
    }
  }
  if (!exhaustive) options.scope = 0;
  return absl::OkStatus();
}

absl::Status ChooseEffects(CheckOptions& options) {
  const std::string effects = absl::GetFlag(FLAGS_effects);
  if (effects == "all") options.injection = options.served = options.files = true;
  if (effects == "none" && (options.injection || options.served || options.files)) {
    return absl::InvalidArgumentError(
        "--effects=none: the stages injection, served and files are about nothing else");
  }
  if (effects == "all" || effects == "auto" || effects == "none") return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--effects=", effects, ": expected all, auto or none"));
}

absl::StatusOr<CheckOptions> OptionsFromFlags() {
  CheckOptions options;
  options.scope = absl::GetFlag(FLAGS_scope);
  if (options.scope < 1 || options.scope > ExhaustiveScope::kMaxSlots) {
    return absl::InvalidArgumentError(
        absl::StrCat("--scope=", options.scope, ": expected 1 to ", ExhaustiveScope::kMaxSlots));
  }
  if (options.scope <= CheckOptions{}.scope) options.cutoff = kDefaultCutoff;
  if (absl::Status status = ChooseStages(options); !status.ok()) return status;
  if (const std::string time = absl::GetFlag(FLAGS_time); !time.empty()) {
    absl::Duration budget;
    if (!absl::ParseDuration(time, &budget) || budget < absl::ZeroDuration()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--time=", time, ": expected a duration such as 30s, 5m or 2h"));
    }
    options.time = budget;
  }
  if (absl::Status status = ChooseEffects(options); !status.ok()) return status;
  options.random_options.seed = FreshSeed();
  if (const std::string seed = absl::GetFlag(FLAGS_seed); seed != "random") {
    if (!absl::SimpleAtoi(seed, &options.random_options.seed)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--seed=", seed, ": expected a number from 0 to 2^64-1"));
    }
  }
  options.random_options.first = absl::GetFlag(FLAGS_at);
  options.random_options.count = absl::GetFlag(FLAGS_count);
  return options;
}

int ExitCode(const CheckResult& result) {
  if (!result.refusal.empty()) return kExitNothingRun;
  if (!result.HarnessFailure().empty()) return kExitBroken;
  if (result.Findings() > 0) return kExitFindings;
  return result.Compared() == 0 ? kExitNothingRun : kExitAgree;
}

void PrintText(const CheckResult& result) {
  const Colour colour = ChooseColour();
  for (const StageResult& stage : result.stages) {
    for (const Finding& finding : stage.findings) {
      absl::PrintF("%s\n", FindingText(finding, *result.profile, colour));
    }
  }
  absl::PrintF("%s", SummaryText(result, colour));
  if (geteuid() != 0) {
    absl::PrintF(
        "as root it would also compare: mappings of BPF arrays, locks beyond RLIMIT_MEMLOCK\n");
  }
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) {
    return UsageError(absl::StrCat("check takes no files: ", arguments[0],
                                   "; to run a scenario: msyncspec run FILE"));
  }
  const absl::StatusOr<CheckOptions> options = OptionsFromFlags();
  if (!options.ok()) return UsageError(options.status().message());
  const absl::StatusOr<ChosenProfile> chosen = ChooseProfile();
  if (!chosen.ok()) return UsageError(chosen.status().message());
  const absl::StatusOr<Format> format = ChooseFormat();
  if (!format.ok()) return UsageError(format.status().message());

  std::vector<CorpusEntry> corpus;
  for (const CorpusFile& file : CorpusFiles()) {
    corpus.push_back({std::string(file.path), std::string(file.text)});
  }
  if (*format == Format::kText) {
    absl::PrintF("%sseed %d\n", Heading(IdentifyKernel(), *chosen->profile, chosen->why),
                 options->random_options.seed);
    fflush(stdout);
  }
  struct sigaction action = {};
  action.sa_handler = [](int) { g_interrupted = 1; };
  sigaction(SIGINT, &action, nullptr);
  EffectsProvider watching;
  const bool watches = absl::GetFlag(FLAGS_effects) != "none";
  FileProvider& provider = watches ? static_cast<FileProvider&>(watching) : KernelFiles();
  CheckResult result;
  {
    ProgressLine line;
    result =
        RunCheck(*options, *chosen->profile, corpus, provider, [&line](const Progress& progress) {
          line.Show(progress);
          return g_interrupted == 0;
        });
  }
  if (watches && !result.stages.empty()) result.blind = BlindSpots();
  for (const StageResult& stage : result.stages) {
    result.blind.insert(result.blind.end(), stage.blind.begin(), stage.blind.end());
  }
  if (*format == Format::kText) {
    PrintText(result);
  } else {
    absl::PrintF("%s", CheckJson(result));
  }
  if (result.interrupted) {
    // The shell, and whatever else started us, is to see the interruption.
    fflush(stdout);
    std::signal(SIGINT, SIG_DFL);
    raise(SIGINT);
  }
  return ExitCode(result);
}

}  // namespace

Command CheckCommand() {
  return {
      .name = "check",
      .arguments = "",
      .summary = "holds the specification against the running kernel",
      .details =
          "Runs three stages: the corpus of scenarios with expectations, every layout of a few\n"
          "page slots with every call at their boundaries, and random larger layouts. With\n"
          "--effects=all three more, about what calls do to files: injection (every error that a\n"
          "file server can answer), served (many calls on one server) and files (filesystems,\n"
          "disks and servers of their own, and threads that act meanwhile). Whatever disagrees is\n"
          "run again three times and shown with the rule and a command that repeats it. The\n"
          "defaults end within 40 seconds, --effects=all adds 45.",
      .flags = {"scope", "time", "seed", "at", "count", "stages", "effects", "profile", "format"},
      .run = Run};
}

}  // namespace msyncspec
