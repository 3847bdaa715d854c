// SPDX-License-Identifier: MIT
//
// plant FAULT PROGRAM [ARGUMENT…]: runs any program as if the kernel had a fault.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include "absl/strings/str_format.h"
#include "fuzz/answering_filter.h"
#include "fuzz/planted_answers.h"
#include "harness/executor/kernel_view.h"

namespace msyncspec {
namespace {

constexpr int kExitUsage = 2;
constexpr int kExitBroken = 3;
constexpr int kExitNothingRun = 4;
constexpr int kNotStarted = 127;  // as a shell says it

Word WordFor(const PlantedAnswer& fault, const WaitingCall& waiting, KernelView& view) {
  const Call call = {
      .addr = {waiting.args[0]}, .length = {waiting.args[1]}, .flags = SyncFlags(waiting.args[2])};
  view.ReadOf(waiting.process);
  const std::optional<Errno> answer = AnswerOf(fault, call, view.mappings());
  if (!answer.has_value()) return {};
  return {.goes_on = false, .error = static_cast<int>(*answer)};
}

// Both ends of a pipe.
struct Pipe {
  int out = -1, in = -1;

  bool Open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    out = ends[0];
    in = ends[1];
    return true;
  }
};

// The process that becomes the program. It tells its parent the number of the descriptor, and goes
// on when the parent has its own: with the last one the filter would answer ENOSYS.
[[noreturn]] void Become(char** program, const Pipe& tell, const Pipe& wait) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  close(wait.in);
  const absl::StatusOr<int> descriptor = InstallAnsweringFilter();
  if (!descriptor.ok()) {
    absl::FPrintF(stderr, "plant: nothing can be planted here: %s\n",
                  descriptor.status().message());
    _exit(kExitNothingRun);
  }
  char go = 0;
  if (write(tell.in, &*descriptor, sizeof(*descriptor)) != sizeof(*descriptor) ||
      read(wait.out, &go, 1) != 1) {
    _exit(kExitBroken);
  }
  close(*descriptor);  // when no process is left that can call, the parent's hangs up
  execvp(program[0], program);
  absl::FPrintF(stderr, "plant: %s: %s\n", program[0], strerror(errno));
  _exit(kNotStarted);
}

// Returns our own descriptor for `descriptor` of `child`, or -1.
int Take(pid_t child, int descriptor) {
  const long pidfd = syscall(SYS_pidfd_open, child, 0);
  if (pidfd < 0) return -1;
  const long taken = syscall(SYS_pidfd_getfd, pidfd, descriptor, 0);
  close(static_cast<int>(pidfd));
  return static_cast<int>(taken);
}

int ExitCodeOf(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Answers what the program and its children call, until none of them is left.
void Answer(const PlantedAnswer& fault, int descriptor) {
  const auto view = std::make_unique<KernelView>();
  const auto word = [&](const WaitingCall& waiting) { return WordFor(fault, waiting, *view); };
  while (true) {
    const absl::StatusOr<bool> answered = AnswerOne(descriptor, word);
    if (!answered.ok()) absl::FPrintF(stderr, "plant: %s\n", answered.status().message());
    if (!answered.ok() || !*answered) return;
  }
}

int Run(const PlantedAnswer& fault, char** program) {
  Pipe tell, wait;
  if (!tell.Open() || !wait.Open()) return kExitBroken;
  const pid_t child = fork();
  if (child < 0) return kExitBroken;
  if (child == 0) Become(program, tell, wait);
  close(tell.in);
  close(wait.out);
  int theirs = -1;
  if (read(tell.out, &theirs, sizeof(theirs)) != sizeof(theirs)) return ExitCodeOf(child);
  const int descriptor = Take(child, theirs);
  if (descriptor < 0) {
    absl::FPrintF(stderr, "plant: nothing can be planted here: pidfd_getfd: %s\n", strerror(errno));
    kill(child, SIGKILL);
    ExitCodeOf(child);
    return kExitNothingRun;
  }
  if (write(wait.in, "g", 1) == 1) Answer(fault, descriptor);
  close(descriptor);
  return ExitCodeOf(child);
}

int Main(int argc, char** argv) {
  const absl::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--list") {
    for (const PlantedAnswer& fault : PlantedAnswers()) {
      absl::PrintF("%-26s %s\n", fault.name, fault.about);
    }
    return 0;
  }
  const PlantedAnswer* const fault = FindPlantedAnswer(first);
  if (argc > 2 && fault != nullptr) return Run(*fault, argv + 2);
  const bool helps = first == "--help" || first == "-h";
  absl::FPrintF(helps ? stdout : stderr,
                "plant FAULT PROGRAM [ARGUMENT…]: runs a program as if the kernel's msync had a\n"
                "fault, and ends as the program does; 4 where nothing can be planted.\n"
                "plant --list: shows the faults.\n");
  return helps ? 0 : kExitUsage;
}

}  // namespace
}  // namespace msyncspec

int main(int argc, char** argv) { return msyncspec::Main(argc, argv); }
