// SPDX-License-Identifier: MIT
#include "corpus/drift/drift.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/run_and_judge.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "harness/report/drift_report.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"
#include "model/source.h"

namespace msyncspec {
namespace {

constexpr char kPage[] = "man-pages-6.03";  // the one that corpus/drift/ is about

// Puts the files of each folder of corpus/drift/ together.
absl::StatusOr<std::vector<DriftEntry>> Entries() {
  std::map<std::string, DriftEntry> by_name;
  for (const DriftFile& file : DriftFiles()) {
    const std::vector<std::string> parts = absl::StrSplit(file.path, '/');  // NAME/FILE
    DriftEntry& entry = by_name[parts[0]];
    entry.name = parts[0];
    const std::string text(file.text);
    if (parts[1] == "scenario.msync") entry.scenario = text;
    if (parts[1] == "program.c") entry.program = text;
    if (parts[1] == "program.out") entry.output = text;
    if (parts[1] != "entry.txt") continue;
    if (absl::Status status = ReadEntry(file.text, entry); !status.ok()) return status;
  }
  std::vector<DriftEntry> entries;
  for (auto& [name, entry] : by_name) entries.push_back(std::move(entry));
  // In the order of the page; those of one sentence by name.
  const std::vector<Clause>& clauses = FindSource(kPage)->clauses;
  const auto place = [&clauses](const DriftEntry& entry) {
    return std::find_if(clauses.begin(), clauses.end(),
                        [&entry](const Clause& clause) { return clause.label == entry.clause; }) -
           clauses.begin();
  };
  std::stable_sort(
      entries.begin(), entries.end(),
      [&place](const DriftEntry& a, const DriftEntry& b) { return place(a) < place(b); });
  return entries;
}

// Leaves those entries that are named; InvalidArgument names the nearest to one that is not there.
absl::Status KeepNamed(const std::vector<std::string>& names, std::vector<DriftEntry>& entries) {
  if (names.empty()) return absl::OkStatus();
  std::vector<absl::string_view> known;
  for (const DriftEntry& entry : entries) known.push_back(entry.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ": no such entry; did you mean ", Nearest(name, known), "?"));
    }
  }
  entries.erase(std::remove_if(entries.begin(), entries.end(),
                               [&names](const DriftEntry& entry) {
                                 return std::find(names.begin(), names.end(), entry.name) ==
                                        names.end();
                               }),
                entries.end());
  return absl::OkStatus();
}

int Run(const std::vector<std::string>& arguments) {
  const absl::StatusOr<Format> format =
      ChooseFormat({Format::kText, Format::kJson, Format::kMarkdown});
  if (!format.ok()) return UsageError(format.status().message());
  absl::StatusOr<std::vector<DriftEntry>> entries = Entries();
  if (!entries.ok()) {
    absl::FPrintF(stderr, "msyncspec: %s\n", entries.status().message());
    return kExitBroken;
  }
  if (absl::Status status = KeepNamed(arguments, *entries); !status.ok()) {
    return UsageError(status.message());
  }

  const KernelIdentity identity = IdentifyKernel();
  const Profile* kernel = RunningProfile();
  if (kernel == nullptr) {
    absl::FPrintF(stderr, "msyncspec: no profile covers Linux %s\n", identity.release);
    return kExitNothingRun;
  }
  if (absl::Status status = TryOneCall(); !status.ok()) {
    absl::FPrintF(stderr, "msyncspec: %s\n", status.message());
    return ExitCodeFor(status);
  }
  DriftReport report = {
      .page = FindProfile(kPage),
      .kernel = kernel,
      .observed_on = absl::StrCat("run on Linux ", identity.release, " ", identity.machine)};
  std::vector<Verdict> verdicts;
  for (const DriftEntry& entry : *entries) {
    const absl::StatusOr<AnnotatedScenario> annotated = Parse(entry.scenario);
    if (!annotated.ok()) {
      absl::FPrintF(stderr, "msyncspec: %s: %s\n", entry.name, annotated.status().message());
      return kExitBroken;
    }
    EffectsProvider provider;
    // The authors' expectations are about the kernels they name; here it is this kernel's turn.
    ScenarioRun run = RunAndJudge({annotated->scenario, {}}, *kernel, provider);
    verdicts.push_back(run.judgement.verdict);
    report.findings.push_back({&entry, *annotated, std::move(run)});
  }
  absl::PrintF("%s", *format == Format::kJson       ? DriftJson(report)
                     : *format == Format::kMarkdown ? DriftMarkdown(report)
                                                    : DriftText(report));
  return ExitCodeFor(verdicts);
}

}  // namespace

Command DriftCommand() {
  return {.name = "drift",
          .arguments = "[ENTRY…]",
          .summary = "reports where the manual page has drifted from this kernel",
          .details =
              "For maintainers of msync(2) in the Linux man-pages: each sentence that this kernel "
              "contradicts, and\neach thing that the page is silent about and that a program can "
              "see, with a scenario, what this\nkernel answered, a C program with its output, and "
              "a suggested wording.\nThe name of an entry stands in its heading, and msyncspec "
              "drift NAME "
              "takes these.\nExits with 0 if this kernel does what the report says, with 1 if it "
              "does otherwise, and\nwith 4 if nothing can be run.",
          .flags = {"format"},
          .run = Run};
}

}  // namespace msyncspec
