// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/document_report.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/profile_matrix.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;
using Counts = std::vector<std::vector<size_t>>;

constexpr char kWhatNumbersMean[] =
    "In how many ways any two profiles differ; msyncspec diff A B shows them.";

std::string CountsText(const std::vector<const Profile*>& profiles, const Counts& counts) {
  size_t width = 0;
  for (const Profile* profile : profiles) width = std::max(width, profile->name.size());
  std::string text = absl::StrCat(kWhatNumbersMean, "\n\n");
  absl::StrAppendFormat(&text, "%*s", static_cast<int>(width + 4), "");
  for (size_t i = 0; i < profiles.size(); ++i) absl::StrAppendFormat(&text, "%4d", i + 1);
  for (size_t i = 0; i < profiles.size(); ++i) {
    absl::StrAppendFormat(&text, "\n%3d %-*s", i + 1, static_cast<int>(width), profiles[i]->name);
    for (size_t j = 0; j < profiles.size(); ++j) {
      absl::StrAppendFormat(&text, "%4s", i == j ? "-" : absl::StrCat(counts[i][j]));
    }
  }
  return text + "\n";
}

std::string CountsMarkdown(const std::vector<const Profile*>& profiles, const Counts& counts) {
  std::string text = absl::StrCat("# Profiles against profiles\n\n", kWhatNumbersMean, "\n\n| |");
  std::string rule = "\n|---|";
  for (size_t i = 0; i < profiles.size(); ++i) {
    absl::StrAppend(&text, " ", i + 1, " |");
    absl::StrAppend(&rule, "---|");
  }
  absl::StrAppend(&text, rule);
  for (size_t i = 0; i < profiles.size(); ++i) {
    absl::StrAppend(&text, "\n| ", i + 1, " ", profiles[i]->name, " |");
    for (size_t j = 0; j < profiles.size(); ++j) {
      absl::StrAppend(&text, " ", i == j ? "-" : absl::StrCat(counts[i][j]), " |");
    }
  }
  return text + "\n";
}

std::string MatrixJson(const std::vector<const Profile*>& profiles, const Counts& counts,
                       const std::vector<ClauseReport>& reports) {
  Json names = Json::array(), documents = Json::array();
  for (const Profile* profile : profiles) names.push_back(profile->name);
  for (const ClauseReport& report : reports) documents.push_back(ClausesJson(report));
  return Json({{"schema", "msyncspec-matrix-1"},
               {"profiles", names},
               {"differences", counts},
               {"documents", documents}})
             .dump(2) +
         "\n";
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) return UsageError("matrix takes no arguments");
  const absl::StatusOr<ChosenProfile> kernel = ChooseProfile();
  if (!kernel.ok()) return UsageError(kernel.status().message());
  if (kernel->profile->IsDocument()) {
    return UsageError("--profile: documents are held against a kernel, not against a document");
  }
  const absl::StatusOr<Format> format =
      ChooseFormat({Format::kText, Format::kJson, Format::kMarkdown});
  if (!format.ok()) return UsageError(format.status().message());

  const std::vector<const Profile*> profiles = AllProfiles();
  const Counts counts = CountDifferences(profiles);
  const absl::Status can_show = CanShow(*kernel->profile);
  std::vector<ClauseReport> reports;
  std::vector<Verdict> verdicts;
  for (const Profile& document : DocumentProfiles()) {
    reports.push_back(ReportOn(document, *kernel->profile, can_show));
    const std::vector<Verdict> of_document = VerdictsOf(reports.back());
    verdicts.insert(verdicts.end(), of_document.begin(), of_document.end());
  }
  if (*format == Format::kJson) {
    absl::PrintF("%s", MatrixJson(profiles, counts, reports));
  } else if (*format == Format::kMarkdown) {
    absl::PrintF("%s", CountsMarkdown(profiles, counts));
    for (const ClauseReport& report : reports) {
      absl::PrintF("\n# %s\n\n%s", report.document->name, ClausesMarkdown(report));
    }
  } else {
    absl::PrintF("%s", CountsText(profiles, counts));
    for (const ClauseReport& report : reports) {
      absl::PrintF("\n== %s\n\n%s", report.document->name, ClausesText(report));
    }
  }
  return ExitCodeFor(can_show, verdicts);
}

}  // namespace

Command MatrixCommand() {
  return {.name = "matrix",
          .arguments = "",
          .summary = "holds all profiles against all, and each document against this kernel",
          .details =
              "First in how many ways any two profiles differ; then, for each document, every "
              "clause as\nmsyncspec clauses prints it. Takes some seconds.\n"
              "Exits as clauses does.",
          .flags = {"profile", "format"},
          .run = Run};
}

}  // namespace msyncspec
