// SPDX-License-Identifier: MIT
#include "harness/cli/document_report.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "corpus/corpus.h"
#include "harness/cli/command.h"
#include "harness/cli/shared_flags.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/parse.h"

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

absl::Status CanShow(const Profile& kernel) {
  if (&kernel == RunningProfile()) return TryOneCall();
  return absl::FailedPreconditionError(absl::StrCat("this is Linux ", IdentifyKernel().release));
}

ClauseReport ReportOn(const Profile& document, const Profile& kernel,
                      const absl::Status& can_show) {
  ClauseReport report = {
      .document = &document,
      .kernel = &kernel,
      .observed_on = absl::StrCat("nothing was run: ", can_show.message()),
      .clauses = StandingOf(document, kernel),
      .scenarios_of = [&document](const Rule& rule) { return CorpusScenarios(document, rule); }};
  if (!can_show.ok()) return report;
  const KernelIdentity identity = IdentifyKernel();
  report.observed_on = absl::StrCat("run on Linux ", identity.release, " ", identity.machine);
  EffectsProvider provider;
  Observe(kernel, provider, report.clauses);
  return report;
}

std::vector<Verdict> VerdictsOf(const ClauseReport& report) {
  const auto verdict = [](Evidence evidence) {
    switch (evidence) {
      case Evidence::kObserved:
        return Verdict::kAgree;
      case Evidence::kRefuted:
        return Verdict::kDisagree;
      case Evidence::kProfile:
        break;
    }
    return Verdict::kUnsupported;
  };
  std::vector<Verdict> verdicts;
  for (const ClauseStanding& clause : report.clauses) {
    for (const RuleStanding& rule : clause.rules) {
      for (const StandingCase& each : rule.cases) verdicts.push_back(verdict(each.evidence));
    }
  }
  return verdicts;
}

int ExitCodeFor(const absl::Status& can_show, const std::vector<Verdict>& verdicts) {
  if (can_show.ok()) return ExitCodeFor(verdicts);
  return absl::IsFailedPrecondition(can_show) ? kExitAgree : ExitCodeFor(can_show);
}

}  // namespace msyncspec
