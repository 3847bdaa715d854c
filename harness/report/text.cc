// SPDX-License-Identifier: MIT
#include "harness/report/text.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/differ/minimise_finding.h"
#include "harness/differ/run_and_judge.h"
#include "harness/prose/lines.h"
#include "harness/report/citation_text.h"
#include "harness/report/subject.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

std::string Painted(absl::string_view text, absl::string_view code, Colour colour) {
  return colour == Colour::kOn ? absl::StrCat("\033[", code, "m", text, "\033[0m")
                               : std::string(text);
}
constexpr absl::string_view kGreen = "32", kRed = "1;31", kYellow = "33";

// The rule's statement and its citations.
std::string RuleText(const Profile& profile, const std::string& id) {
  const Rule* rule = FindRule(profile, id);
  if (rule == nullptr) return "";
  std::string text = absl::StrCat("  rule       ", rule->id, ": ", rule->says, "\n");
  for (const std::string& place : CitationTexts(*rule)) {
    absl::StrAppend(&text, "             ", place, "\n");
  }
  return text;
}

std::string Plural(uint64_t count, absl::string_view noun) {
  return absl::StrCat(WithCommas(count), " ", noun, count == 1 ? "" : "s");
}

constexpr char kStageFormat[] = "%-10s %11s %14s %16s %14s %9s %8s %14s";

std::string StageHeading() {
  return absl::StrFormat(kStageFormat, "stage", "layouts", "calls", "reached the walk", "agree",
                         "findings", "seconds", "calls a second") +
         "\n";
}

std::string StageLine(const StageResult& stage) {
  const double seconds = absl::ToDoubleSeconds(stage.duration);
  const double rate = seconds > 0 ? static_cast<double>(stage.calls) / seconds : 0;
  const std::string line = absl::StrFormat(
      kStageFormat, stage.name, WithCommas(stage.layouts), WithCommas(stage.calls),
      WithCommas(stage.walked), WithCommas(stage.agreed), WithCommas(stage.findings.size()),
      absl::StrFormat("%.1f", seconds), WithCommas(static_cast<uint64_t>(rate)));
  return absl::StrCat(line, stage.complete ? "" : "  (cut short)", "\n");
}

std::string UnsupportedLines(const CheckResult& result) {
  std::string lines;
  for (const StageResult& stage : result.stages) {
    for (const auto& [reason, count] : stage.unsupported) {
      absl::StrAppend(
          &lines, "  ", stage.name, ", ",
          count.calls > 0 ? Plural(count.calls, "call") : Plural(count.layouts, "layout"), ": ",
          reason, "\n");
    }
  }
  return lines.empty() ? "" : absl::StrCat("not compared (unsupported here):\n", lines);
}

// One line for each, however many stages met it.
std::string KnownLines(const CheckResult& result) {
  std::set<std::string> sentences;
  for (const StageResult& stage : result.stages) {
    for (const KnownFinding& known : stage.known) {
      sentences.insert(absl::StrCat(KeyOf(known.finding.disagreement), ": ", known.reason));
    }
  }
  std::string lines;
  for (const std::string& sentence : sentences) absl::StrAppend(&lines, "  ", sentence, "\n");
  return lines.empty() ? "" : absl::StrCat("known deviations, which are no findings:\n", lines);
}

std::string BlindLines(const CheckResult& result) {
  std::string lines;
  for (const std::string& sentence : result.blind) {
    absl::StrAppend(&lines, "  ", sentence, "\n");
  }
  return lines.empty() ? "" : absl::StrCat("not seen of files:\n", lines);
}

std::string CountsText(const EffectCounts& counts) {
  struct Kind {
    uint64_t count;
    const char* noun;
    const char* whence;
  };
  const Kind kinds[] = {{counts.fsyncs, "fsync", ""},
                        {counts.writes, "write", ""},
                        {counts.pages, "page", ""},
                        {counts.bytes, "byte", " beneath"},
                        {counts.times, "look", " at times"}};
  std::string text;
  for (const Kind& kind : kinds) {
    if (kind.count == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", Plural(kind.count, kind.noun), kind.whence);
  }
  return text;
}

std::string EffectsLines(const CheckResult& result) {
  EffectsSeen seen;
  for (const StageResult& stage : result.stages) {
    for (const auto& [backing, counts] : stage.effects) seen[backing] += counts;
  }
  std::string lines;
  for (const auto& [backing, counts] : seen) {
    const std::string text = CountsText(counts);
    if (text.empty()) continue;
    absl::StrAppend(&lines, "  ", backing, ": ", text, "\n");
  }
  return lines.empty() ? "" : absl::StrCat("effects compared:\n", lines);
}

std::string KernelFactLines(const CheckResult& result) {
  std::string lines;
  for (const std::string& sentence : result.kernel_facts.Differences()) {
    absl::StrAppend(&lines, "  ", sentence, "\n");
  }
  return lines.empty() ? "" : absl::StrCat("facts about this kernel:\n", lines);
}

std::string VerdictLine(const CheckResult& result, Colour colour) {
  if (!result.refusal.empty()) {
    return absl::StrCat(Painted("nothing could be run", kYellow, colour), ": ", result.refusal,
                        "\n");
  }
  if (const std::string failure = result.HarnessFailure(); !failure.empty()) {
    return absl::StrCat(Painted("the harness failed", kRed, colour), ": ", failure, "\n");
  }
  uint64_t walked = 0, layouts = 0, views = 0;
  for (const StageResult& stage : result.stages) {
    walked += stage.walked;
    layouts += stage.layouts;
    views += stage.views;
  }
  if (result.Findings() == 0 && result.Compared() == 0) {
    return absl::StrCat(Painted("nothing was compared", kYellow, colour),
                        result.interrupted ? " (incomplete: interrupted)\n"
                                           : ": no stage could build a layout here\n");
  }
  const std::string scale =
      absl::StrCat(Plural(result.Compared(), "call"), " (", WithCommas(walked),
                   " reached the walk) in ", Plural(layouts, "layout"),
                   "; the kernel's own view of ", Plural(views, "layout"), " compared");
  const std::string apart =
      result.Known() == 0 ? ""
                          : absl::StrCat(" (and ", Plural(result.Known(), "known deviation"), ")");
  const std::string word = result.Findings() == 0
                               ? Painted("agree", kGreen, colour)
                               : Painted(Plural(result.Findings(), "finding"), kRed, colour);
  return absl::StrCat(word, apart, result.interrupted ? " (incomplete: interrupted)" : "", ": ",
                      scale, "\n");
}

}  // namespace

std::string WithCommas(uint64_t number) {
  const std::string digits = absl::StrCat(number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string Heading(const KernelIdentity& kernel, const Profile& profile,
                    const std::string& why_this_profile) {
  return absl::StrCat("Linux ", kernel.release, " ", kernel.machine, ", held against profile ",
                      profile.name, " (", why_this_profile, ")\n");
}

std::string FindingText(const Finding& finding, const Profile& profile, Colour colour) {
  const Disagreement& what = finding.disagreement;
  std::string text = absl::StrCat(Painted("FINDING", kRed, colour), " ", SubjectText(what.subject),
                                  " (", finding.origin, ")\n");
  if (what.subject == Subject::kDeviation) {
    absl::StrAppend(&text, "  expected   ", what.expected, "\n");
    absl::StrAppend(&text, "  observed   ", what.observed, "\n");
  } else if (what.subject == Subject::kExpectation) {
    absl::StrAppend(&text, "  expected   ", what.expected, "\n");
    absl::StrAppend(&text, "  predicted  ", what.observed, "   by ", profile.name, "\n");
  } else {
    absl::StrAppend(&text, "  predicted  ", what.expected, "   by ", profile.name, "\n");
    absl::StrAppend(&text, "  observed   ", what.observed, "\n");
  }
  absl::StrAppend(&text, RuleText(profile, what.rule));
  if (what.action < finding.scenario.actions.size()) {
    absl::StrAppend(&text, "  at         ",
                    std::visit([](const auto& action) { return Print(action); },
                               finding.scenario.actions[what.action]),
                    "\n");
  }
  absl::StrAppend(&text, "  confirmed  ", finding.confirmations, " of ", kConfirmations,
                  finding.confirmed() ? " re-runs\n" : " re-runs: unstable\n");
  if (!finding.artifact.empty()) absl::StrAppend(&text, "  artifact   ", finding.artifact, "\n");
  absl::StrAppend(&text, "  scenario\n", Indented(Print(finding.scenario), "    "));
  // At the margin, so that a here-document ends where it ends.
  absl::StrAppend(&text, "  repeat with\n", finding.command, "\n");
  return text;
}

std::string ScenarioFileText(const Finding& finding, const Profile& profile,
                             const std::string& observer) {
  const Disagreement& what = finding.disagreement;
  const bool is_of_author = what.subject == Subject::kExpectation;
  const std::string about = what.rule.empty() ? std::string(SubjectName(what.subject)) : what.rule;
  const std::string comment =
      absl::StrCat("rule      ", about, "\nexpected  ", what.expected, "   by ",
                   is_of_author ? "its author" : profile.name, "\nobserved  ", what.observed,
                   "   by ", is_of_author ? std::string(profile.name) : observer, "\n");
  return absl::StrCat(Indented(comment, "# "), Print(WithExpectation(finding)));
}

std::string SummaryText(const CheckResult& result, Colour colour) {
  std::string text = result.stages.empty() ? "" : StageHeading();
  for (const StageResult& stage : result.stages) absl::StrAppend(&text, StageLine(stage));
  absl::StrAppend(&text, EffectsLines(result), UnsupportedLines(result), KnownLines(result),
                  BlindLines(result), KernelFactLines(result), VerdictLine(result, colour));
  return text;
}

}  // namespace msyncspec
