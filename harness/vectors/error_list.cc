// SPDX-License-Identifier: MIT
#include "harness/vectors/error_list.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "harness/scenario/print.h"
#include "harness/vectors/vector_set.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Returns the error that `clause` is about, or "" if it is about none.
std::string ErrorOf(const DocumentRule& clause) {
  if (!clause.of.empty()) return "";
  if (clause.force == Force::kFails || clause.force == Force::kMayFail) {
    return ErrnoName(clause.error);
  }
  return clause.force == Force::kFailsSomehow ? "some error" : "";
}

std::vector<ErrorEntry> ErrorsOfDocument(const VectorSet& set) {
  std::vector<ErrorEntry> entries;
  for (const DocumentRule& clause : set.profile->clauses) {
    const Vector* vector = SmallestWith(set, clause.rule);
    const std::string error = ErrorOf(clause);
    if (vector == nullptr || error.empty()) continue;
    entries.push_back({error, clause.force != Force::kMayFail, &clause.rule, vector});
  }
  return entries;
}

std::vector<ErrorEntry> ErrorsOfKernel(const VectorSet& set) {
  std::vector<ErrorEntry> entries;
  for (const RuleExample& example : ExamplesOf(set)) {
    const Answer& answer = example.vector->answers.front();
    if (answer.rule != example.rule->id || answer.outcomes.IsOnly(Errno::kOk)) continue;
    entries.push_back({Text(answer.outcomes), true, example.rule, example.vector});
  }
  return entries;
}

}  // namespace

std::vector<ErrorEntry> ErrorsOf(const VectorSet& set) {
  std::vector<ErrorEntry> entries =
      set.profile->IsDocument() ? ErrorsOfDocument(set) : ErrorsOfKernel(set);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const ErrorEntry& a, const ErrorEntry& b) { return a.error < b.error; });
  return entries;
}

std::vector<RuleExample> ExamplesOf(const VectorSet& set) {
  std::vector<RuleExample> examples;
  for (const Rule* rule : RulesOf(*set.profile)) {
    const Vector* vector = SmallestWith(set, *rule);
    if (vector != nullptr) examples.push_back({rule, vector});
  }
  return examples;
}

std::vector<std::string> LinesOf(const Scenario& scenario) {
  return absl::StrSplit(Print(scenario), '\n', absl::SkipEmpty());
}

}  // namespace msyncspec
