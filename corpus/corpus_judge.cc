// SPDX-License-Identifier: MIT
// corpus_judge FOLDER: holds every expectation of the .msync files below FOLDER against the model,
// and prints those that it does not meet. Exits with 0 if it meets all of them, 1 if not, 2 where
// a file is wrong, and 4 where there is none.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "corpus/judge_text.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".msync") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string Read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

int main(int argc, char** argv) {
  std::error_code error;
  if (argc != 2 || !fs::is_directory(argv[1], error)) {
    fputs("usage: corpus_judge FOLDER\n", stderr);
    return 2;
  }
  const fs::path folder = argv[1];
  const std::vector<fs::path> files = FilesBelow(folder);
  if (files.empty()) return 4;
  setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // a wrong model may crash; what it said is kept
  bool agrees = true;
  for (const fs::path& file : files) {
    const auto mismatches =
        msyncspec::JudgeText(file.lexically_relative(folder).string(), Read(file));
    if (!mismatches.ok()) {
      fprintf(stderr, "%s\n", std::string(mismatches.status().message()).c_str());
      return 2;
    }
    for (const std::string& mismatch : *mismatches) puts(mismatch.c_str());
    agrees = agrees && mismatches->empty();
  }
  return agrees ? 0 : 1;
}
