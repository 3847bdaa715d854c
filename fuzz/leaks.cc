// SPDX-License-Identifier: MIT
#include "fuzz/leaks.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "fuzz/require.h"

namespace msyncspec {
namespace {

constexpr char kLaw[] = "an input leaves the process as it was";
constexpr int kGrowths = 4;  // in a row, before it is believed that growing has no end

// The number that the next descriptor gets: one that is left open takes the lowest.
int NextDescriptor() {
  const int next = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (next >= 0) close(next);
  return next;
}

bool HasChildren() {
  siginfo_t none = {};
  return waitid(P_ALL, 0, &none, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

// Returns how many children there are, ended ones included; 0 where /proc does not tell.
int CountChildren() {
  std::ifstream children("/proc/thread-self/children");
  return static_cast<int>(std::distance(std::istream_iterator<int>(children), {}));
}

}  // namespace

LeakWatch::LeakWatch() : statm_(open("/proc/self/statm", O_RDONLY | O_CLOEXEC)), before_(Count()) {}

LeakWatch::~LeakWatch() {
  if (statm_ >= 0) close(statm_);
}

LeakWatch::Holdings LeakWatch::Count() const {
  Holdings now = {.next_descriptor = NextDescriptor(), .children = HasChildren()};
  std::array<char, 32> text{};
  if (statm_ >= 0 && pread(statm_, text.data(), text.size() - 1, 0) > 0) {
    now.pages = strtoll(text.data(), nullptr, 10);
  }
  return now;
}

void LeakWatch::Watch(absl::FunctionRef<void()> input) {
  input();
  if (Holdings now = Count(); now != before_) RunAgain(input, now);
}

// What an engine has allocated, opened or started meanwhile looks like a leak at first.
void LeakWatch::RunAgain(absl::FunctionRef<void()> input, Holdings& now) {
  for (int growths = 0; growths < kGrowths; ++growths) {
    before_ = now;
    const int children = CountChildren();
    input();
    now = Count();
    Require(now.next_descriptor == before_.next_descriptor, kLaw, [&] {
      return absl::StrCat("descriptor ", before_.next_descriptor, " is left open; the next is ",
                          now.next_descriptor,
                          ".\nLook at what opened it: `ls -l /proc/self/fd` in a debugger.");
    });
    Require(CountChildren() <= children, kLaw, [] {
      return std::string(
          "a child process is left.\nLook at who starts processes and does not wait for them.");
    });
    if (now.pages <= before_.pages) break;
    Require(growths + 1 < kGrowths, kLaw, [&] {
      return absl::StrCat(now.pages - before_.pages,
                          " pages stay mapped each time.\nLook at which mappings are new: "
                          "/proc/self/maps before and after, in a debugger.");
    });
  }
  before_ = now;
}

}  // namespace msyncspec
