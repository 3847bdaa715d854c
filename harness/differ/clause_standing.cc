// SPDX-License-Identifier: MIT
#include "harness/differ/clause_standing.h"

#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/str_cat.h"
#include "harness/differ/case_standing.h"
#include "harness/differ/run_and_judge.h"
#include "harness/generate/small_scope.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

std::string Says(const DocumentRule& rule, const Prediction& prediction, Bytes page_size) {
  const bool about_files = rule.force == Force::kSyncs || rule.force == Force::kSyncsAnyway ||
                           rule.force == Force::kSyncsNothing;
  if (!about_files) return Text(prediction.outcomes);
  return absl::StrCat(Text(prediction.outcomes), ", synced ",
                      PrintSyncs(Expected(prediction.syncs, page_size)));
}

struct Found {
  StandingCase smallest;
  unsigned cost = 0;
};

// Holds all rules of `document` against `kernel` in one go.
std::map<const DocumentRule*, std::map<Standing, Found>> HoldAgainst(const Profile& document,
                                                                     const Profile& kernel) {
  std::map<const DocumentRule*, std::map<Standing, Found>> found;
  std::map<const DocumentRule*, std::map<Standing, Found>> shared;  // cases of shared blame
  const std::array<const Profile*, 2> both = {&document, &kernel};
  const Bytes page_size = BareSurroundings().machine.page_size;
  VisitSmallScope(both, [&](const SmallCase& each) {
    if (!(each.tag == kNoTag)) return;  // no document speaks of tags
    const Explanation said = each.explain(0);
    const Prediction& kernel_says = each.predictions[1];
    for (const auto& [rule, standing, blame] :
         JudgeCase(document, each.scenario, said, kernel_says)) {
      auto& cases = (blame == Blame::kAlone ? found : shared)[rule];
      const auto [place, is_new] = cases.try_emplace(standing);
      if (!is_new && place->second.cost <= each.cost) continue;
      place->second = {{.scenario = each.scenario,
                        .standing = standing,
                        .document_says = Says(*rule, said.prediction, page_size),
                        .kernel_says = Says(*rule, kernel_says, page_size),
                        .kernel_rule = kernel_says.rule},
                       each.cost};
    }
  });
  found.merge(shared);  // of rules that are not there yet
  return found;
}

void AddCases(const std::map<Standing, Found>& found, RuleStanding& standing) {
  for (const auto& [key, value] : found) standing.cases.push_back(value.smallest);
}

bool CitesNothing(const Rule& rule) { return rule.cites[0].source.empty(); }

// Holds a rule that is about another system against that system, alone but for what the document
// is silent about: it does not speak of that for the other system either.
RuleStanding AboutAnother(const Profile& document, const DocumentRule& rule) {
  RuleStanding standing = {.rule = &rule, .kernel = FindProfile(rule.of)};
  std::vector<DocumentRule> alone = {rule};
  alone[0].of = {};
  for (const DocumentRule& other : document.clauses) {
    if (CitesNothing(other.rule)) alone.push_back(other);
  }
  Profile reader = document;
  reader.clauses = alone;
  const auto found = HoldAgainst(reader, *standing.kernel);
  const auto place = found.find(&reader.clauses[0]);
  if (place != found.end()) AddCases(place->second, standing);
  return standing;
}

bool Cites(const Rule& rule, absl::string_view source, absl::string_view clause) {
  return std::any_of(rule.cites.begin(), rule.cites.end(), [&](const Citation& citation) {
    return citation.source == source && citation.clause == clause;
  });
}

void ObserveCase(const Profile& kernel, FileProvider& provider, StandingCase& each) {
  const Judgement judgement = RunAndJudge({each.scenario, {}}, kernel, provider).judgement;
  each.why = judgement.reason;
  if (judgement.verdict == Verdict::kAgree) each.evidence = Evidence::kObserved;
  if (judgement.verdict != Verdict::kDisagree) return;
  each.evidence = Evidence::kRefuted;
  each.why = absl::StrCat("this kernel answers ", judgement.disagreements[0].observed);
}

}  // namespace

std::optional<Standing> RuleStanding::worst() const {
  if (rule->force == Force::kStates) return rule->standing;
  if (cases.empty()) return std::nullopt;
  return cases.back().standing;
}

std::optional<Standing> ClauseStanding::standing() const {
  std::optional<Standing> worst;
  for (const RuleStanding& rule : rules) {
    worst = std::max(worst, rule.worst());  // nothing is less than anything
  }
  return worst;
}

std::vector<ClauseStanding> StandingOf(const Profile& document, const Profile& kernel) {
  const auto found = HoldAgainst(document, kernel);
  std::vector<RuleStanding> rules;
  for (const DocumentRule& rule : document.clauses) {
    if (!rule.of.empty()) {
      rules.push_back(AboutAnother(document, rule));
      continue;
    }
    rules.push_back({.rule = &rule, .kernel = &kernel});
    const auto place = found.find(&rule);
    if (place != found.end()) AddCases(place->second, rules.back());
  }
  for (const DocumentRule* rule : CommonSilences()) {
    const auto place = found.find(rule);
    if (place == found.end()) continue;
    rules.push_back({.rule = rule, .kernel = &kernel});
    AddCases(place->second, rules.back());
  }
  std::vector<ClauseStanding> clauses;
  for (const Clause& clause : FindSource(document.source)->clauses) {
    clauses.push_back({.clause = &clause});
    for (const RuleStanding& rule : rules) {
      if (Cites(rule.rule->rule, document.source, clause.label)) {
        clauses.back().rules.push_back(rule);
      }
    }
  }
  for (const RuleStanding& rule : rules) {
    if (CitesNothing(rule.rule->rule)) clauses.push_back({.rules = {rule}});
  }
  return clauses;
}

void Observe(const Profile& kernel, FileProvider& provider, std::vector<ClauseStanding>& clauses) {
  for (ClauseStanding& clause : clauses) {
    for (RuleStanding& rule : clause.rules) {
      for (StandingCase& each : rule.cases) {
        if (rule.kernel != &kernel) {
          each.why = absl::StrCat("about ", rule.kernel->name, ", not run here");
        } else {
          ObserveCase(kernel, provider, each);
        }
      }
    }
  }
}

absl::string_view StandingName(Standing standing) {
  switch (standing) {
    case Standing::kTrue:
      return "true";
    case Standing::kSilent:
      return "silent";
    case Standing::kWeaker:
      return "weaker";
    case Standing::kStricter:
      return "stricter";
    case Standing::kContradicted:
      return "contradicted";
  }
  return "";
}

}  // namespace msyncspec
