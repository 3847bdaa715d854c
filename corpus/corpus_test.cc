// SPDX-License-Identifier: MIT
#include "corpus/corpus.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "corpus/judge_text.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/linux_walk.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::_;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::StartsWith;
using testing::UnorderedElementsAreArray;

constexpr absl::string_view kNewest = "linux-6.18";
constexpr size_t kShortestReason = 40;  // characters of the first line that says why
constexpr int kTraps = 16;

const std::filesystem::path kFolder = std::filesystem::path(MSYNCSPEC_SOURCE_DIR) / "corpus";

// A rule in the view of one profile: {profile, id}.
using Saying = std::pair<std::string, std::string>;

// What a profile never says, though others do.
const std::set<Saying> kNeverSaid = {
    {"linux-1.3.21", "hole.async_stops"},  // MS_ASYNC goes on behind a hole
    {"linux-1.3.21", "mapping.locked"},    // no lock is looked for
};

// What is said on the way and never decides an outcome.
const std::set<Saying> kNeverDecides = {
    {"linux-1.3.21", "flags.no_sync"},    {"linux-1.3.21", "mapping.private"},
    {"linux-1.3.21", "mapping.synced"},   {"linux-1.3.21", "mapping.read_only_file"},
    {"linux-1.3.21", "hole.async_stops"}, {"linux-1.3.21", "mapping.locked"},
    {"linux-1.3.21", "file.no_fsync"},  // passed over before 2.6.17
    {"linux-3.16", "flags.no_sync"},      {"linux-3.16", "mapping.private"},
    {"linux-3.16", "mapping.synced"},     {"linux-3.16", "mapping.read_only_file"},
    {"linux-5.18", "flags.no_sync"},      {"linux-5.18", "mapping.private"},
    {"linux-5.18", "mapping.synced"},     {"linux-5.18", "mapping.read_only_file"},
    {"linux-6.18", "flags.no_sync"},      {"linux-6.18", "mapping.private"},
    {"linux-6.18", "mapping.synced"},     {"linux-6.18", "mapping.read_only_file"},
};

// Everything that the profiles can say, as far as their tables show it.
std::set<Saying> AllSayings() {
  std::set<Saying> sayings;
  for (const Profile& profile : LinuxProfiles()) {
    for (const ArgumentRule& row : profile.arguments) {
      sayings.emplace(profile.name, row.rule.id);
    }
    for (const Rule* rule : WalkRules()) sayings.emplace(profile.name, rule->id);
  }
  return sayings;
}

std::set<Saying> Without(std::set<Saying> sayings, const std::set<Saying>& removed) {
  for (const Saying& saying : removed) sayings.erase(saying);
  return sayings;
}

struct ParsedFile {
  std::string path;
  std::string text;
  AnnotatedScenario annotated;
};

const std::vector<ParsedFile>& ParsedFiles() {
  static const auto* const kParsed = [] {
    auto* parsed = new std::vector<ParsedFile>;
    for (const CorpusFile& file : CorpusFiles()) {
      const absl::StatusOr<AnnotatedScenario> annotated = Parse(file.text);
      EXPECT_TRUE(annotated.ok()) << file.path << ":" << annotated.status().message();
      parsed->push_back({std::string(file.path), std::string(file.text),
                         annotated.value_or(AnnotatedScenario{})});
    }
    return parsed;
  }();
  return *kParsed;
}

// Returns what the profiles say on the way in calls of `file` of which something is expected.
std::set<Saying> SaidIn(const ParsedFile& file) {
  std::set<Saying> said;
  for (const Profile& profile : LinuxProfiles()) {
    const ScenarioPrediction prediction =
        PredictScenario(file.annotated.scenario, profile, BareSurroundings());
    for (const Expectation& expectation : file.annotated.expectations) {
      if (expectation.profile != profile.name) continue;
      for (const TraceStep& step : prediction.actions[expectation.action].call.steps) {
        said.emplace(profile.name, step.rule->id);
      }
    }
  }
  return said;
}

// Whether a call with `flags` could sync.
bool IsKnownSync(SyncFlags flags) {
  return flags.Has(kGenericFlagNumbers.sync) && flags.word() <= kGenericFlagNumbers.all();
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Corpus, ListNamesEveryFileOfTheFolderAndNoOther) {
  std::vector<std::string> listed, present;
  for (const CorpusFile& file : CorpusFiles()) listed.emplace_back(file.path);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() == ".msync") {
      present.push_back(entry.path().lexically_relative(kFolder).string());
    }
  }
  EXPECT_THAT(listed, UnorderedElementsAreArray(present));
}

TEST(Corpus, EmbeddedTextIsThatOfTheFile) {
  for (const CorpusFile& file : CorpusFiles()) {
    EXPECT_EQ(file.text, Read(kFolder / std::string(file.path))) << file.path;
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
      if (expectation.profile == kNewest && !expectation.rule.empty()) {
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

TEST(Corpus, EveryRuleOfEveryProfileIsSaid) {
  std::set<Saying> said;
  for (const ParsedFile& file : ParsedFiles()) said.merge(SaidIn(file));
  EXPECT_EQ(said, Without(AllSayings(), kNeverSaid));
}

TEST(Corpus, EveryRuleThatCanDecideDecidesACall) {
  std::set<Saying> decided;
  for (const ParsedFile& file : ParsedFiles()) {
    for (const Expectation& expectation : file.annotated.expectations) {
      if (!expectation.rule.empty()) decided.emplace(expectation.profile, expectation.rule);
    }
  }
  EXPECT_EQ(decided, Without(AllSayings(), kNeverDecides));
}

TEST(Corpus, FileIsNamedAfterARuleThatSpeaksInIt) {
  for (const ParsedFile& file : ParsedFiles()) {
    if (!absl::StartsWith(file.path, "rules/")) continue;
    const std::vector<std::string> parts =
        absl::StrSplit(file.path.substr(sizeof("rules/") - 1), '.');
    const std::string id = absl::StrCat(parts[0], ".", parts[1]);
    EXPECT_THAT(SaidIn(file), Contains(Pair(_, id))) << file.path;
  }
}

TEST(Corpus, EveryRuleHasAFileOfItsName) {
  for (const Saying& saying : AllSayings()) {
    EXPECT_TRUE(std::filesystem::exists(kFolder / "rules" / (saying.second + ".msync")))
        << saying.second;
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

TEST(JudgeText, NamesTheLineOfTheCallAndBothSides) {
  const auto mismatches = JudgeText("a.msync",
                                    "# why\n"
                                    "map p0 1p private rw anon\n"
                                    "call addr=p0 len=1p flags=0  # fine\n"
                                    "expect linux-6.18 0\n"
                                    "call addr=p0+1 len=1p flags=0\n"
                                    "expect linux-6.18 ENOMEM by=range.wraps\n");
  ASSERT_TRUE(mismatches.ok());
  EXPECT_THAT(*mismatches,
              ElementsAre("a.msync:5: \"expect linux-6.18 ENOMEM by=range.wraps\", but the model "
                          "says \"expect linux-6.18 EINVAL by=address.unaligned\""));
}

TEST(JudgeText, CountsWhatIsExpectedBehindAStepThatIsNotModelledAsAMismatch) {
  const auto mismatches = JudgeText("a.msync",
                                    "map p0 1p private rw anon\n"
                                    "remap p0 0 1p\n"
                                    "call addr=p0 len=1p flags=0\n"
                                    "expect linux-6.18 0\n");
  ASSERT_TRUE(mismatches.ok());
  EXPECT_THAT(*mismatches,
              ElementsAre(StartsWith(
                  "a.msync:3: \"expect linux-6.18 0\", but the model says \"not modelled: ")));
}

TEST(JudgeText, WrongTextIsAnInvalidArgumentWithItsPlace) {
  EXPECT_EQ(JudgeText("a.msync", "map p0\n").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(JudgeText("a.msync", "map p0\n").status().message()),
              StartsWith("a.msync:1:"));
}

}  // namespace
}  // namespace msyncspec
