// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_RESULT_TO_REPORT_H_
#define MSYNCSPEC_HARNESS_REPORT_RESULT_TO_REPORT_H_

#include "harness/differ/check.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

// What the tests of the reports have reported.
namespace msyncspec {

inline Finding FindingOf(Disagreement disagreement, const std::string& origin) {
  return {.scenario = Parse("call addr=p0 len=0 flags=0x8\n").value().scenario,
          .disagreement = std::move(disagreement),
          .origin = origin,
          .command = "msyncspec run - <<'END'\ncall addr=p0 len=0 flags=0x8\nEND",
          .confirmations = 3};
}

// A check with a case of every ending: a corpus of a file that passes, one with a finding, one that
// is a known deviation, one that is skipped and one that is broken; and a sweep with a finding.
inline CheckResult EveryEnding() {
  const Disagreement unknown_flag = {
      .rule = "flags.unknown", .expected = "EINVAL", .observed = "0"};
  const Disagreement lock = {
      .subject = Subject::kStep, .rule = "lock", .expected = "0", .observed = "EFAULT"};
  StageResult corpus = {.name = "corpus", .calls = 9};
  corpus.duration = absl::Milliseconds(1500);
  corpus.cases = {
      {.name = "rules/good.msync", .verdict = Verdict::kAgree, .duration = absl::Seconds(1)},
      {.name = "rules/bad.msync", .verdict = Verdict::kDisagree, .disagreements = {unknown_flag}},
      {.name = "rules/known.msync", .verdict = Verdict::kDisagree, .disagreements = {lock}},
      {.name = "rules/left#out.msync",
       .verdict = Verdict::kUnsupported,
       .reason = "no <fuse>\nhere\x01"},
      {.name = "rules/broken.msync", .verdict = Verdict::kBroken, .reason = "no memory"}};
  corpus.findings = {FindingOf(unknown_flag, "rules/bad.msync")};
  corpus.findings[0].file = "corpus/rules/bad.msync";
  corpus.findings[0].line = 3;
  corpus.known = {{FindingOf(lock, "rules/known.msync"), "It is so.", "https://example.org/"}};
  corpus.status = absl::InternalError("rules/broken.msync: no memory");
  StageResult random = {.name = "random", .calls = 5};
  random.findings = {FindingOf(unknown_flag, "seed 1, scenario 2")};
  random.cases = {{.name = kWholeStage, .verdict = Verdict::kDisagree}};
  return {.profile = FindProfile("linux-6.18"),
          .kernel = {.release = "6.18.44", .machine = "x86_64", .host = "a&b"},
          .seed = 7,
          .begin = absl::FromUnixSeconds(1700000000),
          .stages = {corpus, random}};
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_RESULT_TO_REPORT_H_
