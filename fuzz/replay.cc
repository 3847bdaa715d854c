// SPDX-License-Identifier: MIT
//
// The plain replayer: runs a target once for each file, without an engine.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" [[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

constexpr int kExitUsage = 2;
constexpr int kExitBroken = 3;
constexpr int kExitNothingRun = 4;

// The input that is being run, for whoever looks for the one that shows something.
std::string g_path;

void NameInput(int signal_number) {
  const std::string line = "input: " + g_path + "\n";
  if (write(STDERR_FILENO, line.data(), line.size()) < 0) _exit(kExitBroken);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

int CannotRead(const std::string& path, const std::string& why) {
  fprintf(stderr, "%s: %s\n", path.c_str(), why.c_str());
  return kExitUsage;
}

// Appends the file, or those in the folder in the order of their names. Returns why it cannot.
std::error_code Append(const std::string& path, std::vector<std::string>& files) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    files.push_back(path);
    return error;
  }
  const size_t first = files.size();
  for (std::filesystem::recursive_directory_iterator entry(path, error), end;
       !error && entry != end; entry.increment(error)) {
    if (!entry->is_directory(error)) files.push_back(entry->path());
  }
  std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  return error;
}

// Reads all of a file; returns 0 or the error's number.
int Read(const std::string& path, std::vector<uint8_t>& bytes) {
  FILE* file = fopen(path.c_str(), "rbe");
  if (file == nullptr) return errno;
  bytes.clear();
  uint8_t chunk[4096];
  for (size_t got; (got = fread(chunk, 1, sizeof(chunk), file)) > 0;) {
    bytes.insert(bytes.end(), chunk, chunk + got);
  }
  const int error = ferror(file) != 0 ? errno : 0;
  fclose(file);
  return error;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first.empty() || first == "--help" || first == "-h") {
    fprintf(first.empty() ? stderr : stdout,
            "%s FILE|FOLDER…: runs the target once for each file. Ends with 0 if nothing was\n"
            "found, 2 if a file cannot be read, 4 if there is none, and by a signal at a finding,\n"
            "after the name of the input.\n",
            argc > 0 ? argv[0] : "replay");
    return first.empty() ? kExitUsage : 0;
  }
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  for (const int each : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) signal(each, NameInput);
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    if (const std::error_code error = Append(argv[i], files); error) {
      return CannotRead(argv[i], error.message());
    }
  }
  std::vector<uint8_t> bytes;
  for (const std::string& file : files) {
    if (const int error = Read(file, bytes); error != 0) return CannotRead(file, strerror(error));
    g_path = file;
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  printf("%zu inputs, nothing found\n", files.size());
  return files.empty() ? kExitNothingRun : 0;
}
