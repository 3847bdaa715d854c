// SPDX-License-Identifier: MIT
#include "harness/cli/document_report.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "corpus/corpus.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// What the corpus expects, read once.
const std::vector<std::pair<std::string, AnnotatedScenario>>& ParsedCorpus() {
  static const auto& kParsed = *[] {
    auto* parsed = new std::vector<std::pair<std::string, AnnotatedScenario>>();
    for (const CorpusFile& file : CorpusFiles()) {
      absl::StatusOr<AnnotatedScenario> annotated = Parse(file.text);
      if (annotated.ok()) parsed->emplace_back(std::string(file.path), *std::move(annotated));
    }
    return parsed;
  }();
  return kParsed;
}

}  // namespace

std::vector<std::string> CorpusScenarios(const Profile& profile, const Rule& rule) {
  std::vector<std::string> paths;
  for (const auto& [path, annotated] : ParsedCorpus()) {
    for (const Expectation& expectation : annotated.expectations) {
      if (expectation.rule == rule.id && IsAbout(expectation, profile)) {
        paths.push_back(path);
        break;
      }
    }
  }
  return paths;
}

ClauseReport ReportOn(const Profile& document, const ChosenProfile& kernel) {
  ClauseReport report = {
      .document = &document,
      .kernel = kernel.profile,
      .observed_on = "nothing was run",
      .clauses = StandingOf(document, *kernel.profile),
      .scenarios_of = [&document](const Rule& rule) { return CorpusScenarios(document, rule); }};
  const KernelIdentity identity = IdentifyKernel();
  if (kernel.profile != ProfileFor(identity.version)) {
    absl::StrAppend(&report.observed_on, ": this is Linux ", identity.release);
  } else if (absl::Status status = TryOneCall(); !status.ok()) {
    absl::StrAppend(&report.observed_on, ": ", status.message());
  } else {
    report.observed_on = absl::StrCat("run on Linux ", identity.release, " ", identity.machine);
    Observe(*kernel.profile, KernelFiles(), report.clauses);
  }
  return report;
}

bool Refuted(const ClauseReport& report) {
  for (const ClauseStanding& clause : report.clauses) {
    for (const RuleStanding& rule : clause.rules) {
      for (const StandingCase& each : rule.cases) {
        if (each.evidence == Evidence::kRefuted) return true;
      }
    }
  }
  return false;
}

}  // namespace msyncspec
