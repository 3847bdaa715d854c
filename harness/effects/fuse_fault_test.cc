// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/effects/fuse_server.h"
#include "harness/effects/fuse_test.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;

using FuseFaultTest = FuseTest;

constexpr uint16_t kMaxNamedErrno = 133;  // EHWPOISON, the last that errno(3) knows

TEST_F(FuseFaultTest, EveryErrorOfFsyncComesBackAsItIs) {
  const auto server = Start({{InPages(1)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const MappedFile mapping(f0, 1);
  for (uint16_t number = 1; number <= static_cast<uint16_t>(kMaxFuseErrno); ++number) {
    const auto error = static_cast<Errno>(number);
    if (error == Errno::kENOSYS) continue;
    ASSERT_TRUE(server->SetFsyncFault(0, {.error = error}).ok());
    EXPECT_EQ(mapping.Sync(0, 1), error);
    EXPECT_EQ(server->request(server->requests() - 1), FsyncOf(0, 0, error));
  }
  ASSERT_TRUE(server->SetFsyncFault(0, {}).ok());
  EXPECT_EQ(mapping.Sync(0, 1), Errno::kOk);
}

TEST_F(FuseFaultTest, AfterEnosysMsyncAnswersZeroAndNoFsyncIsSentAgain) {
  const auto server = Start({{InPages(1), {.error = Errno::kENOSYS, .count = 1}}, {InPages(1)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const OpenedFile f1 = server->Open(1, O_RDWR).value();
  const MappedFile first(f0, 1), second(f1, 1);
  EXPECT_EQ(first.Sync(0, 1), Errno::kOk);
  EXPECT_EQ(first.Sync(0, 1), Errno::kOk);
  second[0] = 1;
  EXPECT_EQ(second.Sync(0, 1), Errno::kOk);
  EXPECT_THAT(RequestsFrom(*server), ElementsAre(FsyncOf(0, 0, Errno::kENOSYS), WriteOf(1, 0, 1)));
}

// What comes back is the server's own error, not EIO, in either mode: errseq keeps it.
TEST_F(FuseFaultTest, EveryErrorOfAWriteComesBackOnceAndNoFsyncIsSent) {
  for (const WritebackCache cache : {WritebackCache::kOff, WritebackCache::kOn}) {
    const auto server = Start({{InPages(1)}}, {.writeback_cache = cache});
    const OpenedFile f0 = server->Open(0, O_RDWR).value();
    const MappedFile mapping(f0, 1);
    for (uint16_t number = 1; number <= kMaxNamedErrno; ++number) {
      const auto error = static_cast<Errno>(number);
      ASSERT_TRUE(server->SetWriteFault(0, {.error = error, .count = 1}).ok());
      mapping[0] = static_cast<uint8_t>(number);
      const uint64_t seen = server->requests();
      EXPECT_EQ(mapping.Sync(0, 1), error);
      EXPECT_THAT(RequestsFrom(*server, seen), ElementsAre(WriteOf(0, 0, 1, error)));
      EXPECT_EQ(mapping.Sync(0, 1), Errno::kOk);
      EXPECT_THAT(RequestsFrom(*server, seen + 1), ElementsAre(FsyncOf(0)));
    }
  }
}

TEST_F(FuseFaultTest, ConcernsTheWritesOfItsRangeAlone) {
  const auto server =
      Start({{.size = InPages(4),
              .on_write = {.error = Errno::kENOSPC, .begin = InPages(2), .end = InPages(3)}}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const MappedFile mapping(f0, 4);
  for (const uint64_t page : {1, 2, 3}) {
    mapping[page] = 1;
    EXPECT_EQ(mapping.Sync(page, page + 1), page == 2 ? Errno::kENOSPC : Errno::kOk) << page;
  }
  EXPECT_EQ(server->store(0)[1 * PageSize()], 1);
  EXPECT_EQ(server->store(0)[2 * PageSize()], 0);
  EXPECT_EQ(server->store(0)[3 * PageSize()], 1);
}

TEST_F(FuseFaultTest, EndsAfterAsManyRequestsAsItCounts) {
  const auto server = Start({{InPages(1), {.error = Errno::kEIO, .count = 2}}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const MappedFile mapping(f0, 1);
  EXPECT_EQ(mapping.Sync(0, 1), Errno::kEIO);
  EXPECT_EQ(mapping.Sync(0, 1), Errno::kEIO);
  EXPECT_EQ(mapping.Sync(0, 1), Errno::kOk);
}

TEST_F(FuseFaultTest, ConcernsItsOwnFileAlone) {
  const auto server = Start({{InPages(1), {.error = Errno::kEIO}}, {InPages(1)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const OpenedFile f1 = server->Open(1, O_RDWR).value();
  EXPECT_EQ(MappedFile(f0, 1).Sync(0, 1), Errno::kEIO);
  EXPECT_EQ(MappedFile(f1, 1).Sync(0, 1), Errno::kOk);
}

TEST_F(FuseFaultTest, IsRefusedWhereTheKernelWouldNotTakeIt) {
  const auto server = Start({{InPages(1)}});
  EXPECT_EQ(server->SetFsyncFault(0, {.error = static_cast<Errno>(512)}).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(server->SetWriteFault(0, {.error = static_cast<Errno>(512)}).code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace msyncspec
