// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_STAGE_H_
#define MSYNCSPEC_HARNESS_DIFFER_STAGE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "harness/differ/verdict.h"
#include "harness/executor/file_provider.h"
#include "harness/scenario/scenario.h"
#include "model/profile.h"

namespace msyncspec {

// A disagreement, with the scenario that shows it and what re-running it gave.
struct Finding {
  Scenario scenario;
  Disagreement disagreement;
  std::string origin;     // where it was made: a corpus file, or seed and index
  std::string command;    // repeats it
  int confirmations = 0;  // of kConfirmations
  std::string file;       // of the corpus that it is from, as `origin` or longer; else empty
  int line = 0;           // of that file
  std::string artifact;   // the path of its folder; empty where none was written

  bool confirmed() const;
};

// A disagreement that somebody has explained.
struct KnownFinding {
  Finding finding;
  std::string reason;
  std::string link;
};

// What became of a part of a stage that reports name by itself: a file of the corpus, a known
// deviation, or all of a stage that makes its own scenarios.
struct CaseResult {
  std::string name;
  Verdict verdict = Verdict::kBroken;
  std::string reason;  // why it is unsupported or broken
  absl::Duration duration;
  std::vector<Disagreement> disagreements;  // each is that of a finding, or of a known one
};

// How much of what was left out could not be had, for one reason.
struct Unsupported {
  uint64_t layouts = 0;
  uint64_t calls = 0;
};

// The name of the only case of a stage that makes its own scenarios.
inline constexpr char kWholeStage[] = "all";

// What one stage of a check did.
struct StageResult {
  std::string name;
  uint64_t layouts = 0;
  uint64_t steps = 0;
  uint64_t calls = 0;           // made and compared
  uint64_t walked = 0;          // of these, not decided by their arguments alone
  uint64_t agreed = 0;          // of these
  uint64_t views = 0;           // layouts compared with the kernel's own view of them
  EffectsSeen effects;          // what was compared of what calls did to files
  std::set<std::string> blind;  // what was lost from view of it, and why
  std::vector<Finding> findings;
  std::vector<KnownFinding> known;  // what would be findings, were they not known deviations
  std::vector<CaseResult> cases;
  std::map<std::string, Unsupported> unsupported;  // by reason
  absl::Duration duration;
  bool complete = false;  // false if it was broken off
  bool died = false;      // its workers were killed too often; then the status is not ok
  absl::Status status;    // not ok if the harness failed
};

// How far a stage has come, for whoever watches.
struct Progress {
  std::string stage;
  double done = 0;  // from 0 to 1
  uint64_t layouts = 0;
  uint64_t calls = 0;
  uint64_t suspects = 0;
};

// Whether a stage is to go on.
enum class Go : uint8_t {
  kOn,
  kEnough,  // its time is up: what it has found is still confirmed
  kStop,    // at once
};

// Is told the progress now and then.
using ProgressFunction = absl::FunctionRef<Go(const Progress&)>;

// What every stage needs to know.
struct StageContext {
  const Profile& profile;
  FileProvider& provider;
  ProgressFunction progress;
};

// The files of the corpus that belong to a check, each run by itself and a case of its own.
struct CorpusEntry {
  std::string path;
  std::string text;
};
StageResult RunCorpusStage(const StageContext& context, const std::vector<CorpusEntry>& corpus);

// Every layout of `scope` page slots and every call at their boundaries.
StageResult RunExhaustiveStage(const StageContext& context, int scope);

struct RandomOptions {
  uint64_t seed = 1;
  uint64_t first = 0;           // the index of the first scenario
  uint64_t count = UINT64_MAX;  // how many at most
  absl::Duration budget = absl::Seconds(20);
};

// Random scenarios, one after the other, until the budget or the count is used up.
StageResult RunRandomStage(const StageContext& context, const RandomOptions& options);

// Every error that a file server can answer to an fsync, and every one of Linux's to a write, each
// in a scenario of its own.
StageResult RunInjectionStage(const StageContext& context);

// Random scenarios of a file server's files, until the budget or the count is used up: answers, and
// exactly what the server is asked and stores. To be called while this process has one thread.
StageResult RunServedStage(const StageContext& context, const RandomOptions& options);

// Random scenarios about what calls do to files of every kind whose effects can be seen, each in a
// process of its own, until the budget or the count is used up.
StageResult RunFilesStage(const StageContext& context, const RandomOptions& options);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_STAGE_H_
