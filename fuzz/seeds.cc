// SPDX-License-Identifier: MIT
//
// seeds bytes|text FOLDER [FILE…]: writes scenarios as inputs of fuzz targets, as bytes or as text,
// into a folder that exists: those of the files, or those of the corpus.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "corpus/corpus.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/parse.h"

namespace msyncspec {
namespace {

struct Source {
  std::string name;
  std::string text;
};

std::vector<Source> CorpusSources() {
  std::vector<Source> sources;
  for (const CorpusFile& file : CorpusFiles()) {
    sources.push_back({std::string(file.path), std::string(file.text)});
  }
  return sources;
}

std::vector<Source> SourcesIn(char** begin, char** end) {
  std::vector<Source> sources;
  for (char** path = begin; path != end; ++path) {
    std::ifstream in(*path, std::ios::binary);
    sources.push_back({*path, {std::istreambuf_iterator<char>(in), {}}});
  }
  return sources;
}

int Main(int argc, char** argv) {
  const std::string form = argc >= 3 ? argv[1] : "";
  if (form != "bytes" && form != "text") {
    fprintf(stderr,
            "seeds bytes|text FOLDER [FILE…]: writes scenarios as inputs of fuzz targets\n");
    return 2;
  }
  for (const Source& source : argc > 3 ? SourcesIn(argv + 3, argv + argc) : CorpusSources()) {
    const absl::StatusOr<AnnotatedScenario> parsed = Parse(source.text);
    if (!parsed.ok()) {
      fprintf(stderr, "%s:%s\n", source.name.c_str(),
              std::string(parsed.status().message()).c_str());
      return 2;
    }
    const std::vector<uint8_t> bytes = Encode(parsed->scenario);
    const std::string path =
        absl::StrCat(argv[2], "/", absl::StrReplaceAll(source.name, {{"/", "."}}));
    std::ofstream out(path, std::ios::binary);
    out << (form == "text" ? source.text : std::string(bytes.begin(), bytes.end()));
    if (!out.flush()) {
      fprintf(stderr, "seeds: %s cannot be written\n", path.c_str());
      return 3;
    }
  }
  return 0;
}

}  // namespace
}  // namespace msyncspec

int main(int argc, char** argv) { return msyncspec::Main(argc, argv); }
