// SPDX-License-Identifier: MIT
#include "model/citation.h"

#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "model/layout_rules.h"
#include "model/profiles/profiles.h"
#include "model/source.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Rules = std::vector<const Rule*>;

Rules LayoutRules() {
  return {&layout_rules::kRemapMovesSeveral, &layout_rules::kRemapOrder,
          &layout_rules::kLockOnFaultNeedsAccess, &layout_rules::kErrorReport,
          &layout_rules::kAsyncAtHole};
}

// The rules of the kernels, each era's own, and what tells the eras apart besides.
Rules KernelRules() {
  Rules all = LayoutRules();
  for (const Profile& profile : LinuxProfiles()) {
    const Rules rules = RulesOf(profile);
    all.insert(all.end(), rules.begin(), rules.end());
  }
  return all;
}

Rules AllRules() {
  Rules all = KernelRules();
  for (const Profile* profile : AllProfiles()) {
    const Rules rules = RulesOf(*profile);
    all.insert(all.end(), rules.begin(), rules.end());
  }
  return all;
}

std::vector<Citation> CitationsOf(const Rule& rule) {
  std::vector<Citation> cites(rule.cites.begin(), rule.cites.end());
  std::erase_if(cites, [](const Citation& cite) { return cite.source.empty(); });
  return cites;
}

// Returns what is wrong with `cite`, or nothing. `source` is the one that it names, or null.
std::string Fault(const Source* source, const Citation& cite) {
  if (source == nullptr) return "no such source";
  const Clause* clause = source->Find(cite.clause);
  if (clause == nullptr) return "no such clause";
  std::string words(cite.words);
  absl::RemoveExtraAsciiWhitespace(&words);
  if (words.empty()) return "no words";
  return absl::StrContains(clause->text, words) ? "" : "no such words";
}

// Returns a line for each citation of `rules` that cannot be followed.
std::vector<std::string> WrongCitations(const Rules& rules) {
  std::vector<std::string> wrong;
  for (const Rule* rule : rules) {
    for (const Citation& cite : CitationsOf(*rule)) {
      const std::string fault = Fault(FindSource(cite.source), cite);
      if (fault.empty()) continue;
      wrong.push_back(absl::StrCat(rule->id, ": ", fault, ": ", cite.source, ", ", cite.clause,
                                   ": \"", cite.words, "\""));
    }
  }
  return wrong;
}

bool IsSilence(const Rule& rule) { return absl::StartsWith(rule.id, "silence."); }

// Returns the ids of the rules that cite nothing though they say something, and of the silences
// that cite something.
std::vector<absl::string_view> Unfounded(const Rules& rules) {
  std::vector<absl::string_view> ids;
  for (const Rule* rule : rules) {
    if (CitationsOf(*rule).empty() != IsSilence(*rule)) ids.push_back(rule->id);
  }
  return ids;
}

enum class Cited { kNo, kYes };
enum class Excused { kNo, kYes };

// Returns the labels of the clauses of `source` that are such.
std::vector<std::string> Clauses(const Source& source, const Rules& rules, Cited cited,
                                 Excused excused) {
  std::set<absl::string_view> all_cited;
  for (const Rule* rule : rules) {
    for (const Citation& cite : CitationsOf(*rule)) {
      if (cite.source == absl::string_view(source.name)) all_cited.insert(cite.clause);
    }
  }
  std::vector<std::string> found;
  for (const Clause& clause : source.clauses) {
    const bool is_excused = !clause.uncited.empty() || !clause.untestable.empty();
    if (all_cited.contains(clause.label) != (cited == Cited::kYes)) continue;
    if (is_excused == (excused == Excused::kYes)) found.push_back(clause.label);
  }
  return found;
}

std::vector<absl::string_view> RepeatedIds(const Rules& rules) {
  std::vector<absl::string_view> repeated;
  std::set<absl::string_view> seen;
  for (const Rule* rule : rules) {
    if (!seen.insert(rule->id).second) repeated.push_back(rule->id);
  }
  return repeated;
}

// Returns the ids under which `rules` say different things.
std::set<absl::string_view> Ambiguous(const Rules& rules) {
  std::map<absl::string_view, absl::string_view> says;
  std::set<absl::string_view> ids;
  for (const Rule* rule : rules) {
    if (says.insert({rule->id, rule->says}).first->second != rule->says) ids.insert(rule->id);
  }
  return ids;
}

TEST(Citations, NameASourceAClauseAndWordsThatStandThere) {
  EXPECT_THAT(WrongCitations(AllRules()), IsEmpty());
}

TEST(Rules, CiteAtLeastOneClauseButForSilencesWhichCiteNone) {
  EXPECT_THAT(Unfounded(AllRules()), IsEmpty());
}

TEST(Rules, HaveAnIdOfTheirOwnWithinEachProfile) {
  for (const Profile* profile : AllProfiles()) {
    EXPECT_THAT(RepeatedIds(RulesOf(*profile)), IsEmpty()) << profile->name;
  }
}

TEST(Rules, SayTheSameUnderTheSameIdInEveryProfile) {
  EXPECT_THAT(Ambiguous(AllRules()), IsEmpty());
}

TEST(Rules, AreFoundByIdWithTheSameWords) {
  for (const Profile* profile : AllProfiles()) {
    for (const Rule* rule : RulesOf(*profile)) {
      ASSERT_NE(FindRule(rule->id), nullptr) << rule->id;
      EXPECT_EQ(FindRule(rule->id)->says, rule->says) << rule->id;
    }
  }
}

TEST(Clauses, OfADocumentAreCitedByItsOwnProfileOrUntestable) {
  for (const Profile& profile : DocumentProfiles()) {
    ASSERT_NE(FindSource(profile.source), nullptr) << profile.name;
    const Source& source = *FindSource(profile.source);
    EXPECT_THAT(Clauses(source, RulesOf(profile), Cited::kNo, Excused::kNo), IsEmpty())
        << profile.name;
  }
}

TEST(Clauses, AboutLinuxAreCitedOrSayWhyNot) {
  for (const absl::string_view name : {"linux", "linux-history"}) {
    EXPECT_THAT(Clauses(*FindSource(name), AllRules(), Cited::kNo, Excused::kNo), IsEmpty())
        << name;
  }
}

TEST(Clauses, AreNotExcusedWhereAnyRuleCitesThem) {
  for (const Source& source : Sources()) {
    EXPECT_THAT(Clauses(source, AllRules(), Cited::kYes, Excused::kYes), IsEmpty()) << source.name;
  }
}

TEST(Sources, AreEachThatOfADocumentsProfileOrOurOwn) {
  std::set<std::string> expected = {"linux", "linux-history"}, names;
  for (const Profile& profile : DocumentProfiles()) expected.emplace(profile.source);
  for (const Source& source : Sources()) names.insert(source.name);
  EXPECT_EQ(names, expected);
}

TEST(Readme, TellsEveryRuleOfTheKernelsInItsOwnWords) {
  std::ostringstream readme;
  readme << std::ifstream(MSYNCSPEC_SOURCE_DIR "/model/README.md").rdbuf();
  std::set<std::string> untold;
  for (const Rule* rule : KernelRules()) {
    const std::string row = absl::StrCat("\n| `", rule->id, "` | ", rule->says, " |");
    if (!absl::StrContains(readme.str(), row)) untold.insert(row);
  }
  EXPECT_THAT(untold, IsEmpty());
}

// A source in small, for the tests of the tests.
const Source& SmallSource() {
  static const Source kSource = ParseSource(R"(source: page

[ERRORS]
the first
  line,   the second

[NOTES]
uncited: Nobody asked.
a note

[NAMES]
untestable: Only names.
a name
)");
  return kSource;
}

constexpr Citation kGood = {"page", "ERRORS", "first line, the"};

Rule Citing(const Citation& cite) { return {.id = "a.rule", .cites = {{cite}}}; }

TEST(PlantedFaults, AreToldForEachPartOfACitation) {
  struct Row {
    const char* claim;
    Citation cite;
    const char* fault;
  };
  const Row kRows[] = {
      {"words across a line break are found", kGood, ""},
      {"another clause", {"page", "ERROR", "the first"}, "no such clause"},
      {"words of another clause", {"page", "ERRORS", "a note"}, "no such words"},
      {"words in another case", {"page", "ERRORS", "The first"}, "no such words"},
      {"the reason for no citation", {"page", "NOTES", "Nobody asked."}, "no such words"},
      {"no words at all", {"page", "ERRORS", " "}, "no words"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.claim);
    EXPECT_EQ(Fault(&SmallSource(), row.cite), row.fault);
  }
  EXPECT_EQ(Fault(nullptr, kGood), "no such source");
}

TEST(PlantedFaults, AreToldWithTheRuleThatCites) {
  const Rule planted = Citing({"pages", "ERRORS", "the third"});
  EXPECT_THAT(WrongCitations({&planted}),
              ElementsAre("a.rule: no such source: pages, ERRORS: \"the third\""));
}

TEST(PlantedFaults, AreToldWhereARuleCitesNothingOrASilenceSomething) {
  const Rule without = {.id = "a.rule"}, with = Citing(kGood), silent = {.id = "silence.kept"};
  Rule broken = Citing(kGood);
  broken.id = "silence.broken";
  EXPECT_THAT(Unfounded({&without, &with, &silent, &broken}),
              ElementsAre("a.rule", "silence.broken"));
}

TEST(PlantedFaults, AreToldWhereTwoRulesShareAnId) {
  const Rule one = {.id = "a.rule", .says = "One."}, other = {.id = "a.rule", .says = "Other."};
  EXPECT_THAT(RepeatedIds({&one, &other}), ElementsAre("a.rule"));
  EXPECT_THAT(Ambiguous({&one, &other}), ElementsAre("a.rule"));
  EXPECT_THAT(Ambiguous({&one, &one}), IsEmpty());
}

TEST(PlantedFaults, AreToldWhereAClauseIsForgottenOrExcusedInVain) {
  EXPECT_THAT(Clauses(SmallSource(), {}, Cited::kNo, Excused::kNo), ElementsAre("ERRORS"));
  const Rule notes = Citing({"page", "NOTES", "a note"}), names = Citing({"page", "NAMES", "a"});
  EXPECT_THAT(Clauses(SmallSource(), {&notes, &names}, Cited::kYes, Excused::kYes),
              ElementsAre("NOTES", "NAMES"));
}

}  // namespace
}  // namespace msyncspec
