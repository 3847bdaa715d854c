// SPDX-License-Identifier: MIT
//
// seeds FORM FOLDER: writes the scenarios of the corpus as inputs of fuzz targets, as bytes or as
// text, into a folder that exists.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "corpus/corpus.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/parse.h"

int main(int argc, char** argv) {
  using namespace msyncspec;
  const std::string form = argc == 3 ? argv[1] : "";
  if (form != "bytes" && form != "text") {
    fprintf(stderr, "seeds bytes|text FOLDER: writes the corpus as inputs of fuzz targets\n");
    return 2;
  }
  for (const CorpusFile& file : CorpusFiles()) {
    std::string seed(file.text);
    if (form == "bytes") {
      const std::vector<uint8_t> bytes = Encode(Parse(file.text)->scenario);
      seed.assign(bytes.begin(), bytes.end());
    }
    const std::string path =
        absl::StrCat(argv[2], "/", absl::StrReplaceAll(file.path, {{"/", "."}}));
    std::ofstream out(path, std::ios::binary);
    out << seed;
    if (!out.flush()) {
      fprintf(stderr, "seeds: %s cannot be written\n", path.c_str());
      return 3;
    }
  }
  return 0;
}
