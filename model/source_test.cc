// SPDX-License-Identifier: MIT
#include "model/source.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::string_view kSmall = R"(# A comment.
source: page
edition: the first
where: here,  and there

[ERRORS]
the first
  line,   the second

[NOTES]
uncited: Nobody  asked.
a note
uncited: not any more

[NAMES]
untestable: Only names.
a name
)";

TEST(ParseSource, ReadsTheHead) {
  const Source source = ParseSource(kSmall);
  EXPECT_EQ(source.name, "page");
  EXPECT_EQ(source.edition, "the first");
  EXPECT_EQ(source.where, "here, and there");
}

TEST(ParseSource, KeepsTheClausesInTheirOrder) {
  std::vector<std::string> labels;
  for (const Clause& clause : ParseSource(kSmall).clauses) labels.push_back(clause.label);
  EXPECT_THAT(labels, ElementsAre("ERRORS", "NOTES", "NAMES"));
}

TEST(ParseSource, FoldsWhiteSpaceAcrossLines) {
  const Source source = ParseSource(kSmall);
  EXPECT_EQ(source.Find("ERRORS")->text, "the first line, the second");
}

TEST(ParseSource, TakesAReasonFromTheFirstLineOfAClauseAlone) {
  const Source source = ParseSource(kSmall);
  EXPECT_EQ(source.Find("NOTES")->uncited, "Nobody asked.");
  EXPECT_EQ(source.Find("NOTES")->text, "a note uncited: not any more");
  EXPECT_EQ(source.Find("NAMES")->untestable, "Only names.");
  EXPECT_EQ(source.Find("NAMES")->uncited, "");
}

TEST(ParseSource, FindsClausesByTheWholeLabel) {
  const Source source = ParseSource(kSmall);
  EXPECT_EQ(source.Find("ERROR"), nullptr);
  EXPECT_EQ(source.Find("ERRORS"), &source.clauses[0]);
}

struct MisplacedRow {
  const char* claim;
  const char* file;
  const char* line;
};

TEST(ParseSource, GivesBackLinesThatTheFormatHasNoPlaceFor) {
  for (const MisplacedRow& row : {
           MisplacedRow{"text after a blank line", "[A]\ntext\n\nastray\n", "astray"},
           MisplacedRow{"a label once more", "[A]\ntext\n\n[A]\ntext\n", "[A] once more"},
           MisplacedRow{"a label that is not closed", "[A\n", "[A"},
           MisplacedRow{"a head of another key", "author: me\n", "author: me"},
           MisplacedRow{"a head that was there already", "source: a\nsource: b\n", "source: b"},
           MisplacedRow{"a head behind a clause", "[A]\ntext\n\nsource: a\n", "source: a"},
       }) {
    EXPECT_THAT(ParseSource(row.file).misplaced, ElementsAre(row.line)) << row.claim;
  }
}

TEST(ParseSource, MakesNothingOfAnEmptyFile) {
  const Source source = ParseSource("");
  EXPECT_EQ(source.name, "");
  EXPECT_THAT(source.clauses, IsEmpty());
  EXPECT_THAT(source.misplaced, IsEmpty());
}

// The files themselves.

TEST(SourceFiles, AreAllThatStandInTheFolderAndAsTheyStandThere) {
  const std::filesystem::path model = MSYNCSPEC_SOURCE_DIR "/model";
  std::set<std::string> embedded, present;
  for (const SourceFile& file : SourceFiles()) {
    std::ostringstream text;
    text << std::ifstream(model / std::string(file.path)).rdbuf();
    EXPECT_EQ(text.str(), std::string(file.text)) << file.path;
    embedded.emplace(file.path);
  }
  for (const auto& entry : std::filesystem::directory_iterator(model / "sources")) {
    present.insert(std::filesystem::relative(entry.path(), model));
  }
  EXPECT_EQ(embedded, present);
}

TEST(Sources, AreNamedForTheirFilesAndTellTheirEditionAndPlace) {
  ASSERT_EQ(Sources().size(), SourceFiles().size());
  for (size_t i = 0; i < Sources().size(); ++i) {
    const Source& source = Sources()[i];
    EXPECT_EQ(absl::StrCat("sources/", source.name, ".txt"), std::string(SourceFiles()[i].path));
    EXPECT_NE(source.edition, "") << source.name;
    EXPECT_NE(source.where, "") << source.name;
  }
}

TEST(Sources, HoldNothingThatTheFormatHasNoPlaceFor) {
  for (const Source& source : Sources()) EXPECT_THAT(source.misplaced, IsEmpty()) << source.name;
}

TEST(Sources, HaveATextUnderEachLabel) {
  for (const Source& source : Sources()) {
    for (const Clause& clause : source.clauses) {
      EXPECT_NE(clause.text, "") << source.name << ", " << clause.label;
    }
  }
}

// Our own words can always be cited or not; those of a document can be beyond every test.
TEST(Sources, ExcuseOurOwnWordsAsUncitedAndThoseOfDocumentsAsUntestable) {
  for (const Source& source : Sources()) {
    const bool ours = absl::StartsWith(source.name, "linux");
    for (const Clause& clause : source.clauses) {
      EXPECT_EQ(ours ? clause.untestable : clause.uncited, "")
          << source.name << ", " << clause.label;
    }
  }
}

TEST(Sources, AreFoundByName) {
  EXPECT_EQ(FindSource("love-2007")->name, "love-2007");
  EXPECT_EQ(FindSource("love"), nullptr);
}

}  // namespace
}  // namespace msyncspec
