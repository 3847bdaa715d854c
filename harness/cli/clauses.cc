// SPDX-License-Identifier: MIT
#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "corpus/corpus.h"
#include "harness/cli/command.h"
#include "harness/cli/document_report.h"
#include "harness/cli/shared_flags.h"
#include "harness/differ/run_and_judge.h"
#include "harness/effects/effects_provider.h"
#include "harness/report/json.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"
#include "model/source.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

// Runs the corpus scenario that a rule gives its name to, and says what came of it.
std::string RunRule(const Rule& rule, const Profile& kernel, const absl::Status& can_show,
                    std::vector<Verdict>& verdicts) {
  const std::string path = absl::StrCat("rules/", rule.id, ".msync");
  for (const CorpusFile& file : CorpusFiles()) {
    if (file.path != path) continue;
    if (!can_show.ok()) return absl::StrCat(path, ": not run, ", can_show.message());
    const absl::StatusOr<AnnotatedScenario> annotated = Parse(file.text);
    if (!annotated.ok()) break;
    EffectsProvider provider;
    const Judgement judgement = RunAndJudge(*annotated, kernel, provider).judgement;
    verdicts.push_back(judgement.verdict);
    return absl::StrCat(path, ": ", VerdictName(judgement.verdict),
                        judgement.reason.empty() ? "" : absl::StrCat(", ", judgement.reason));
  }
  return absl::StrCat(path, ": no such scenario");
}

// A kernel's clauses are our own words; its verdict is that of the scenarios of their rules.
int PrintKernel(const Profile& profile, Format format) {
  const Source& source = *FindSource(profile.source);
  const absl::Status can_show = CanShow(profile);
  std::vector<Verdict> verdicts;
  std::string text = absl::StrCat(profile.name, " (", profile.basis, "), source ", source.name,
                                  ": ", source.edition, "\n");
  Json clauses = Json::array();
  for (const Clause& clause : source.clauses) {
    std::vector<std::string> shown;
    for (const Rule* rule : RulesOf(profile)) {
      for (const Citation& citation : rule->cites) {
        if (citation.source != source.name || citation.clause != clause.label) continue;
        shown.push_back(RunRule(*rule, profile, can_show, verdicts));
      }
    }
    const std::string why =
        clause.uncited.empty() ? "cited by rules of other profiles" : clause.uncited;
    absl::StrAppend(&text, "\n[", clause.label, "]\n  \"", clause.text, "\"\n  ",
                    shown.empty() ? why : absl::StrJoin(shown, "\n  "), "\n");
    Json json = {{"label", clause.label}, {"words", clause.text}, {"shown_by", shown}};
    if (shown.empty()) json["untestable"] = why;
    clauses.push_back(json);
  }
  if (format == Format::kJson) {
    text = Json({{"schema", "msyncspec-clauses-1"},
                 {"profile", profile.name},
                 {"source", source.name},
                 {"clauses", clauses}})
               .dump(2) +
           "\n";
  }
  absl::PrintF("%s", text);
  return ExitCodeFor(can_show, verdicts);
}

int PrintDocument(const Profile& document, const Profile& kernel, Format format) {
  const absl::Status can_show = CanShow(kernel);
  const ClauseReport report = ReportOn(document, kernel, can_show);
  if (format == Format::kJson) {
    Json json = {{"schema", "msyncspec-clauses-1"}};
    json.update(ClausesJson(report));
    absl::PrintF("%s\n", json.dump(2));
  } else {
    absl::PrintF("%s", format == Format::kMarkdown
                           ? absl::StrCat("# ", document.name, "\n\n", ClausesMarkdown(report))
                           : ClausesText(report));
  }
  return ExitCodeFor(can_show, VerdictsOf(report));
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() != 1) return UsageError("clauses takes one profile: msyncspec clauses P");
  const absl::StatusOr<const Profile*> profile =
      ProfileNamed(arguments[0], absl::StrCat(arguments[0], ": "));
  if (!profile.ok()) return UsageError(profile.status().message());
  const absl::StatusOr<Format> format =
      ChooseFormat({Format::kText, Format::kJson, Format::kMarkdown});
  if (!format.ok()) return UsageError(format.status().message());
  if (!(*profile)->IsDocument()) return PrintKernel(**profile, *format);

  const absl::StatusOr<ChosenProfile> kernel = ChooseProfile();
  if (!kernel.ok()) return UsageError(kernel.status().message());
  if (kernel->profile->IsDocument()) {
    return UsageError("--profile: clauses are held against a kernel, not against a document");
  }
  return PrintDocument(**profile, *kernel->profile, *format);
}

}  // namespace

Command ClausesCommand() {
  return {.name = "clauses",
          .arguments = "PROFILE",
          .summary = "holds every clause of a document against the running kernel",
          .details =
              "For each labelled clause: its words, the rules that it is read as, how they stand "
              "to the kernel\n(true, weaker, stricter, contradicted, silent), and the smallest "
              "scenario that shows it, run on\nthis kernel; or why nothing can test it. "
              "--profile names the kernel to hold it against. For a\nkernel's own profile: each "
              "clause of its source with the scenarios of its rules.\nExits with 1 where the "
              "running kernel does other than its profile says, with 4 where nothing can be\n"
              "run. Against another kernel predictions alone are asked for: it exits with 0.",
          .flags = {"profile", "format"},
          .run = Run};
}

}  // namespace msyncspec
