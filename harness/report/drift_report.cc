// SPDX-License-Identifier: MIT
#include "harness/report/drift_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/prose/lines.h"
#include "harness/report/json.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

// What page, kernel and this run say of one call.
struct CallSayings {
  std::string call, page, kernel, observed;
};

std::string SaysOf(const ActionPrediction& said, Bytes page_size) {
  const Prediction& call = said.call.prediction;
  return absl::StrCat(Text(call.outcomes), ", synced ",
                      PrintSyncs(Expected(call.syncs, page_size)));
}

std::vector<CallSayings> SayingsOf(const DriftReport& report, const DriftFinding& finding) {
  const Scenario& scenario = finding.annotated.scenario;
  const Surroundings bare = BareSurroundings();
  const ScenarioPrediction page = PredictScenario(scenario, *report.page, bare);
  const ScenarioPrediction kernel = PredictScenario(scenario, *report.kernel, bare);
  std::vector<CallSayings> sayings;
  for (size_t i = 0; i < page.actions.size() && i < kernel.actions.size(); ++i) {
    const SymbolicCall* call = std::get_if<SymbolicCall>(&scenario.actions[i]);
    if (call == nullptr) continue;
    CallSayings said = {.call = Print(*call),
                        .page = SaysOf(page.actions[i], bare.machine.page_size),
                        .kernel = SaysOf(kernel.actions[i], bare.machine.page_size),
                        .observed = "not run"};
    if (finding.run.observation.ok()) {
      const ActionObservation& seen = finding.run.observation->actions[i];
      if (seen.state == ActionObservation::State::kDone) said.observed = ErrnoName(seen.answer);
    }
    sayings.push_back(said);
  }
  return sayings;
}

std::string KindText(const std::string& kind) {
  if (kind == "silent") return "the page is silent about it";
  if (kind == "imprecise") return "the page is imprecise";
  return "the page is contradicted";
}

std::string RunText(const DriftReport& report, const DriftFinding& finding) {
  const Judgement& judgement = finding.run.judgement;
  if (judgement.verdict == Verdict::kAgree) {
    return absl::StrCat("This kernel returns what ", report.kernel->name, " says.");
  }
  if (judgement.verdict == Verdict::kDisagree) {
    return absl::StrCat("This kernel does otherwise: ", judgement.disagreements[0].observed,
                        " where ", judgement.disagreements[0].expected, " was expected.");
  }
  return absl::StrCat("Not run as a scenario here: ", judgement.reason, ".");
}

constexpr size_t kProseColumns = 76;
constexpr absl::string_view kMargin = "   ";  // before prose
constexpr absl::string_view kTab = "\t";      // one of 8 columns, before what is to be copied

std::string Heading(size_t number, const DriftEntry& entry) {
  return absl::StrCat(number, ". ", entry.name, ": ", entry.title);
}

std::string PathOf(const DriftEntry& entry) {
  return absl::StrCat("corpus/drift/", entry.name, "/program.c");
}

// Returns the paragraphs of `text` in lines of kProseColumns, each line behind `margin`.
std::string Wrapped(absl::string_view text, absl::string_view margin) {
  std::string wrapped;
  for (const absl::string_view paragraph : absl::StrSplit(absl::StripSuffix(text, "\n"), "\n\n")) {
    absl::StrAppend(&wrapped, wrapped.empty() ? "" : "\n");
    for (const std::string& line : Wrap(paragraph, kProseColumns - margin.size())) {
      absl::StrAppend(&wrapped, margin, line, "\n");
    }
  }
  return wrapped;
}

// Returns a line of `said` behind `label`, which is filled up to `columns`.
std::string Labelled(absl::string_view label, size_t columns, absl::string_view said) {
  return absl::StrCat("       ", label, std::string(columns - label.size() + 1, ' '), said, "\n");
}

}  // namespace

absl::Status ReadEntry(absl::string_view text, DriftEntry& entry) {
  const std::pair<absl::string_view, std::string*> fields[] = {{"title: ", &entry.title},
                                                               {"clause: ", &entry.clause},
                                                               {"sentence: ", &entry.sentence},
                                                               {"kind: ", &entry.kind},
                                                               {"needs: ", &entry.needs}};
  std::string* section = nullptr;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line == "[why it matters]" || line == "[suggested wording]") {
      section = line == "[why it matters]" ? &entry.why : &entry.wording;
    } else if (section != nullptr) {
      absl::StrAppend(section, line, "\n");
    } else {
      for (const auto& [key, value] : fields) {
        if (absl::ConsumePrefix(&line, key)) *value = std::string(line);
      }
    }
  }
  for (std::string* each : {&entry.why, &entry.wording}) {
    while (absl::EndsWith(*each, "\n\n")) each->pop_back();
  }
  for (const auto& [key, value] : fields) {
    if (value->empty()) {
      return absl::InvalidArgumentError(absl::StrCat(entry.name, ": no line \"", key, "…\""));
    }
  }
  if (entry.why.empty() || entry.wording.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(entry.name, ": a section is missing"));
  }
  return absl::OkStatus();
}

std::string DriftText(const DriftReport& report) {
  std::string text = absl::StrCat("Where ", report.page->name, " has drifted from ",
                                  report.kernel->name, "\n", report.observed_on, "\n");
  const std::string kernel_label = absl::StrCat(report.kernel->name, ":");
  const size_t columns = std::max(kernel_label.size(), absl::string_view("the page:").size());
  size_t number = 0;
  for (const DriftFinding& finding : report.findings) {
    const DriftEntry& entry = *finding.entry;
    const std::string heading = Wrapped(Heading(++number, entry), kMargin);
    absl::StrAppend(&text, "\n", absl::StripPrefix(heading, kMargin), "\n", kMargin,
                    KindText(entry.kind), "\n\n", kMargin, "[", entry.clause, "]\n",
                    Wrapped(absl::StrCat("\"", entry.sentence, "\""), kMargin), "\n",
                    Wrapped(entry.why, kMargin), "\n",
                    Indented(Print(finding.annotated.scenario), "     "));
    for (const CallSayings& said : SayingsOf(report, finding)) {
      absl::StrAppend(&text, "\n     ", said.call, "\n", Labelled("the page:", columns, said.page),
                      Labelled(kernel_label, columns, said.kernel),
                      Labelled("observed:", columns, said.observed));
    }
    absl::StrAppend(
        &text, "\n", Wrapped(RunText(report, finding), kMargin), "\n",
        Wrapped(absl::StrCat("A program that shows it (needs: ", entry.needs, "),"), kMargin),
        kMargin, PathOf(entry), ":\n\n", Indented(entry.program, kTab), "\n", kMargin,
        "It prints:\n\n", Indented(entry.output, kTab), "\n", kMargin, "Suggested wording:\n\n",
        Indented(entry.wording, kTab));
  }
  return text;
}

std::string DriftMarkdown(const DriftReport& report) {
  std::string text =
      absl::StrCat("# Where ", report.page->name, " has drifted from ", report.kernel->name, "\n\n",
                   report.page->basis, " Here: ", report.observed_on, ".\n");
  size_t number = 0;
  for (const DriftFinding& finding : report.findings) {
    const DriftEntry& entry = *finding.entry;
    absl::StrAppend(&text, "\n## ", Heading(++number, entry), "\n\n", "*", KindText(entry.kind),
                    "*, ", entry.clause, ":\n\n> ", entry.sentence, "\n\n", entry.why, "\n```\n",
                    Print(finding.annotated.scenario), "```\n\n| call | the page | ",
                    report.kernel->name, " | observed |\n|---|---|---|---|\n");
    for (const CallSayings& said : SayingsOf(report, finding)) {
      absl::StrAppend(&text, "| `", said.call, "` | `", said.page, "` | `", said.kernel, "` | ",
                      said.observed, " |\n");
    }
    absl::StrAppend(&text, "\n", RunText(report, finding), "\n\nA program that shows it, `",
                    PathOf(entry), "` (needs: ", entry.needs, "):\n\n```c\n", entry.program,
                    "```\n\nIt prints:\n\n```\n", entry.output,
                    "```\n\nSuggested wording:\n\n```roff\n", entry.wording, "```\n");
  }
  return text;
}

std::string DriftJson(const DriftReport& report) {
  Json entries = Json::array();
  for (const DriftFinding& finding : report.findings) {
    const DriftEntry& entry = *finding.entry;
    Json calls = Json::array();
    for (const CallSayings& said : SayingsOf(report, finding)) {
      calls.push_back({{"call", said.call},
                       {"page", said.page},
                       {"kernel", said.kernel},
                       {"observed", said.observed}});
    }
    entries.push_back({{"name", entry.name},
                       {"title", entry.title},
                       {"clause", entry.clause},
                       {"sentence", entry.sentence},
                       {"kind", entry.kind},
                       {"why", entry.why},
                       {"scenario", Print(finding.annotated.scenario)},
                       {"calls", calls},
                       {"verdict", VerdictName(finding.run.judgement.verdict)},
                       {"reason", finding.run.judgement.reason},
                       {"needs", entry.needs},
                       {"program", entry.program},
                       {"output", entry.output},
                       {"wording", entry.wording}});
  }
  return Json({{"schema", "msyncspec-drift-1"},
               {"page", report.page->name},
               {"kernel", report.kernel->name},
               {"observed_on", report.observed_on},
               {"entries", entries}})
             .dump(2) +
         "\n";
}

}  // namespace msyncspec
