// SPDX-License-Identifier: MIT
//
// Whoever dies while an FSYNC is held, nobody waits for ever and nothing is left.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "harness/effects/fuse_client.h"
#include "harness/effects/fuse_server.h"
#include "harness/effects/fuse_test.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

constexpr Errno kConnectionAborted = static_cast<Errno>(ECONNABORTED);
constexpr Errno kNotConnected = static_cast<Errno>(ENOTCONN);
constexpr absl::Duration kStep = absl::Milliseconds(5);

// Whether a FUSE filesystem is known to the kernel, by its device number, which no other
// filesystem has at the same time. Mounts fusectl for this, seen by nobody.
enum class Known { kNo, kYes, kCannotSee };

Known AskKernel(dev_t device) {
  const SharedMemory<Known> known;
  absl::StatusOr<Worker> worker = Worker::Start([&known, device] {
    *known = Known::kCannotSee;
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) ||
        mount("none", "/tmp", "fusectl", 0, nullptr) != 0) {
      return;
    }
    const std::string folder = absl::StrCat("/tmp/", minor(device));
    *known = access(folder.c_str(), F_OK) == 0 ? Known::kYes : Known::kNo;
  });
  return worker.ok() && worker->Wait(kPatience).has_value() ? *known : Known::kCannotSee;
}

// Whether a process sees the filesystem among its mounts.
bool IsMounted(absl::string_view process, dev_t device) {
  std::ifstream mounts(absl::StrCat("/proc/", process, "/mountinfo"));
  const std::string number = absl::StrCat(" ", major(device), ":", minor(device), " ");
  for (std::string line; std::getline(mounts, line);) {
    if (absl::StrContains(line, number)) return true;
  }
  return false;
}

// Returns whether the filesystem is gone. Its number may have gone to another test's meanwhile.
bool IsGone(dev_t device) {
  const Stopwatch waited;
  while (waited.Elapsed() < kPatience) {
    if (AskKernel(device) == Known::kNo && !IsMounted("self", device)) return true;
    absl::SleepFor(kStep);
  }
  return false;
}

// Returns the number of a server's filesystem.
dev_t DeviceOf(const FuseServer& server) {
  const OpenedFile file = server.Open(0, O_RDONLY).value();
  struct stat facts = {};
  fstat(file.descriptor(), &facts);
  return facts.st_dev;
}

class FuseDeathTest : public FuseTest {
 protected:
  void SetUp() override {
    FuseTest::SetUp();
    if (IsSkipped() || HasFailure()) return;
    if (AskKernel(0) == Known::kCannotSee) GTEST_SKIP() << "no fusectl to see connections with";
    ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);  // not every init reaps orphans
  }
};

TEST_F(FuseDeathTest, AFilesystemThatLivesIsSeenAndOneThatIsEndedIsNot) {
  dev_t device = 0;
  {
    const auto server = Start({{InPages(1)}});
    device = DeviceOf(*server);
    EXPECT_EQ(AskKernel(device), Known::kYes);
    EXPECT_FALSE(IsMounted("self", device));
    EXPECT_FALSE(IsMounted(absl::StrCat(server->pid()), device));
  }
  EXPECT_TRUE(IsGone(device));
}

TEST_F(FuseDeathTest, OneInAPrivateNamespaceIsSeenThereAlone) {
  dev_t device = 0;
  {
    const auto server = Start({{InPages(1)}}, {.mounting = Mounting::kPrivateNamespace});
    device = DeviceOf(*server);
    EXPECT_EQ(AskKernel(device), Known::kYes);
    EXPECT_TRUE(IsMounted(absl::StrCat(server->pid()), device));
    EXPECT_FALSE(IsMounted("self", device));
  }
  EXPECT_TRUE(IsGone(device));
}

TEST_F(FuseDeathTest, OfTheServerAnswersWhoWaitsAtOnce) {
  auto server = Start({{InPages(1)}});
  const dev_t device = DeviceOf(*server);
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  EXPECT_FALSE(server->HasEnded());
  ASSERT_EQ(kill(server->pid(), SIGKILL), 0);
  EXPECT_TRUE(client.Wait(kAtOnce));
  const Stopwatch waited;
  while (!server->HasEnded() && waited.Elapsed() < kPatience) absl::SleepFor(kStep);
  EXPECT_TRUE(server->HasEnded());
  EXPECT_EQ(client.answer(), kConnectionAborted);
  EXPECT_EQ(client.second_answer(), kNotConnected);
  server.reset();
  EXPECT_TRUE(IsGone(device));
}

TEST_F(FuseDeathTest, OfTheClientIsCompleteOnceTheServerIsEnded) {
  auto server = Start({{InPages(1)}});
  const dev_t device = DeviceOf(*server);
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  EXPECT_FALSE(client.IsDying());
  client.Send(SIGKILL);
  EXPECT_FALSE(client.Wait(kMoment));
  EXPECT_TRUE(client.IsDying());
  server.reset();
  EXPECT_TRUE(client.Wait(kAtOnce));
  EXPECT_TRUE(IsGone(device));
}

TEST_F(FuseDeathTest, OfTheClientIsCompleteOnceTheFsyncIsReleased) {
  auto server = Start({{InPages(1)}});
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  client.Send(SIGKILL);
  server->Release();
  EXPECT_TRUE(client.Wait(kAtOnce));
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  EXPECT_EQ(MappedFile(f0, 1).Sync(0, 1), Errno::kOk);
}

struct Family {
  std::atomic<bool> is_held{false};
  pid_t server = 0;
  dev_t device = 0;
};

// Returns whether every child that fell to this process ends in time.
bool AllOrphansEnd() {
  const Stopwatch waited;
  while (waited.Elapsed() < kPatience) {
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended < 0) return true;  // ECHILD
    if (ended == 0) absl::SleepFor(kStep);
  }
  return false;
}

TEST_F(FuseDeathTest, OfTheParentEndsServerAndClient) {
  for (const Mounting mounting : {Mounting::kDetached, Mounting::kPrivateNamespace}) {
    const SharedMemory<Family> family;
    absl::StatusOr<Worker> parent = Worker::Start([&family, mounting] {
      const auto server = Start({{InPages(1)}}, {.mounting = mounting});
      family->server = server->pid();
      family->device = DeviceOf(*server);
      server->HoldFsync(1);
      FuseClient client(*server, 0);
      family->is_held = server->WaitUntilHeld(kPatience);
      while (true) pause();
    });
    ASSERT_TRUE(parent.ok()) << parent.status();
    const Stopwatch waited;
    while (!family->is_held && waited.Elapsed() < kPatience) absl::SleepFor(kStep);
    ASSERT_TRUE(family->is_held);
    EXPECT_EQ(AskKernel(family->device), Known::kYes);
    ASSERT_EQ(kill(parent->pid(), SIGKILL), 0);
    EXPECT_TRUE(parent->Wait(kAtOnce).has_value());
    EXPECT_TRUE(AllOrphansEnd());
    EXPECT_NE(kill(family->server, 0), 0);
    EXPECT_TRUE(IsGone(family->device));
  }
}

}  // namespace
}  // namespace msyncspec
