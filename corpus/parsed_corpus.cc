// SPDX-License-Identifier: MIT
#include "corpus/parsed_corpus.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "corpus/corpus.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"

namespace msyncspec {

const std::filesystem::path& CorpusFolder() {
  static const auto* const kFolder =
      new std::filesystem::path(std::filesystem::path(MSYNCSPEC_SOURCE_DIR) / "corpus");
  return *kFolder;
}

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

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

std::set<Saying> SaidIn(const ParsedFile& file, const Profile& profile) {
  std::set<size_t> asked;
  for (const Expectation& expectation : file.annotated.expectations) {
    if (IsAbout(expectation, profile)) asked.insert(expectation.action);
  }
  std::set<Saying> said;
  if (asked.empty()) return said;
  const ScenarioPrediction prediction =
      PredictScenario(file.annotated.scenario, profile, BareSurroundings());
  for (const size_t action : asked) {
    for (const TraceStep& step : prediction.actions[action].call.steps) {
      said.emplace(profile.name, step.rule->id);
    }
  }
  return said;
}

std::set<Saying> Decided(const std::vector<const Profile*>& profiles) {
  std::set<Saying> decided;
  for (const ParsedFile& file : ParsedFiles()) {
    for (const Expectation& expectation : file.annotated.expectations) {
      if (expectation.rule.empty()) continue;
      for (const Profile* profile : profiles) {
        if (IsAbout(expectation, *profile)) decided.emplace(profile->name, expectation.rule);
      }
    }
  }
  return decided;
}

}  // namespace msyncspec
