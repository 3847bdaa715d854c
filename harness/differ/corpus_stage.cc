// SPDX-License-Identifier: MIT
#include "absl/strings/str_cat.h"
#include "harness/differ/confirm.h"
#include "harness/differ/stage.h"
#include "harness/executor/stopwatch.h"
#include "harness/scenario/parse.h"

namespace msyncspec {

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
    if (!RunInStage(context, *annotated, entry.path, result)) break;
  }
  result.complete &= result.status.ok();
  result.duration = stopwatch.Elapsed();
  return result;
}

}  // namespace msyncspec
