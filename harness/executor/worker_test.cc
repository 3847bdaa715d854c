// SPDX-License-Identifier: MIT
#include "harness/executor/worker.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "absl/time/clock.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);  // for what takes no time at all
constexpr absl::Duration kStep = absl::Milliseconds(5);

using SharedPid = SharedMemory<std::atomic<pid_t>>;

// Makes this process the one that orphans of its workers fall to, since not every init reaps them.
void AdoptOrphans() { ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); }

// Returns whether the adopted `pid` ends within `patience`.
bool EndsWithin(pid_t pid, absl::Duration patience) {
  const absl::Time deadline = absl::Now() + patience;
  pid_t ended = 0;
  while (ended != pid && absl::Now() < deadline) {
    absl::SleepFor(kStep);
    ended = waitpid(pid, nullptr, WNOHANG);
  }
  return ended == pid;
}

// Returns the pid that a process writes to `place` once it runs, or 0 if none does.
pid_t AwaitPid(const SharedPid& place) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (*place == 0 && absl::Now() < deadline) absl::SleepFor(kStep);
  return *place;
}

[[noreturn]] void Hang() {
  while (true) pause();
}

TEST(Worker, EndsWithStatusZeroWhenItsBodyReturns) {
  absl::StatusOr<Worker> worker = Worker::Start([] {});
  ASSERT_TRUE(worker.ok()) << worker.status();
  const std::optional<WorkerEnd> end = worker->Wait(kPatience);
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->exit_status, 0);
  EXPECT_EQ(end->signal, 0);
}

TEST(Worker, TellsItsExitStatusAsOftenAsAsked) {
  absl::StatusOr<Worker> worker = Worker::Start([] { _exit(7); });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_TRUE(worker->Wait(kPatience).has_value());
  EXPECT_EQ(worker->Wait(absl::ZeroDuration())->exit_status, 7);
  EXPECT_TRUE(worker->Kill());
}

TEST(Worker, TellsTheSignalThatEndedItAndLeavesWhatItWrote) {
  const SharedMemory<int> stage;
  absl::StatusOr<Worker> worker = Worker::Start([&stage] {
    *stage = 3;
    signal(SIGSEGV, SIG_DFL);  // sanitizers have a handler of their own
    raise(SIGSEGV);
    *stage = 4;
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  const std::optional<WorkerEnd> end = worker->Wait(kPatience);
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->signal, SIGSEGV);
  EXPECT_EQ(*stage, 3);
}

TEST(Worker, IsWaitedForNoLongerThanAsked) {
  absl::StatusOr<Worker> worker = Worker::Start(Hang);
  ASSERT_TRUE(worker.ok()) << worker.status();
  const absl::Time before = absl::Now();
  EXPECT_FALSE(worker->Wait(absl::Milliseconds(50)).has_value());
  EXPECT_GE(absl::Now() - before, absl::Milliseconds(50));
  EXPECT_LT(absl::Now() - before, absl::Seconds(10));
}

TEST(Worker, IsGoneOnceKilledThoughItHangs) {
  const SharedPid pid;
  absl::StatusOr<Worker> worker = Worker::Start([&pid] {
    signal(SIGTERM, SIG_IGN);
    *pid = getpid();
    Hang();
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_GT(AwaitPid(pid), 0);
  const absl::Time before = absl::Now();
  EXPECT_TRUE(worker->Kill());
  EXPECT_LT(absl::Now() - before, absl::Seconds(5));
  EXPECT_NE(kill(*pid, 0), 0) << "process " << *pid << " is left";
  EXPECT_EQ(worker->Wait(absl::ZeroDuration())->signal, SIGKILL);
}

TEST(Worker, TakesWhatItStartedWithIt) {
  AdoptOrphans();
  const SharedPid grandchild;
  absl::StatusOr<Worker> worker = Worker::Start([&grandchild] {
    if (fork() == 0) *grandchild = getpid();
    Hang();
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_GT(AwaitPid(grandchild), 0);
  EXPECT_TRUE(worker->Kill());
  EXPECT_TRUE(EndsWithin(*grandchild, kPatience)) << "process " << *grandchild << " is left";
}

TEST(Worker, EndsAsTheChildInWhichItGoesOn) {
  const SharedPid child;
  absl::StatusOr<Worker> exits = Worker::Start([&child] {
    const pid_t parent = getpid();
    if (ContinueInChild() == Errno::kOk && getppid() == parent) *child = getpid();
    _exit(7);
  });
  ASSERT_TRUE(exits.ok()) << exits.status();
  const std::optional<WorkerEnd> exit = exits->Wait(kPatience);
  ASSERT_TRUE(exit.has_value());
  EXPECT_GT(*child, 0);
  EXPECT_EQ(exit->exit_status, 7);

  absl::StatusOr<Worker> crashes = Worker::Start([] {
    ContinueInChild();
    raise(SIGBUS);
  });
  ASSERT_TRUE(crashes.ok()) << crashes.status();
  const std::optional<WorkerEnd> crash = crashes->Wait(kPatience);
  ASSERT_TRUE(crash.has_value());
  EXPECT_EQ(crash->signal, SIGBUS);
}

TEST(Worker, TakesTheChildInWhichItGoesOnWithIt) {
  AdoptOrphans();
  const SharedPid child;
  absl::StatusOr<Worker> worker = Worker::Start([&child] {
    ContinueInChild();
    signal(SIGTERM, SIG_IGN);
    *child = getpid();
    Hang();
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_GT(AwaitPid(child), 0);
  EXPECT_TRUE(worker->Kill());
  EXPECT_TRUE(EndsWithin(*child, kPatience)) << "process " << *child << " is left";
}

TEST(Worker, IsGoneOnceDestroyed) {
  const SharedPid pid;
  {
    absl::StatusOr<Worker> worker = Worker::Start([&pid] {
      *pid = getpid();
      Hang();
    });
    ASSERT_TRUE(worker.ok()) << worker.status();
    const Worker moved = *std::move(worker);
    ASSERT_GT(AwaitPid(pid), 0);
    EXPECT_EQ(kill(*pid, 0), 0);
  }
  EXPECT_NE(kill(*pid, 0), 0) << "process " << *pid << " is left";
}

TEST(Worker, DiesWithItsParent) {
  AdoptOrphans();
  const SharedPid pid;
  const pid_t parent = fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    const absl::StatusOr<Worker> worker = Worker::Start([&pid] {
      *pid = getpid();
      Hang();
    });
    Hang();
  }
  const pid_t started = AwaitPid(pid);
  EXPECT_GT(started, 0);
  EXPECT_EQ(kill(started, 0), 0);
  kill(parent, SIGKILL);
  EXPECT_EQ(waitpid(parent, nullptr, 0), parent);
  EXPECT_TRUE(EndsWithin(started, absl::Seconds(1))) << "process " << started << " is left";
}

}  // namespace
}  // namespace msyncspec
