// SPDX-License-Identifier: MIT
#include "fuzz/c_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

namespace fs = std::filesystem;

constexpr int kSignalled = 128;  // what shells add to a signal's number
constexpr mode_t kOwn = 0600;

class TemporaryFolder {
 public:
  TemporaryFolder() : path_(fs::temp_directory_path() / "msyncspec.XXXXXX") {
    is_there_ = mkdtemp(path_.data()) != nullptr;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (is_there_) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  bool is_there() const { return is_there_; }
  std::string In(const char* name) const { return absl::StrCat(path_, "/", name); }

 private:
  std::string path_;
  bool is_there_ = false;
};

// Runs a program to its end; what it prints goes to the file `output`. Returns the error of
// starting it, and fills `end`.
int RunToItsEnd(std::vector<std::string> words, const std::string& output, ProgramEnd& end) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, kOwn);
  posix_spawn_file_actions_adddup2(&streams, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &streams, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&streams);
  if (error != 0) return error;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  end.status = WIFSIGNALED(status) ? kSignalled + WTERMSIG(status) : WEXITSTATUS(status);
  std::ifstream in(output, std::ios::binary);
  end.output.assign(std::istreambuf_iterator<char>(in), {});
  return 0;
}

}  // namespace

absl::StatusOr<ProgramEnd> RunC(const std::string& source) {
  const TemporaryFolder folder;
  if (!folder.is_there()) return absl::InternalError(absl::StrCat("mkdtemp: ", strerror(errno)));
  const std::string text = folder.In("program.c"), program = folder.In("program");
  const std::string output = folder.In("output");
  std::ofstream out(text, std::ios::binary);
  if (!(out << source).flush()) return absl::InternalError(absl::StrCat(text, ": is not written"));
  ProgramEnd end;
  // Nothing is gained by optimising what runs for a millisecond.
  const std::vector<std::string> compile = {"cc",      "-O0", "-pipe", "-Wall", "-Wextra",
                                            "-Werror", "-o",  program, text};
  if (const int error = RunToItsEnd(compile, output, end); error != 0) {
    return absl::UnimplementedError(absl::StrCat("no C compiler: cc: ", strerror(error)));
  }
  if (end.status != 0) return absl::InvalidArgumentError(end.output);
  if (const int error = RunToItsEnd({program}, output, end); error != 0) {
    return absl::InternalError(absl::StrCat(program, ": ", strerror(error)));
  }
  return end;
}

}  // namespace msyncspec
