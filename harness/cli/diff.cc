// SPDX-License-Identifier: MIT
#include <cstdio>

#include "absl/strings/str_format.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/profile_diff.h"
#include "harness/report/diff_report.h"
#include "harness/report/text.h"

namespace msyncspec {
namespace {

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() != 2) return UsageError("diff takes two profiles: msyncspec diff A B");
  const absl::StatusOr<const Profile*> a = ProfileNamed(arguments[0], arguments[0] + ": ");
  if (!a.ok()) return UsageError(a.status().message());
  const absl::StatusOr<const Profile*> b = ProfileNamed(arguments[1], arguments[1] + ": ");
  if (!b.ok()) return UsageError(b.status().message());
  const absl::StatusOr<Format> format =
      ChooseFormat({Format::kText, Format::kJson, Format::kMarkdown});
  if (!format.ok()) return UsageError(format.status().message());

  const ProfileDiff diff = DiffProfiles(**a, **b);
  const auto render = *format == Format::kJson       ? DiffJson
                      : *format == Format::kMarkdown ? DiffMarkdown
                                                     : DiffText;
  const bool same = diff.differences.empty() && diff.unshown.empty();
  if (same && *format != Format::kJson) {
    absl::FPrintF(stderr, "%s and %s say the same of all %s cases of the scope\n", (*a)->name,
                  (*b)->name, WithCommas(diff.cases));
    return kExitAgree;
  }
  absl::PrintF("%s", render(**a, **b, diff));
  return same ? kExitAgree : kExitFindings;
}

}  // namespace

Command DiffCommand() {
  return {.name = "diff",
          .arguments = "A B",
          .summary = "shows every way in which two profiles differ",
          .details =
              "Tries every call at the boundaries of every layout of three pages, and every short "
              "sequence of\nthe steps that kernels treat differently, and prints the smallest "
              "scenario for each way in which\nthe two differ, with what either says and where "
              "that is written. No system is asked.\nExits with 0 if they say the same, with 1 if "
              "they differ, as diff(1) does.",
          .flags = {"format"},
          .run = Run};
}

}  // namespace msyncspec
