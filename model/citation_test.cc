// SPDX-License-Identifier: MIT
#include "model/citation.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "model/linux_walk.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::Gt;
using testing::IsEmpty;
using testing::Key;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// A labelled excerpt. White space in both of its texts is folded.
struct Clause {
  std::string uncited;  // why no rule cites it; empty where one should
  std::string text;
};

// One file of model/sources/.
struct Source {
  std::map<std::string, std::string> head;
  std::map<std::string, Clause> clauses;  // by label
  std::vector<std::string> misplaced;     // lines that the format has no place for
};

using Sources = std::map<std::string, Source>;  // by name, as citations give it

void AppendFolded(absl::string_view words, std::string& text) {
  absl::StrAppend(&text, text.empty() ? "" : " ", words);
  absl::RemoveExtraAsciiWhitespace(&text);
}

// The format: comments (#), a head of `key: value` lines, then clauses, each of them a line
// [LABEL], perhaps a line `uncited: REASON`, and lines of text up to a blank line.
Source ParseSource(absl::string_view file) {
  Source source;
  Clause* clause = nullptr;
  for (absl::string_view line : absl::StrSplit(file, '\n')) {
    const bool in_head = source.clauses.empty();
    if (absl::StartsWith(line, "#")) continue;
    if (line.empty()) {
      clause = nullptr;
    } else if (clause != nullptr && clause->text.empty() && clause->uncited.empty() &&
               absl::ConsumePrefix(&line, "uncited: ")) {
      AppendFolded(line, clause->uncited);
    } else if (clause != nullptr) {
      AppendFolded(line, clause->text);
    } else if (absl::ConsumePrefix(&line, "[") && absl::ConsumeSuffix(&line, "]")) {
      const auto [place, is_new] = source.clauses.try_emplace(std::string(line));
      if (!is_new) source.misplaced.push_back(absl::StrCat("[", line, "] once more"));
      clause = &place->second;
    } else if (in_head && absl::StrContains(line, ": ")) {
      source.head.insert(absl::StrSplit(line, absl::MaxSplits(": ", 1)));
    } else {
      source.misplaced.emplace_back(line);
    }
  }
  return source;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Sources ReadSources() {
  Sources sources;
  for (const auto& entry :
       std::filesystem::directory_iterator(MSYNCSPEC_SOURCE_DIR "/model/sources")) {
    sources[entry.path().stem()] = ParseSource(ReadFile(entry.path()));
  }
  return sources;
}

using Rules = std::vector<const Rule*>;

Rules RulesOf(const Profile& profile) {
  Rules rules(WalkRules().begin(), WalkRules().end());
  for (const ArgumentRule& row : profile.arguments) rules.push_back(&row.rule);
  return rules;
}

Rules AllRules() {
  Rules all;
  for (const Profile& profile : LinuxProfiles()) {
    const Rules rules = RulesOf(profile);
    all.insert(all.end(), rules.begin(), rules.end());
  }
  return all;
}

std::vector<Citation> CitationsOf(const Rule& rule) {
  std::vector<Citation> cites(rule.cites.begin(), rule.cites.end());
  std::erase_if(cites, [](const Citation& cite) { return cite.source.empty(); });
  return cites;
}

// Returns what is wrong with `cite`, or nothing.
std::string Fault(const Sources& sources, const Citation& cite) {
  const auto source = sources.find(std::string(cite.source));
  if (source == sources.end()) return "no such source";
  const auto clause = source->second.clauses.find(std::string(cite.clause));
  if (clause == source->second.clauses.end()) return "no such clause";
  std::string words(cite.words);
  absl::RemoveExtraAsciiWhitespace(&words);
  if (words.empty()) return "no words";
  return absl::StrContains(clause->second.text, words) ? "" : "no such words";
}

// Returns a line for each citation of `rules` that cannot be followed.
std::vector<std::string> WrongCitations(const Sources& sources, const Rules& rules) {
  std::vector<std::string> wrong;
  for (const Rule* rule : rules) {
    for (const Citation& cite : CitationsOf(*rule)) {
      const std::string fault = Fault(sources, cite);
      if (fault.empty()) continue;
      wrong.push_back(absl::StrCat(rule->id, ": ", fault, ": ", cite.source, ", ", cite.clause,
                                   ": \"", cite.words, "\""));
    }
  }
  return wrong;
}

// Returns the ids of the rules that cite nothing.
std::vector<absl::string_view> Unfounded(const Rules& rules) {
  std::vector<absl::string_view> ids;
  for (const Rule* rule : rules) {
    if (CitationsOf(*rule).empty()) ids.push_back(rule->id);
  }
  return ids;
}

enum class Cited { kNo, kYes };
enum class Excused { kNo, kYes };

// Returns the clauses of all sources, as "source, label", that are such.
std::vector<std::string> Clauses(const Sources& sources, const Rules& rules, Cited cited,
                                 Excused excused) {
  std::set<std::string> all_cited;
  for (const Rule* rule : rules) {
    for (const Citation& cite : CitationsOf(*rule)) {
      all_cited.insert(absl::StrCat(cite.source, ", ", cite.clause));
    }
  }
  std::vector<std::string> found;
  for (const auto& [name, source] : sources) {
    for (const auto& [label, clause] : source.clauses) {
      const std::string place = absl::StrCat(name, ", ", label);
      if (all_cited.contains(place) != (cited == Cited::kYes)) continue;
      if (clause.uncited.empty() != (excused == Excused::kNo)) continue;
      found.push_back(place);
    }
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

TEST(Citations, NameASourceAClauseAndWordsThatStandThere) {
  EXPECT_THAT(WrongCitations(ReadSources(), AllRules()), IsEmpty());
}

TEST(Rules, CiteAtLeastOneClause) { EXPECT_THAT(Unfounded(AllRules()), IsEmpty()); }

TEST(Rules, HaveAnIdOfTheirOwnWithinEachProfile) {
  for (const Profile& profile : LinuxProfiles()) {
    EXPECT_THAT(RepeatedIds(RulesOf(profile)), IsEmpty()) << profile.name;
  }
}

TEST(Clauses, AreCitedOrSayWhyNot) {
  EXPECT_THAT(Clauses(ReadSources(), AllRules(), Cited::kNo, Excused::kNo), IsEmpty());
}

TEST(Clauses, DoNotSayWhyNotWhereTheyAreCited) {
  EXPECT_THAT(Clauses(ReadSources(), AllRules(), Cited::kYes, Excused::kYes), IsEmpty());
}

TEST(Clauses, HaveAText) {
  for (const auto& [name, source] : ReadSources()) {
    for (const auto& [label, clause] : source.clauses) {
      EXPECT_THAT(clause.text, SizeIs(Gt(0))) << name << ", " << label;
    }
  }
}

TEST(SourceFiles, AreNamedForTheSourceAndTellItsEditionAndPlace) {
  for (const auto& [name, source] : ReadSources()) {
    SCOPED_TRACE(name);
    EXPECT_THAT(source.head, UnorderedElementsAre(Key("source"), Key("edition"), Key("where")));
    EXPECT_THAT(source.head, testing::Contains(testing::Pair("source", name)));
  }
}

TEST(SourceFiles, HoldNothingThatTheFormatHasNoPlaceFor) {
  for (const auto& [name, source] : ReadSources()) EXPECT_THAT(source.misplaced, IsEmpty()) << name;
}

TEST(Readme, TellsEveryRuleInTheRulesOwnWords) {
  const std::string readme = ReadFile(MSYNCSPEC_SOURCE_DIR "/model/README.md");
  for (const Rule* rule : AllRules()) {
    EXPECT_THAT(readme,
                testing::HasSubstr(absl::StrCat("\n| `", rule->id, "` | ", rule->says, " |")));
  }
}

// A source file in small, for the tests of the tests.
const Sources& SmallSources() {
  static const Sources kSources = {{"page", ParseSource(R"(# A comment.
source: page

[ERRORS]
the first
  line,   the second

[NOTES]
uncited: Nobody asked.
a note
)")}};
  return kSources;
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
      {"another source", {"pages", "ERRORS", "the first"}, "no such source"},
      {"another clause", {"page", "ERROR", "the first"}, "no such clause"},
      {"words of another clause", {"page", "ERRORS", "a note"}, "no such words"},
      {"words in another case", {"page", "ERRORS", "The first"}, "no such words"},
      {"the reason for no citation", {"page", "NOTES", "Nobody asked."}, "no such words"},
      {"no words at all", {"page", "ERRORS", " "}, "no words"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.claim);
    EXPECT_EQ(Fault(SmallSources(), row.cite), row.fault);
  }
}

TEST(PlantedFaults, AreToldWithTheRuleThatCites) {
  const Rule planted = Citing({"page", "ERRORS", "the third"});
  EXPECT_THAT(WrongCitations(SmallSources(), {&planted}),
              ElementsAre("a.rule: no such words: page, ERRORS: \"the third\""));
}

TEST(PlantedFaults, AreToldWhereARuleCitesNothingOrSharesItsId) {
  const Rule without = {.id = "a.rule"}, with = Citing(kGood);
  EXPECT_THAT(Unfounded({&without, &with}), ElementsAre("a.rule"));
  EXPECT_THAT(RepeatedIds({&without, &with}), ElementsAre("a.rule"));
}

TEST(PlantedFaults, AreToldWhereAClauseIsForgottenOrExcusedInVain) {
  EXPECT_THAT(Clauses(SmallSources(), {}, Cited::kNo, Excused::kNo), ElementsAre("page, ERRORS"));
  const Rule notes = Citing({"page", "NOTES", "a note"});
  EXPECT_THAT(Clauses(SmallSources(), {&notes}, Cited::kYes, Excused::kYes),
              ElementsAre("page, NOTES"));
}

TEST(PlantedFaults, AreToldWhereALineStandsOutsideTheFormat) {
  EXPECT_THAT(ParseSource("[A]\ntext\n\nastray\n\n[A]\ntext\n").misplaced,
              ElementsAre("astray", "[A] once more"));
}

}  // namespace
}  // namespace msyncspec
