// SPDX-License-Identifier: MIT
//
// The plain replayer: runs a target once for each file, without an engine.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" [[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

constexpr int kExitUsage = 2;
constexpr int kExitNothingRun = 4;

// Returns the files, and those in the folders, in the order of their names.
std::vector<std::string> FilesIn(const char* const* begin, const char* const* end) {
  std::vector<std::string> files;
  for (const char* const* path = begin; path != end; ++path) {
    if (!std::filesystem::is_directory(*path)) {
      files.emplace_back(*path);
      continue;
    }
    const size_t first = files.size();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first.empty() || first == "--help" || first == "-h") {
    fprintf(first.empty() ? stderr : stdout,
            "%s FILE|FOLDER…: runs the target once for each file. Ends with 0 if nothing was\n"
            "found, 2 if a file cannot be read, 4 if there is none, and by SIGABRT at a finding.\n",
            argc > 0 ? argv[0] : "replay");
    return first.empty() ? kExitUsage : 0;
  }
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  const std::vector<std::string> files = FilesIn(argv + 1, argv + argc);
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && bytes.empty() && !std::filesystem::exists(file)) {
      fprintf(stderr, "%s: cannot be read\n", file.c_str());
      return kExitUsage;
    }
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  }
  printf("%zu inputs, nothing found\n", files.size());
  return files.empty() ? kExitNothingRun : 0;
}
