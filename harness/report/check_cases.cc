// SPDX-License-Identifier: MIT
#include "harness/report/check_cases.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/differ/run_and_judge.h"
#include "harness/report/subject.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

std::string OneLine(std::string text) {
  for (char& each : text) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(each))) each = ' ';
  }
  return std::string(absl::StripAsciiWhitespace(text));
}

// What remains of a name for readers that know letters, digits, _ and - alone.
std::string Reduced(const std::string& name) {
  std::string reduced;
  for (const char each : name) {
    const bool stays =
        absl::ascii_isalnum(static_cast<unsigned char>(each)) || each == '_' || each == '-';
    if (stays) reduced += each;
  }
  return reduced;
}

// Makes the names of cases what their contract says.
class Names {
 public:
  std::string Take(absl::string_view wanted) {
    std::string name;
    for (const char each : wanted) {
      const bool plain = absl::ascii_isprint(static_cast<unsigned char>(each)) && each != '#';
      name += plain ? each : '_';
    }
    const std::string stem = std::string(absl::StripAsciiWhitespace(name));
    name = stem;
    for (int i = 2; Reduced(name).empty() || !taken_.insert(Reduced(name)).second; ++i) {
      name = absl::StrCat(stem, "_", i);
    }
    return name;
  }

 private:
  std::set<std::string> taken_;
};

// Adds to `reported` what of the stage's findings belongs to `each`.
void Attach(const StageResult& stage, const CaseResult& each, ReportedCase& reported) {
  for (const Disagreement& disagreement : each.disagreements) {
    for (const Finding& finding : stage.findings) {
      if (!finding.disagreement.SameAs(disagreement)) continue;
      reported.findings.push_back(&finding);
      reported.ending = Ending::kFailed;
    }
    for (const KnownFinding& known : stage.known) {
      if (!known.finding.disagreement.SameAs(disagreement)) continue;
      reported.findings.push_back(&known.finding);
      if (reported.ending == Ending::kFailed) continue;
      reported.ending = Ending::kKnown;
      reported.reason = OneLine(known.reason);
    }
  }
}

Ending EndingOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAgree:
      return Ending::kPassed;
    case Verdict::kDisagree:
      return Ending::kFailed;
    case Verdict::kUnsupported:
      return Ending::kSkipped;
    case Verdict::kBroken:
      return Ending::kBroken;
  }
  return Ending::kBroken;
}

ReportedCase Report(const StageResult& stage, const CaseResult& each, Names& names) {
  ReportedCase reported = {.name = names.Take(each.name),
                           .ending = EndingOf(each.verdict),
                           .reason = OneLine(each.reason),
                           .duration = each.duration};
  if (each.verdict != Verdict::kDisagree) return reported;
  reported.reason.clear();
  if (each.name != kWholeStage) {
    reported.ending = Ending::kPassed;
    Attach(stage, each, reported);
  }
  return reported;
}

bool MakesItsScenarios(const StageResult& stage) {
  return stage.cases.size() == 1 && stage.cases[0].name == kWholeStage;
}

ReportedStage Report(const StageResult& stage) {
  ReportedStage reported = {.name = stage.name, .duration = stage.duration};
  Names names;
  for (const CaseResult& each : stage.cases) {
    reported.cases.push_back(Report(stage, each, names));
  }
  if (MakesItsScenarios(stage)) {
    for (const Finding& finding : stage.findings) {
      reported.cases.push_back({.name = names.Take(KeyOf(finding.disagreement)),
                                .ending = Ending::kFailed,
                                .findings = {&finding}});
    }
    for (const KnownFinding& known : stage.known) {
      reported.cases.push_back({.name = names.Take(KeyOf(known.finding.disagreement)),
                                .ending = Ending::kKnown,
                                .reason = OneLine(known.reason),
                                .findings = {&known.finding}});
    }
  }
  const auto broken = [](const ReportedCase& each) { return each.ending == Ending::kBroken; };
  if (!stage.status.ok() && std::none_of(reported.cases.begin(), reported.cases.end(), broken)) {
    reported.cases.push_back({.name = names.Take("stage"),
                              .ending = Ending::kBroken,
                              .reason = OneLine(std::string(stage.status.message()))});
  }
  return reported;
}

ReportedStage OfTheCheck(Ending ending, const std::string& reason) {
  return {.name = "check",
          .cases = {{.name = "runs", .ending = ending, .reason = OneLine(reason)}}};
}

}  // namespace

std::vector<ReportedStage> ReportedStages(const CheckResult& result) {
  std::vector<ReportedStage> stages;
  for (const StageResult& stage : result.stages) {
    ReportedStage reported = Report(stage);
    if (!reported.cases.empty()) stages.push_back(std::move(reported));
  }
  if (!result.refusal.empty()) {
    stages.push_back(OfTheCheck(Ending::kSkipped, result.refusal));
  } else if (!result.failure.empty()) {
    stages.push_back(OfTheCheck(Ending::kBroken, result.failure));
  } else if (result.interrupted) {
    stages.push_back(OfTheCheck(Ending::kBroken, "interrupted: what follows was not run"));
  } else if (stages.empty()) {
    stages.push_back(OfTheCheck(Ending::kSkipped, "nothing was run"));
  }
  return stages;
}

int Count(const std::vector<ReportedStage>& stages, Ending ending) {
  int count = 0;
  for (const ReportedStage& stage : stages) {
    for (const ReportedCase& each : stage.cases) count += each.ending == ending;
  }
  return count;
}

std::vector<std::string> FindingLines(const Finding& finding, const Profile& profile) {
  const Disagreement& what = finding.disagreement;
  std::vector<std::string> lines = {std::string(SubjectText(what.subject)),
                                    absl::StrCat("expected: ", what.expected),
                                    absl::StrCat("observed: ", what.observed)};
  const Rule* rule = FindRule(profile, what.rule);
  if (rule != nullptr) {
    lines.push_back(absl::StrCat("rule: ", rule->id, ": ", rule->says));
  } else if (!what.rule.empty()) {
    lines.push_back(absl::StrCat("step: ", what.rule));
  }
  lines.push_back(absl::StrCat("origin: ", finding.origin));
  lines.push_back(absl::StrCat("confirmed: ", finding.confirmations, " of ", kConfirmations));
  if (!finding.artifact.empty()) lines.push_back(absl::StrCat("artifact: ", finding.artifact));
  lines.emplace_back("command:");
  for (std::string& line : lines) line = OneLine(line);
  for (const absl::string_view line : absl::StrSplit(finding.command, '\n')) {
    lines.emplace_back(line);
  }
  return lines;
}

}  // namespace msyncspec
