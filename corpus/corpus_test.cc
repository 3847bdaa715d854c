// SPDX-License-Identifier: MIT
#include "corpus/corpus.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "corpus/judge_text.h"
#include "corpus/known_deviations/known_deviations.h"
#include "corpus/parsed_corpus.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::StartsWith;
using testing::UnorderedElementsAreArray;

constexpr absl::string_view kNewest = "linux-6.18";
constexpr size_t kShortestReason = 40;  // characters of the first line that says why
constexpr int kTraps = 16;

// Folders beside the corpus: other machines, other people's files, and what is made from these.
const std::set<std::string> kNotListed = {"drift", "known_deviations", "tags", "vectors"};

// Whether a call with `flags` could sync.
bool IsKnownSync(SyncFlags flags) {
  return flags.Has(kGenericFlagNumbers.sync) && flags.word() <= kGenericFlagNumbers.all();
}

TEST(Corpus, ListNamesEveryFileOfTheFolderAndNoOther) {
  std::vector<std::string> listed, present;
  for (const CorpusFile& file : CorpusFiles()) listed.emplace_back(file.path);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(CorpusFolder())) {
    const std::filesystem::path path = entry.path().lexically_relative(CorpusFolder());
    if (path.extension() == ".msync" && kNotListed.count(path.begin()->string()) == 0) {
      present.push_back(path.string());
    }
  }
  EXPECT_THAT(listed, UnorderedElementsAreArray(present));
}

TEST(KnownDeviations, ListNamesEveryFileOfTheFolderAndNoOther) {
  std::vector<std::string> listed, present;
  for (const KnownDeviationFile& file : KnownDeviationFiles()) listed.emplace_back(file.path);
  for (const auto& entry :
       std::filesystem::directory_iterator(CorpusFolder() / "known_deviations")) {
    if (entry.path().extension() == ".msync") present.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(listed, UnorderedElementsAreArray(present));
}

TEST(Corpus, EmbeddedTextIsThatOfTheFile) {
  for (const CorpusFile& file : CorpusFiles()) {
    EXPECT_EQ(file.text, ReadText(CorpusFolder() / std::string(file.path))) << file.path;
  }
}

TEST(Corpus, EveryFileSaysWhy) {
  for (const CorpusFile& file : CorpusFiles()) {
    SCOPED_TRACE(file.path);
    const std::vector<std::string> lines = absl::StrSplit(file.text, '\n');
    ASSERT_GE(lines.size(), 3u);
    EXPECT_EQ(lines[0], "# SPDX-License-Identifier: MIT");
    EXPECT_THAT(lines[1], StartsWith("# "));
    EXPECT_GE(lines[1].size(), kShortestReason);
  }
}

TEST(Corpus, CanonicalTextParsesBackToTheSameValue) {
  for (const ParsedFile& file : ParsedFiles()) {
    SCOPED_TRACE(file.path);
    const std::string canonical = Print(file.annotated);
    const absl::StatusOr<AnnotatedScenario> again = Parse(canonical);
    ASSERT_TRUE(again.ok()) << again.status().message();
    EXPECT_EQ(*again, file.annotated);
    EXPECT_EQ(Print(*again), canonical);
  }
}

TEST(Corpus, EveryExpectationHolds) {
  for (const CorpusFile& file : CorpusFiles()) {
    const absl::StatusOr<std::vector<std::string>> mismatches = JudgeText(file.path, file.text);
    ASSERT_TRUE(mismatches.ok()) << mismatches.status().message();
    EXPECT_THAT(*mismatches, IsEmpty());
  }
}

TEST(Corpus, EveryCallSaysWhatTheNewestProfileAnswersAndWhy) {
  for (const ParsedFile& file : ParsedFiles()) {
    SCOPED_TRACE(file.path);
    std::set<size_t> explained;
    for (const Expectation& expectation : file.annotated.expectations) {
      if (IsAbout(expectation, *FindProfile(kNewest)) && !expectation.rule.empty()) {
        explained.insert(expectation.action);
      }
    }
    for (size_t i = 0; i < file.annotated.scenario.actions.size(); ++i) {
      const auto* call = std::get_if<SymbolicCall>(&file.annotated.scenario.actions[i]);
      if (call == nullptr) continue;
      EXPECT_THAT(explained, Contains(i)) << Print(*call);
    }
  }
}

TEST(Corpus, EveryExpectationOfMsSyncSaysWhatIsSynced) {
  for (const ParsedFile& file : ParsedFiles()) {
    for (const Expectation& expectation : file.annotated.expectations) {
      const Action& action = file.annotated.scenario.actions[expectation.action];
      const auto* call = std::get_if<SymbolicCall>(&action);
      if (call == nullptr || !IsKnownSync(call->flags)) continue;
      EXPECT_TRUE(expectation.synced.has_value()) << file.path << ": " << Print(*call);
    }
  }
}

TEST(Corpus, EveryTrapHasAFile) {
  for (int trap = 1; trap <= kTraps; ++trap) {
    const std::string prefix = absl::StrFormat("traps/%02d-", trap);
    EXPECT_TRUE(
        std::any_of(CorpusFiles().begin(), CorpusFiles().end(),
                    [&](const CorpusFile& file) { return absl::StartsWith(file.path, prefix); }))
        << prefix;
  }
}

TEST(Corpus, EveryBackingAndEveryKindOfStepOccurs) {
  std::set<Backing> backings;
  std::set<StepKind> kinds;
  for (const ParsedFile& file : ParsedFiles()) {
    for (const File& scenario_file : file.annotated.scenario.files) {
      backings.insert(scenario_file.backing);
    }
    for (const Action& action : file.annotated.scenario.actions) {
      if (const Step* step = std::get_if<Step>(&action)) kinds.insert(step->kind);
    }
  }
  EXPECT_EQ(backings.size(), AllBackings().size());
  EXPECT_EQ(kinds.size(), static_cast<size_t>(kStepKinds));
}

}  // namespace
}  // namespace msyncspec
