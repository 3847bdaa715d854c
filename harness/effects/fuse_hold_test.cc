// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>

#include "harness/effects/fuse_client.h"
#include "harness/effects/fuse_server.h"
#include "harness/effects/fuse_test.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;

using FuseHoldTest = FuseTest;

TEST_F(FuseHoldTest, KeepsAnFsyncWaitingUntilReleased) {
  const auto server = Start({{InPages(1)}});
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  EXPECT_FALSE(client.Wait(kMoment));
  server->Release();
  EXPECT_TRUE(client.Wait(kPatience));
  EXPECT_EQ(client.answer(), Errno::kOk);
  EXPECT_FALSE(server->WaitUntilHeld(absl::ZeroDuration()));
}

TEST_F(FuseHoldTest, CountsTheFsyncsOfAllFiles) {
  const auto server = Start({{InPages(1)}, {InPages(1)}});
  server->HoldFsync(2);
  FuseClient first(*server, 0);
  EXPECT_TRUE(first.Wait(kPatience));
  FuseClient second(*server, 1);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  EXPECT_FALSE(second.Wait(kMoment));
  server->Release();
  EXPECT_TRUE(second.Wait(kPatience));
}

TEST_F(FuseHoldTest, IsNotEndedByAReleaseThatCameBeforeIt) {
  const auto server = Start({{InPages(1)}});
  server->Release();
  server->HoldFsync(1);
  server->Release();
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  EXPECT_FALSE(client.Wait(kMoment));
  server->Release();
  EXPECT_TRUE(client.Wait(kPatience));
}

TEST_F(FuseHoldTest, IsNotReachedWithoutAnFsync) {
  const auto server = Start({{InPages(1)}});
  EXPECT_FALSE(server->WaitUntilHeld(absl::ZeroDuration()));
  server->HoldFsync(1);
  EXPECT_FALSE(server->WaitUntilHeld(kMoment));
}

TEST_F(FuseHoldTest, SeveralHoldsAreReleasedTogether) {
  const auto server = Start({{InPages(1)}, {InPages(1)}});
  server->HoldFsync(1);
  FuseClient first(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  server->HoldFsync(1);
  FuseClient second(*server, 1);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  EXPECT_FALSE(first.Wait(kMoment));
  server->Release();
  EXPECT_TRUE(first.Wait(kPatience));
  EXPECT_TRUE(second.Wait(kPatience));
}

TEST_F(FuseHoldTest, HindersNoOtherRequest) {
  const auto server = Start({{InPages(2)}, {InPages(2)}});
  server->HoldFsync(1);
  FuseClient held(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  absl::StatusOr<Worker> other = Worker::Start([&server] {
    const OpenedFile f1 = server->Open(1, O_RDWR).value();  // LOOKUP, OPEN
    const MappedFile mapping(f1, 2);
    mapping[0] = mapping[1];  // READ
    mapping.Sync(0, 2);       // WRITE, FSYNC
    struct stat facts;
    if (ftruncate(f1.descriptor(), 0) != 0) _exit(1);  // SETATTR
    if (fstat(f1.descriptor(), &facts) != 0) _exit(2);
    const OpenedFile f0 = server->Open(0, O_RDWR).value();
    const MappedFile same(f0, 2);
    if (same[1] != 0) _exit(3);  // READ of the file that is being synced
  });
  ASSERT_TRUE(other.ok()) << other.status();
  const std::optional<WorkerEnd> end = other->Wait(kPatience);
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->exit_status, 0);
  EXPECT_FALSE(held.Wait(absl::ZeroDuration()));
  EXPECT_THAT(RequestsFrom(*server), ElementsAre(FsyncOf(0), WriteOf(1, 0, 1), FsyncOf(1)));
  server->Release();
  EXPECT_TRUE(held.Wait(kPatience));
}

TEST_F(FuseHoldTest, ADelayHindersNoOtherRequest) {
  constexpr absl::Duration kDelay = absl::Milliseconds(200);
  const auto server = Start({{.size = InPages(1), .fsync_delay = kDelay}, {InPages(1)}});
  const Stopwatch watch;
  FuseClient delayed(*server, 0);
  while (server->requests() == 0 && watch.Elapsed() < kPatience) sched_yield();
  const OpenedFile f1 = server->Open(1, O_RDWR).value();
  EXPECT_EQ(MappedFile(f1, 1).Sync(0, 1), Errno::kOk);
  EXPECT_FALSE(delayed.Wait(absl::ZeroDuration()));
  EXPECT_TRUE(delayed.Wait(kPatience));
  EXPECT_GE(watch.Elapsed(), kDelay);
}

TEST_F(FuseHoldTest, EndsWithEintrAtASignalWhereTheFileSaysSo) {
  const auto server = Start({{.size = InPages(1), .on_interrupt = OnInterrupt::kAnswersEintr}});
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  client.Send(SIGUSR1);
  EXPECT_TRUE(client.Wait(kPatience));
  EXPECT_EQ(client.answer(), Errno::kEINTR);
  EXPECT_THAT(RequestsFrom(*server), ElementsAre(FsyncOf(0, 0, Errno::kEINTR), FsyncOf(0)));
}

TEST_F(FuseHoldTest, ADelayEndsWithEintrAtASignalWhereTheFileSaysSo) {
  const auto server = Start({{.size = InPages(1),
                              .fsync_delay = absl::Hours(1),
                              .on_interrupt = OnInterrupt::kAnswersEintr}});
  FuseClient client(*server, 0);
  const Stopwatch watch;
  while (server->requests() == 0 && watch.Elapsed() < kPatience) sched_yield();
  server->SetFsyncDelay(0, absl::ZeroDuration());
  client.Send(SIGUSR1);
  EXPECT_TRUE(client.Wait(kPatience));
  EXPECT_EQ(client.answer(), Errno::kEINTR);
  EXPECT_EQ(client.second_answer(), Errno::kOk);
}

TEST_F(FuseHoldTest, OutlastsASignalElsewhere) {
  const auto server = Start({{InPages(1)}});
  server->HoldFsync(1);
  FuseClient client(*server, 0);
  ASSERT_TRUE(server->WaitUntilHeld(kPatience));
  client.Send(SIGUSR1);
  EXPECT_FALSE(client.Wait(kMoment));
  server->Release();
  EXPECT_TRUE(client.Wait(kPatience));
  EXPECT_EQ(client.answer(), Errno::kOk);
}

}  // namespace
}  // namespace msyncspec
