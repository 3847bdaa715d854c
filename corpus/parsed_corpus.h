// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_CORPUS_PARSED_CORPUS_H_
#define MSYNCSPEC_CORPUS_PARSED_CORPUS_H_

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "harness/scenario/expectation.h"
#include "model/profile.h"

// What the tests of the corpus share.
namespace msyncspec {

// A rule in the view of one profile: {profile, id}.
using Saying = std::pair<std::string, std::string>;

struct ParsedFile {
  std::string path;
  std::string text;
  AnnotatedScenario annotated;
};

// Returns the folder in the source tree.
const std::filesystem::path& CorpusFolder();

// Returns the text of a file.
std::string ReadText(const std::filesystem::path& path);

// Returns all files of the corpus; one that cannot be parsed fails the test, and is empty.
const std::vector<ParsedFile>& ParsedFiles();

// Returns the rules that `profile` passes in the calls of `file` of which something is expected of
// it.
std::set<Saying> SaidIn(const ParsedFile& file, const Profile& profile);

// Returns the rules that decide by the word of an expectation about one of `profiles`.
std::set<Saying> Decided(const std::vector<const Profile*>& profiles);

}  // namespace msyncspec

#endif  // MSYNCSPEC_CORPUS_PARSED_CORPUS_H_
