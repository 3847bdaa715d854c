// SPDX-License-Identifier: MIT
// Whether the corpus tells all that the profiles of documents can say.
#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "corpus/parsed_corpus.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// What never is the clause that decides a call, and why.
const std::map<Saying, absl::string_view> kNeverDecides = {
    {{"symbian-open-c", "document.outside"}, "document.too_long stands before it"},
    {{"symbian-open-c", "silence.async_and_sync"}, "document.async_unsupported stands before it"},
    {{"man-pages-3.53", "document.flags_or"}, "document.success stands behind it"},
    {{"man-pages-ru", "document.one_asked_for"}, "it leaves nothing open"},
    {{"man-pages-ru", "document.neither_permitted"}, "document.success stands behind it"},
    {{"man-pages-6.03", "document.one_asked_for"}, "it leaves nothing open"},
    {{"man-pages-6.03", "document.neither_permitted"}, "document.success stands behind it"},
};

// Whether a call can show what the clause says of this system.
bool BearsOnCalls(const DocumentRule& clause) {
  return clause.of.empty() && clause.force != Force::kStates;
}

bool CanDecide(const DocumentRule& clause) {
  return Decides(clause) || clause.force == Force::kSucceeds;
}

std::vector<const Profile*> Documents() {
  std::vector<const Profile*> documents;
  for (const Profile& profile : DocumentProfiles()) documents.push_back(&profile);
  return documents;
}

TEST(CorpusOfDocuments, EveryClauseThatBearsOnCallsAppliesToOne) {
  std::set<Saying> said, expected;
  for (const Profile* document : Documents()) {
    for (const ParsedFile& file : ParsedFiles()) said.merge(SaidIn(file, *document));
    for (const DocumentRule& clause : document->clauses) {
      const Saying saying = {document->name, std::string(clause.rule.id)};
      if (BearsOnCalls(clause)) expected.insert(saying);
      if (!BearsOnCalls(clause)) said.erase(saying);
    }
  }
  EXPECT_EQ(said, expected);
}

TEST(CorpusOfDocuments, EveryClauseThatCanDecideDecidesACall) {
  std::set<Saying> expected;
  for (const Profile* document : Documents()) {
    for (const DocumentRule& clause : document->clauses) {
      const Saying saying = {document->name, std::string(clause.rule.id)};
      const bool never = kNeverDecides.count(saying) > 0;
      if (BearsOnCalls(clause) && CanDecide(clause) && !never) expected.insert(saying);
    }
  }
  EXPECT_EQ(Decided(Documents()), expected);
}

TEST(CorpusOfDocuments, FileIsNamedAfterADocumentThatSpeaksInIt) {
  for (const ParsedFile& file : ParsedFiles()) {
    if (!absl::StartsWith(file.path, "documents/")) continue;
    bool named = false;
    for (const Profile* document : Documents()) {
      const bool of_all = absl::StartsWith(file.path, "documents/all.");
      const bool of_this =
          absl::StartsWith(file.path, absl::StrCat("documents/", document->name, "."));
      named |= (of_all || of_this) && !SaidIn(file, *document).empty();
    }
    EXPECT_TRUE(named) << file.path;
  }
}

TEST(CorpusOfDocuments, EveryDocumentSaysSomethingThatNoneOfTheOthersSays) {
  for (const Profile* document : Documents()) {
    size_t own = 0;
    for (const ParsedFile& file : ParsedFiles()) {
      own += absl::StartsWith(file.path, absl::StrCat("documents/", document->name, "."));
    }
    // The Russian page says what 6.03 says, and both what 3.53 says but for one sentence.
    const bool later_page = document->name == "man-pages-ru" || document->name == "man-pages-6.03";
    EXPECT_EQ(own == 0, later_page) << document->name;
  }
}

}  // namespace
}  // namespace msyncspec
