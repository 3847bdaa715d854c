// SPDX-License-Identifier: MIT
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "harness/vectors/call_classes.h"
#include "harness/vectors/gap.h"
#include "harness/vectors/memory_name.h"
#include "harness/vectors/rivals.h"
#include "harness/vectors/select.h"
#include "model/profiles/profiles.h"
#include "model/walk_rules.h"

namespace msyncspec {
namespace {

const SymbolicCall& CallOf(const Scenario& scenario) {
  return std::get<SymbolicCall>(scenario.actions.back());
}

// Whether `prediction` is what a call answers that has nothing to complain about.
bool IsPlainSuccess(const Prediction& prediction) {
  return prediction.walked && prediction.outcomes.IsOnly(Errno::kOk);
}

// The one outcome that a kernel allows.
int OutcomeOf(const Prediction& prediction) { return static_cast<int>(prediction.outcomes[0]); }

// An end of a range.
enum class End : uint8_t { kLower, kUpper };

// Looks at each case of the small scope for reasons to keep it.
class KernelSearch {
 public:
  KernelSearch(const Profile& profile, const Rivals& rivals, Finds& finds)
      : profile_(profile), rivals_(rivals), finds_(finds) {}

  void Visit(const SmallCase& each) {
    if (IsTagged(CallOf(each.scenario))) return;
    const Rule& rule = *each.predictions[0].rule;
    finds_.Offer(FlagKind::kRule, finds_.NumberOf(rule), 0, each, [&] {
      return Flag{
          absl::StrCat("rule:", rule.id),
          {.description = absl::StrCat("The rule ", rule.id, " decides."), .rules = {&rule}}};
    });
    OfferClasses(each, rule);
    OfferMemory(each);
    OfferPrecedence(each, rule);
    if (each.predictions[0].walked) {
      OfferPassed(each, rule);
      OfferNeighbours(each, rule);
      OfferGap(each, rule);
    }
  }

 private:
  void OfferClasses(const SmallCase& each, const Rule& rule) {
    int number = 0;
    for (const CallClass& one : CallClasses()) {
      ++number;
      if (!one.when(CallOf(each.scenario))) continue;
      // Lengths are what implementations get wrong in most ways; flags meet every rule already in
      // the matrix of memory and flags.
      const int decision = one.argument == Argument::kLength ? finds_.NumberOf(rule)
                                                             : OutcomeOf(each.predictions[0]);
      finds_.Offer(FlagKind::kBoundary, number, decision, each, [&] {
        return Flag{absl::StrCat("boundary:", one.name),
                    {.description = absl::StrCat("At a boundary: ", one.says, ".")}};
      });
    }
  }

  // One page of a kind of memory, and exactly that page asked for.
  void OfferMemory(const SmallCase& each) {
    const SymbolicCall& call = CallOf(each.scenario);
    if (each.scenario.actions.size() != 2 || call.addr != Position{} ||
        call.length != Length{.pages = 1} || call.flags.UnknownBits(kGenericFlagNumbers) != 0) {
      return;
    }
    const Step& step = std::get<Step>(each.scenario.actions.front());
    if (step.at != Position{}) return;
    const MemoryName memory = NameMemory(step, each.scenario.files);
    finds_.Offer(FlagKind::kMemory, memory.number, static_cast<int>(call.flags.word()), each, [&] {
      return Flag{
          absl::StrCat("memory:", memory.name),
          {.description = absl::StrCat("The call is about one page of ", memory.says, ".")}};
    });
  }

  void OfferPrecedence(const SmallCase& each, const Rule& rule) {
    if (&rule == &walk_rules::kFsyncError) {
      if (const Rule* rival = RuleWithoutFileErrors(each.scenario); rival != nullptr) {
        OfferPair(each, rule, *rival);
      }
      return;
    }
    const size_t without = rivals_.Without(rule);
    if (without == 0) return;
    const Prediction& other = each.predictions[without];
    if (IsPlainSuccess(other)) return;
    OfferPair(each, rule, *other.rule);
  }

  void OfferPair(const SmallCase& each, const Rule& rule, const Rule& changed_rival) {
    const Rule& rival = Own(changed_rival);
    if (rule.id == rival.id) return;
    finds_.Offer(FlagKind::kPrecedence, finds_.NumberOf(rule), finds_.NumberOf(rival), each, [&] {
      return Flag{absl::StrCat("precedence:", rule.id, ">", rival.id),
                  {.description = absl::StrCat("The rule ", rule.id, " decides; without it ",
                                               rival.id, " would."),
                   .rules = {&rule, &rival}}};
    });
  }

  // Returns the profile's own rule of the same id: those of its rivals do not outlive the search.
  const Rule& Own(const Rule& rule) const {
    const auto own = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const Rule* each) { return each->id == rule.id; });
    return **own;
  }

  // Returns what would decide if no file failed, or null if nothing would.
  const Rule* RuleWithoutFileErrors(Scenario scenario) const {
    for (File& file : scenario.files) file.fsync = {};
    const Prediction prediction = Predicted(scenario);
    return IsPlainSuccess(prediction) ? nullptr : prediction.rule;
  }

  void OfferPassed(const SmallCase& each, const Rule& rule) {
    for (const TraceStep& step : each.explain(0).steps) {
      if (step.rule == &rule) continue;
      finds_.Offer(FlagKind::kPassed, finds_.NumberOf(*step.rule), 0, each, [&] {
        return Flag{absl::StrCat("passed:", step.rule->id),
                    {.description = absl::StrCat("The walk passes ", step.rule->id,
                                                 " on its way, and another rule decides."),
                     .rules = {step.rule}}};
      });
    }
  }

  // Ranges of whole pages that would be decided otherwise if they were one page longer.
  void OfferNeighbours(const SmallCase& each, const Rule& rule) {
    const SymbolicCall& call = CallOf(each.scenario);
    const bool whole = call.addr.anchor == Anchor::kArena && call.addr.bytes == 0 &&
                       call.length.base == LengthBase::kZero && call.length.bytes == 0;
    if (!whole) return;
    SymbolicCall longer = call;
    ++longer.length.pages;
    OfferNeighbour(each, rule, longer, End::kUpper);
    if (call.addr.pages == 0) return;
    --longer.addr.pages;
    OfferNeighbour(each, rule, longer, End::kLower);
  }

  void OfferNeighbour(const SmallCase& each, const Rule& rule, const SymbolicCall& longer,
                      End end) {
    const bool upper = end == End::kUpper;
    Scenario scenario = each.scenario;
    scenario.actions.back() = longer;
    const Prediction prediction = Predicted(scenario);
    const Rule& other = *prediction.rule;
    if (other.id == rule.id || IsPlainSuccess(prediction)) return;
    constexpr int kBehind = 1 << 12, kBefore = 1 << 13;
    const int side = (upper ? kBehind : kBefore) + finds_.NumberOf(other);
    finds_.Offer(FlagKind::kBoundary, side, OutcomeOf(each.predictions[0]), each, [&] {
      return Flag{absl::StrCat("boundary:", upper ? "ends-before:" : "begins-behind:", other.id),
                  {.description = absl::StrCat("At a boundary: the range ",
                                               upper ? "ends just before" : "begins just behind",
                                               " what would have ", other.id, " decide."),
                   .rules = {&other}}};
    });
  }

  // Ranges with a hole behind a mapping, where the rule speaks of the hole or of what is behind it.
  void OfferGap(const SmallCase& each, const Rule& rule) {
    const Gap gap = GapOf(each.scenario);
    if (gap == Gap::kNone) return;
    const int mapped_or_hole = gap == Gap::kBetweenMappings ? 2 : 1;
    if (RuleOfPages(each.scenario, mapped_or_hole).id == rule.id) return;
    int variant = SyncsBehind(each, mapped_or_hole) ? 1 : 0;
    if (gap == Gap::kAtEndBeforeMapping) {
      const Rule& behind = RuleOfPages(each.scenario, 3);
      if (behind.id == rule.id) return;
      variant = finds_.NumberOf(behind);
    }
    constexpr int kGaps = 1 << 14;
    const int subject = kGaps + (static_cast<int>(gap) << 8) + finds_.NumberOf(rule);
    finds_.Offer(FlagKind::kBoundary, subject, variant, each, [&] {
      return Flag{absl::StrCat("boundary:", GapName(gap)),
                  {.description = absl::StrCat("At a boundary: ", GapSays(gap), ".")}};
    });
  }

  // Returns the rule that decides a call about so many pages instead.
  const Rule& RuleOfPages(Scenario scenario, int pages) const {
    std::get<SymbolicCall>(scenario.actions.back()).length = {.pages = pages};
    return *Predicted(scenario).rule;
  }

  // Whether a file is synced from page `page` of the scenario on; the pages of files have the
  // numbers of those where they are mapped.
  bool SyncsBehind(const SmallCase& each, int page) const {
    const Bytes page_size = profile_.abi.On(BareSurroundings().machine).page_size;
    const std::vector<SyncedRange>& syncs = each.predictions[0].syncs;
    return std::any_of(syncs.begin(), syncs.end(), [&](const SyncedRange& sync) {
      return sync.begin.count >= static_cast<uint64_t>(page) * page_size.count;
    });
  }

  Prediction Predicted(const Scenario& scenario) const {
    return PredictScenario(scenario, profile_, BareSurroundings()).actions.back().call.prediction;
  }

  const Profile& profile_;
  const std::vector<const Rule*> rules_ = RulesOf(profile_);
  const Rivals& rivals_;
  Finds& finds_;
};

}  // namespace

void SelectForKernel(const Profile& profile, Finds& finds) {
  const Rivals rivals(profile);
  KernelSearch search(profile, rivals, finds);
  VisitSmallScope(rivals.profiles(), [&](const SmallCase& each) { search.Visit(each); });
}

}  // namespace msyncspec
