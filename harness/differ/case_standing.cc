// SPDX-License-Identifier: MIT
#include "harness/differ/case_standing.h"

#include <algorithm>
#include <optional>

#include "harness/differ/claims.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// Whether a rule adds something to the outcomes that its document allows, beside success.
bool AddsOutcomes(const DocumentRule& rule) {
  return Decides(rule) || rule.force == Force::kMayFail;
}

bool IsSilence(const DocumentRule& rule) { return rule.rule.cites[0].source.empty(); }

// Returns how many rules add outcomes in one case where `rule` applies. What a clause leaves open
// stays open beside something that the document is silent about, so that this does not count.
size_t CountDeciding(const Profile& document, const Explanation& said, const DocumentRule& rule) {
  const bool opens = rule.force == Force::kForbids || rule.force == Force::kLeavesOpen;
  size_t deciding = 0;
  for (const TraceStep& step : said.steps) {
    const DocumentRule& other = *FindClause(document, *step.rule);
    const bool counts = !opens || IsSilence(rule) || !IsSilence(other);
    deciding += AddsOutcomes(other) && counts;
  }
  return deciding;
}

// Whether a scenario maps a file that MS_SYNC would write.
bool HasSomethingToSync(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [&](const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    return step != nullptr && step->sharing == MapSharing::kShared && step->file != kNoFile &&
           scenario.files[static_cast<size_t>(step->file)].descriptor == Descriptor::kReadWrite;
  });
}

// Returns how `rule`, which applies, stands to what the kernel does; nothing where the case does
// not tell, because other rules speak as well.
std::optional<Standing> Judge(const DocumentRule& rule, const Scenario& scenario,
                              const std::vector<SyncedRange>& claims, size_t deciding,
                              const Prediction& document, const Prediction& kernel) {
  const Errno answer = kernel.outcomes[0];
  const bool alone = deciding == (AddsOutcomes(rule) ? 1 : 0);
  switch (rule.force) {
    case Force::kFails:
      if (!alone) return std::nullopt;
      if (answer == rule.error) return Standing::kTrue;
      return answer == Errno::kOk ? Standing::kStricter : Standing::kContradicted;
    case Force::kMayFail:
      if (!alone) return std::nullopt;
      return answer == rule.error || answer == Errno::kOk ? Standing::kWeaker
                                                          : Standing::kContradicted;
    case Force::kFailsSomehow:
    case Force::kForbids:
      if (!alone) return std::nullopt;
      return answer == Errno::kOk ? Standing::kStricter : Standing::kWeaker;
    case Force::kLeavesOpen:
      if (!alone) return std::nullopt;
      return rule.latitude == Latitude::kSilent ? Standing::kSilent : Standing::kWeaker;
    case Force::kSucceeds:
      if (deciding > 0) return std::nullopt;
      return answer == Errno::kOk ? Standing::kTrue : Standing::kContradicted;
    case Force::kSyncs:
    case Force::kSyncsAnyway: {
      const bool meant_for_success = document.outcomes.Lists(Errno::kOk);
      if (meant_for_success != (answer == Errno::kOk)) return std::nullopt;
      // What is undefined cannot be contradicted, nor what is said of an error that is another one.
      const Latitude latitude = document.outcomes.latitude();
      if (latitude == Latitude::kUndefined) return std::nullopt;
      if (answer != Errno::kOk && latitude != Latitude::kDetermined) return std::nullopt;
      return Satisfies(kernel.syncs, claims) ? Standing::kTrue : Standing::kContradicted;
    }
    case Force::kSyncsNothing:
      if (answer != Errno::kOk || !HasSomethingToSync(scenario)) return std::nullopt;
      return kernel.syncs.empty() ? Standing::kTrue : Standing::kContradicted;
    case Force::kStates:
      return std::nullopt;
  }
  return std::nullopt;
}

// Returns the same of a rule that never decides alone: a kernel that succeeds does so against every
// clause that demands an error, and what is left open is so beside others, too.
std::optional<Standing> JudgeBesideOthers(const DocumentRule& rule, const Prediction& document,
                                          const Prediction& kernel) {
  const Errno answer = kernel.outcomes[0];
  if (rule.force == Force::kFails && answer == Errno::kOk && !document.outcomes.Allow(answer)) {
    return Standing::kStricter;
  }
  if (rule.force != Force::kLeavesOpen) return std::nullopt;
  return rule.latitude == Latitude::kSilent ? Standing::kSilent : Standing::kWeaker;
}

// What every document is silent about, unless a clause speaks of it.
const DocumentRule kErrorOrder = {
    .rule = {.id = "silence.error_order",
             .says = "Several errors apply: which one is returned is not said."},
    .force = Force::kLeavesOpen};
const DocumentRule kPartialEffects = {
    .rule = {.id = "silence.partial_effects",
             .says = "The call fails: what has been done to files by then is not said."},
    .force = Force::kLeavesOpen};

// Whether several errors are demanded, and the kernel has to choose.
bool LeavesOrderOpen(const Prediction& document) {
  return document.outcomes.latitude() == Latitude::kDetermined && document.outcomes.size() > 1 &&
         !document.outcomes.Lists(Errno::kOk);
}

bool LeavesEffectsOpen(const Prediction& document, const Prediction& kernel) {
  return kernel.outcomes[0] != Errno::kOk && !kernel.syncs.empty() &&
         kernel.syncs.front().answer == Errno::kOk && document.outcomes.Allow(kernel.outcomes[0]) &&
         (document.outcomes.Lists(Errno::kOk) || document.syncs.empty());
}

}  // namespace

std::vector<CaseStanding> JudgeCase(const Profile& document, const Scenario& scenario,
                                    const Explanation& said, const Prediction& kernel) {
  std::vector<CaseStanding> standings;
  for (const TraceStep& step : said.steps) {
    const DocumentRule& rule = *FindClause(document, *step.rule);
    const size_t deciding = CountDeciding(document, said, rule);
    if (const auto alone = Judge(rule, scenario, step.claims, deciding, said.prediction, kernel)) {
      standings.push_back({&rule, *alone, Blame::kAlone});
    } else if (const auto beside = JudgeBesideOthers(rule, said.prediction, kernel)) {
      standings.push_back({&rule, *beside, Blame::kShared});
    }
  }
  if (LeavesOrderOpen(said.prediction)) {
    standings.push_back({&kErrorOrder, Standing::kSilent, Blame::kAlone});
  }
  if (LeavesEffectsOpen(said.prediction, kernel)) {
    standings.push_back({&kPartialEffects, Standing::kSilent, Blame::kAlone});
  }
  return standings;
}

std::span<const DocumentRule* const> CommonSilences() {
  static constexpr const DocumentRule* kAll[] = {&kErrorOrder, &kPartialEffects};
  return kAll;
}

}  // namespace msyncspec
