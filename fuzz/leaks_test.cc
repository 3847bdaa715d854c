// SPDX-License-Identifier: MIT
#include "fuzz/leaks.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace msyncspec {
namespace {

constexpr size_t kSize = 1 << 20;

void* MapSome() { return mmap(nullptr, kSize, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

// Starts a process that ends at once, and returns its number.
pid_t StartChild() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  return child;
}

TEST(LeakWatch, PassesAnInputThatLeavesNothing) {
  LeakWatch watch;
  int runs = 0;
  watch.Watch([&runs] {
    ++runs;
    close(open("/dev/null", O_RDONLY | O_CLOEXEC));
    munmap(MapSome(), kSize);
    waitpid(StartChild(), nullptr, 0);
  });
  EXPECT_EQ(runs, 1);
}

TEST(LeakWatch, PassesAnInputThatGrowsOnce) {
  LeakWatch watch;
  int runs = 0;
  watch.Watch([&runs] {
    if (++runs == 1) MapSome();
  });
  EXPECT_EQ(runs, 2) << "it is looked whether it grows again";
}

TEST(LeakWatch, PassesTheNextInputAfterOneThatHasGrown) {
  LeakWatch watch;
  bool has_grown = false;
  watch.Watch([&has_grown] {
    if (!has_grown) MapSome();
    has_grown = true;
  });
  int runs = 0;
  watch.Watch([&runs] { ++runs; });
  EXPECT_EQ(runs, 1);
}

TEST(LeakWatch, PassesAChildThatWasThereBefore) {
  const pid_t child = StartChild();
  LeakWatch watch;
  watch.Watch([] {});
  waitpid(child, nullptr, 0);
}

TEST(LeakWatchDeathTest, SaysWhichDescriptorIsLeftOpen) {
  EXPECT_DEATH(
      {
        LeakWatch watch;
        watch.Watch([] { open("/dev/null", O_RDONLY | O_CLOEXEC); });
      },
      "does not hold: an input leaves the process as it was\n"
      "descriptor [0-9]+ is left open; the next is [0-9]+.\n"
      "Look at what opened it");
}

TEST(LeakWatchDeathTest, SaysHowMuchStaysMappedEachTime) {
  if (access("/proc/self/statm", R_OK) != 0) GTEST_SKIP() << "no /proc/self/statm";
  EXPECT_DEATH(
      {
        LeakWatch watch;
        watch.Watch([] { MapSome(); });
      },
      "[0-9]+ pages stay mapped each time.\nLook at which mappings are new");
}

TEST(LeakWatchDeathTest, SaysThatAChildIsLeft) {
  EXPECT_DEATH(
      {
        LeakWatch watch;
        watch.Watch([] { StartChild(); });
      },
      "a child process is left.\nLook at who starts processes");
}

}  // namespace
}  // namespace msyncspec
