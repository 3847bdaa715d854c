// SPDX-License-Identifier: MIT
#include "fuzz/leaks.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

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

}  // namespace

LeakWatch::LeakWatch() : statm_(open("/proc/self/statm", O_RDONLY | O_CLOEXEC)) {}

LeakWatch::~LeakWatch() {
  if (statm_ >= 0) close(statm_);
}

int64_t LeakWatch::MappedPages() const {
  std::array<char, 32> text{};
  if (statm_ < 0 || pread(statm_, text.data(), text.size() - 1, 0) <= 0) return 0;
  return strtoll(text.data(), nullptr, 10);
}

void LeakWatch::Watch(absl::FunctionRef<void()> input) {
  const bool had_children = HasChildren();
  for (int growths = 0;; ++growths) {
    const int descriptor = NextDescriptor();
    const int64_t pages = MappedPages();
    input();
    const int next = NextDescriptor();
    Require(next == descriptor, kLaw, [&] {
      return absl::StrCat("descriptor ", descriptor, " is left open; the next is ", next,
                          ".\nLook at what opened it: `ls -l /proc/self/fd` in a debugger.");
    });
    Require(had_children || !HasChildren(), kLaw, [] {
      return std::string(
          "a child process is left.\nLook at who starts processes and does not wait for them.");
    });
    const int64_t grown = MappedPages() - pages;
    if (grown <= 0) return;
    Require(growths < kGrowths, kLaw, [&] {
      return absl::StrCat(grown, " pages stay mapped each time.\nLook at which mappings are new: ",
                          "/proc/self/maps before and after, in a debugger.");
    });
  }
}

}  // namespace msyncspec
