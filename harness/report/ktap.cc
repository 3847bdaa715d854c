// SPDX-License-Identifier: MIT
#include "harness/report/ktap.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/report/check_cases.h"

namespace msyncspec {
namespace {

constexpr char kVersion[] = "KTAP version 1\n";
constexpr absl::string_view kIndent = "  ";

// A reason that is empty leaves no blank behind the directive.
std::string Directive(absl::string_view word, const std::string& reason) {
  return absl::StrCat(" # ", word, reason.empty() ? "" : " ", reason);
}

std::string ResultLine(Ending ending, size_t number, const std::string& name,
                       const std::string& reason) {
  switch (ending) {
    case Ending::kPassed:
      return absl::StrCat("ok ", number, " ", name, "\n");
    case Ending::kFailed:
      return absl::StrCat("not ok ", number, " ", name, "\n");
    case Ending::kKnown:
      return absl::StrCat("ok ", number, " ", name, Directive("XFAIL", reason), "\n");
    case Ending::kSkipped:
      return absl::StrCat("ok ", number, " ", name, Directive("SKIP", reason), "\n");
    case Ending::kBroken:
      return absl::StrCat("not ok ", number, " ", name, Directive("ERROR", reason), "\n");
  }
  return "";
}

// A stage fails where any of its cases does; it is skipped where all are.
Ending WholeEnding(const ReportedStage& stage) {
  bool all_skipped = true;
  for (const ReportedCase& each : stage.cases) {
    const bool bad = each.ending == Ending::kFailed || each.ending == Ending::kBroken;
    if (bad) return Ending::kFailed;
    all_skipped &= each.ending == Ending::kSkipped;
  }
  return all_skipped ? Ending::kSkipped : Ending::kPassed;
}

std::string StageText(const ReportedStage& stage, size_t number, const Profile& profile) {
  std::string text = absl::StrCat(kIndent, kVersion, kIndent, "1..", stage.cases.size(), "\n");
  for (size_t i = 0; i < stage.cases.size(); ++i) {
    const ReportedCase& each = stage.cases[i];
    for (const Finding* finding : each.findings) {
      for (const std::string& line : FindingLines(*finding, profile)) {
        absl::StrAppend(&text, kIndent, "# ", line, "\n");
      }
    }
    absl::StrAppend(&text, kIndent, ResultLine(each.ending, i + 1, each.name, each.reason));
  }
  const Ending whole = WholeEnding(stage);
  const std::string reason = whole == Ending::kSkipped ? stage.cases[0].reason : "";
  return absl::StrCat(text, ResultLine(whole, number, stage.name, reason));
}

}  // namespace

std::string CheckKtap(const CheckResult& result) {
  const std::vector<ReportedStage> stages = ReportedStages(result);
  std::string text =
      absl::StrCat(kVersion, "1..", stages.size(), "\n# Linux ", result.kernel.release, " ",
                   result.kernel.machine, ", held against profile ", result.profile->name,
                   ", seed ", result.seed, "\n");
  for (size_t i = 0; i < stages.size(); ++i) {
    absl::StrAppend(&text, StageText(stages[i], i + 1, *result.profile));
  }
  absl::StrAppend(&text, "# Totals: pass:", Count(stages, Ending::kPassed),
                  " fail:", Count(stages, Ending::kFailed),
                  " xfail:", Count(stages, Ending::kKnown),
                  " xpass:0 skip:", Count(stages, Ending::kSkipped),
                  " error:", Count(stages, Ending::kBroken), "\n");
  return text;
}

}  // namespace msyncspec
