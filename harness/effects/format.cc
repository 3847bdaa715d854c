// SPDX-License-Identifier: MIT
#include "harness/effects/format.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/effects/loop_device.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);  // it takes milliseconds on an idle machine

// Returns where `program` is, or an empty string. Ordinary users have no sbin in their PATH.
std::string FindProgram(absl::string_view program) {
  const char* const path = getenv("PATH");
  const std::string folders = absl::StrCat(path == nullptr ? "" : path, ":/usr/sbin:/sbin");
  for (const absl::string_view folder : absl::StrSplit(folders, ':', absl::SkipEmpty())) {
    std::string candidate = absl::StrCat(folder, "/", program);
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return "";
}

// Returns the first few hundred bytes of what a program wrote to `output`.
std::string WordsIn(int output) {
  char words[400];
  const ssize_t got = pread(output, words, sizeof(words), 0);
  return got > 0 ? std::string(words, static_cast<size_t>(got)) : "";
}

}  // namespace

absl::Status Format(const Formatter& formatter, int backing) {
  const std::string program = FindProgram(formatter.program);
  if (program.empty()) {
    return absl::UnimplementedError(
        absl::StrCat("no ", formatter.program, " here: it is in the package ", formatter.package));
  }
  std::string file = absl::StrCat("/proc/self/fd/", backing);
  std::vector<char*> arguments = {const_cast<char*>(formatter.program)};
  for (const char* const argument : formatter.arguments) {
    arguments.push_back(const_cast<char*>(argument));
  }
  arguments.push_back(file.data());
  arguments.push_back(nullptr);
  const absl::StatusOr<OpenedFile> output = MakeBackingFile(0);
  if (!output.ok()) return output.status();

  absl::StatusOr<Worker> worker = Worker::Start([&] {
    dup2(output->descriptor(), STDOUT_FILENO);
    dup2(output->descriptor(), STDERR_FILENO);
    fcntl(backing, F_SETFD, 0);  // the program opens it by this number
    execv(program.c_str(), arguments.data());
    _exit(EXIT_FAILURE);
  });
  if (!worker.ok()) return worker.status();
  const std::optional<WorkerEnd> end = worker->Wait(kPatience);
  if (!end.has_value()) {
    return absl::DeadlineExceededError(absl::StrCat(formatter.program, " does not end"));
  }
  if (end->signal == 0 && end->exit_status == 0) return absl::OkStatus();
  const std::string words = WordsIn(output->descriptor());
  if (end->signal != 0) {
    return absl::InternalError(
        absl::StrCat(formatter.program, " was killed by signal ", end->signal));
  }
  // Without /proc, say, it does not find the file; whatever it is, this place cannot have it.
  return absl::UnimplementedError(absl::StrCat(formatter.program, " ended with status ",
                                               end->exit_status, ": ",
                                               words.substr(0, words.find('\n'))));
}

}  // namespace msyncspec
