// SPDX-License-Identifier: MIT
#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/scenario/parse.h"

namespace msyncspec {
namespace {

// Notes the lines of `entry` that the findings from the index `first` on are about.
void NoteLines(const CorpusEntry& entry, size_t first, StageResult& result) {
  if (first == result.findings.size()) return;
  const std::vector<int> lines = ActionLines(entry.text);
  for (size_t i = first; i < result.findings.size(); ++i) {
    const size_t action = result.findings[i].disagreement.action;
    result.findings[i].file = absl::StrCat("corpus/", entry.path);
    result.findings[i].line = action < lines.size() ? lines[action] : 1;
  }
}

}  // namespace

StageResult RunCorpusStage(const StageContext& context, const std::vector<CorpusEntry>& corpus) {
  StageResult result = {.name = "corpus"};
  const Stopwatch stopwatch;
  result.complete = true;
  for (const CorpusEntry& entry : corpus) {
    const Progress now = {
        .stage = result.name,
        .done = static_cast<double>(result.layouts) / static_cast<double>(corpus.size()),
        .layouts = result.layouts,
        .calls = result.calls,
        .suspects = result.findings.size()};
    if (context.progress(now) != Go::kOn) {
      result.complete = false;
      break;
    }
    absl::StatusOr<AnnotatedScenario> annotated = Parse(entry.text);
    if (!annotated.ok()) {
      result.status =
          absl::InternalError(absl::StrCat(entry.path, ":", annotated.status().message()));
      break;
    }
    const size_t before = result.findings.size();
    result.cases.push_back(RunInStage(context, *annotated, entry.path, result));
    NoteLines(entry, before, result);
    if (result.cases.back().verdict == Verdict::kBroken) break;
  }
  result.complete &= result.status.ok();
  result.duration = stopwatch.Elapsed();
  return result;
}

}  // namespace msyncspec
