// SPDX-License-Identifier: MIT
// Whether the corpus tells all that the profiles of kernels can say.
#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "corpus/judge_text.h"
#include "corpus/parsed_corpus.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::_;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

// A rule that some kernels do not have, and why.
struct Exception {
  absl::string_view first, last;  // the oldest of these kernels and the newest
  absl::string_view rule;
  absl::string_view why;
};

constexpr absl::string_view kOldest = "linux-1.3.21", kNewest = "linux-6.18";

const std::array kNeverSaid = {
    Exception{kOldest, "linux-5.4", "hole.async_stops", "MS_ASYNC goes on behind a hole"},
    Exception{kOldest, kOldest, "mapping.locked", "no lock is looked for"},
    Exception{"linux-2.5.23", "linux-2.5.26", "mapping.locked", "no lock is looked for"},
    Exception{kOldest, kOldest, "flags.async_starts", "MS_ASYNC marks pages as dirty"},
    Exception{"linux-2.5.68", kNewest, "flags.async_starts", "MS_ASYNC starts nothing"},
    Exception{"linux-2.6.19", kNewest, "flags.marks_dirty", "nothing is marked by msync"},
    Exception{kOldest, "linux-2.6.17", "flags.no_sync", "what is not synced is marked as dirty"},
    Exception{kOldest, "linux-2.5.68", "hole.forgotten", "no hole is lost yet"},
    Exception{"linux-2.6.19", kNewest, "hole.forgotten", "no hole is lost any more"},
    Exception{kOldest, "linux-2.5.68", "mapping.synced_behind", "the walk ends before it"},
    Exception{"linux-2.6.19", kNewest, "mapping.synced_behind", "the walk ends before it"},
    Exception{kOldest, "linux-2.6.19", "file.write_error", "how they kept such errors is not read"},
    Exception{kOldest, "linux-2.6.19", "range.interleaved", "no scenario has threads for them"},
};

// Beside these: what is said on the way, and never is the reason of an answer.
const std::array kNeverDecides = {
    Exception{kOldest, kNewest, "flags.no_sync", "nothing is asked of a mapping"},
    Exception{kOldest, kNewest, "flags.async_starts", "nobody waits for what is started"},
    Exception{kOldest, kNewest, "flags.marks_dirty", "it cannot fail"},
    Exception{kOldest, kNewest, "mapping.private", "passed over"},
    Exception{kOldest, kNewest, "mapping.read_only_file", "passed over"},
    Exception{kOldest, kNewest, "mapping.synced", "the walk goes on"},
    Exception{kOldest, "linux-2.5.68", "file.no_fsync", "passed over before 2.6.17"},
};

// Neighbours between which no scenario can tell, by the older one.
const std::set<std::string> kAlike = {};

std::vector<const Profile*> Kernels() {
  std::vector<const Profile*> kernels;
  for (const Profile& profile : LinuxProfiles()) kernels.push_back(&profile);
  return kernels;
}

std::set<Saying> AllSayings() {
  std::set<Saying> sayings;
  for (const Profile* profile : Kernels()) {
    for (const Rule* rule : RulesOf(*profile)) sayings.emplace(profile->name, rule->id);
  }
  return sayings;
}

template <size_t kSize>
std::set<Saying> Without(std::set<Saying> sayings, const std::array<Exception, kSize>& removed) {
  for (const Exception& exception : removed) {
    const Expectation line = {.profile = std::string(exception.first),
                              .last_profile = std::string(exception.last)};
    for (const Profile* profile : Kernels()) {
      if (IsAbout(line, *profile)) sayings.erase({profile->name, std::string(exception.rule)});
    }
  }
  return sayings;
}

// Returns the kernels of which `file` has a word for the action.
std::set<const Profile*> SpokenOf(const AnnotatedScenario& annotated, size_t action) {
  std::set<const Profile*> spoken;
  for (const Expectation& expectation : annotated.expectations) {
    for (const Profile* profile : Kernels()) {
      if (expectation.action == action && IsAbout(expectation, *profile)) spoken.insert(profile);
    }
  }
  return spoken;
}

// Whether `annotated` expects one thing of `older` and another of `newer`.
bool TellsApart(const AnnotatedScenario& annotated, const Profile& older, const Profile& newer) {
  for (const Expectation& expectation : annotated.expectations) {
    if (!IsAbout(expectation, older) || IsAbout(expectation, newer)) continue;
    if (SpokenOf(annotated, expectation.action).count(&newer) > 0) return true;
  }
  return false;
}

std::vector<AnnotatedScenario> ScenariosWithTags() {
  std::vector<AnnotatedScenario> scenarios;
  for (const auto& entry : std::filesystem::directory_iterator(CorpusFolder() / "tags")) {
    scenarios.push_back(Parse(ReadText(entry.path())).value_or(AnnotatedScenario{}));
  }
  return scenarios;
}

TEST(CorpusOfKernels, EveryRuleOfEveryProfileIsSaid) {
  std::set<Saying> said;
  for (const ParsedFile& file : ParsedFiles()) {
    for (const Profile* profile : Kernels()) said.merge(SaidIn(file, *profile));
  }
  EXPECT_EQ(said, Without(AllSayings(), kNeverSaid));
}

TEST(CorpusOfKernels, EveryRuleThatCanDecideDecidesACall) {
  EXPECT_EQ(Decided(Kernels()), Without(Without(AllSayings(), kNeverSaid), kNeverDecides));
}

TEST(CorpusOfKernels, FileIsNamedAfterARuleThatSpeaksInIt) {
  for (const ParsedFile& file : ParsedFiles()) {
    if (!absl::StartsWith(file.path, "rules/")) continue;
    const std::vector<std::string> parts =
        absl::StrSplit(file.path.substr(sizeof("rules/") - 1), '.');
    const std::string id = absl::StrCat(parts[0], ".", parts[1]);
    std::set<Saying> said;
    for (const Profile* profile : Kernels()) said.merge(SaidIn(file, *profile));
    EXPECT_THAT(said, Contains(Pair(_, id))) << file.path;
  }
}

TEST(CorpusOfKernels, EveryRuleHasAFileOfItsName) {
  for (const Saying& saying : AllSayings()) {
    EXPECT_TRUE(std::filesystem::exists(CorpusFolder() / "rules" / (saying.second + ".msync")))
        << saying.second;
  }
}

TEST(CorpusOfKernels, NeighbouringErasAreToldApart) {
  std::vector<AnnotatedScenario> scenarios = ScenariosWithTags();
  for (const ParsedFile& file : ParsedFiles()) scenarios.push_back(file.annotated);
  const std::span<const Profile> eras = LinuxProfiles();
  std::set<std::string> alike;
  for (size_t i = 0; i + 1 < eras.size(); ++i) {
    bool told = false;
    for (const AnnotatedScenario& each : scenarios) told |= TellsApart(each, eras[i], eras[i + 1]);
    if (!told) alike.insert(eras[i].name);
  }
  EXPECT_EQ(alike, kAlike);
}

TEST(CorpusOfKernels, EveryAbiHasAWord) {
  for (const Profile& profile : AbiProfiles()) {
    EXPECT_THAT(Decided({&profile}), Not(IsEmpty())) << profile.name;
  }
}

TEST(CorpusOfKernels, EveryExpectationOfTaggedAddressesHolds) {
  for (const auto& entry : std::filesystem::directory_iterator(CorpusFolder() / "tags")) {
    const std::string path = absl::StrCat("tags/", entry.path().filename().string());
    const auto mismatches = JudgeText(path, ReadText(entry.path()));
    ASSERT_TRUE(mismatches.ok()) << mismatches.status().message();
    EXPECT_THAT(*mismatches, IsEmpty());
  }
}

}  // namespace
}  // namespace msyncspec
