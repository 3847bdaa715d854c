// SPDX-License-Identifier: MIT
#include "harness/effects/fuse_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "harness/effects/fuse_test.h"

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using FuseServerTest = FuseTest;

constexpr uid_t kNobody = 65534;

TEST_F(FuseServerTest, ReceivesOneFsyncForDataPerMappingThoughNothingIsDirty) {
  const auto server = Start({{InPages(2)}, {InPages(2)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const OpenedFile f1 = server->Open(1, O_RDWR).value();
  const MappedFile both(f0, 4, PROT_NONE);
  const MappedFile first(f0, 2, PROT_READ | PROT_WRITE, MAP_SHARED, both.address(0));
  const MappedFile second(f1, 2, PROT_READ | PROT_WRITE, MAP_SHARED, both.address(2));
  EXPECT_EQ(both.Sync(1, 3), Errno::kOk);
  EXPECT_THAT(RequestsFrom(*server), ElementsAre(FsyncOf(0), FsyncOf(1)));
}

TEST_F(FuseServerTest, ReceivesTheDirtyPagesOfTheRangeAloneAndThenTheFsync) {
  const auto server = Start({{InPages(8)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const MappedFile mapping(f0, 8);
  for (const uint64_t page : {1, 3, 5, 7}) mapping[page] = static_cast<uint8_t>(page);
  EXPECT_EQ(mapping.Sync(3, 6), Errno::kOk);
  EXPECT_THAT(RequestsFrom(*server), ElementsAre(WriteOf(0, 3, 4), WriteOf(0, 5, 6), FsyncOf(0)));
  const std::span<const uint8_t> store = server->store(0);
  ASSERT_EQ(store.size(), 8 * PageSize());
  EXPECT_EQ(store[3 * PageSize()], 3);
  EXPECT_EQ(store[5 * PageSize()], 5);
  EXPECT_EQ(store[1 * PageSize()], 0);
  EXPECT_EQ(store[7 * PageSize()], 0);
}

TEST_F(FuseServerTest, ReceivesTheSameWithWritebackCacheFromAPrivateNamespace) {
  if (const absl::Status status = PrivateNamespaceRefusal(); !status.ok()) GTEST_SKIP() << status;
  const auto server = Start({{InPages(4)}}, {.writeback_cache = WritebackCache::kOn,
                                             .mounting = Mounting::kPrivateNamespace});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const MappedFile mapping(f0, 4);
  mapping[1] = 1;
  mapping[3] = 3;
  EXPECT_EQ(mapping.Sync(0, 3), Errno::kOk);
  EXPECT_THAT(RequestsFrom(*server), ElementsAre(WriteOf(0, 1, 2), FsyncOf(0)));
}

TEST_F(FuseServerTest, ReceivesNothingOfWhatSyncsNothing) {
  struct Row {
    const char* name;
    int open = O_RDWR;
    int protection = PROT_READ | PROT_WRITE;
    int sharing = MAP_SHARED;
    int flags = MS_SYNC;
  };
  const Row rows[] = {
      {.name = "MS_ASYNC", .flags = MS_ASYNC},
      {.name = "0", .flags = 0},
      {.name = "MS_INVALIDATE", .flags = MS_INVALIDATE},
      {.name = "private", .sharing = MAP_PRIVATE},
      {.name = "file open for reading", .open = O_RDONLY, .protection = PROT_READ},
  };
  for (const Row& row : rows) {
    const auto server = Start({{InPages(2)}});
    const OpenedFile writable = server->Open(0, O_RDWR).value();
    const MappedFile dirty(writable, 2);
    dirty[0] = 1;
    const OpenedFile file = server->Open(0, row.open).value();
    const MappedFile mapping(file, 2, row.protection, row.sharing);
    EXPECT_EQ(mapping.Sync(0, 2, row.flags), Errno::kOk) << row.name;
    EXPECT_THAT(RequestsFrom(*server), IsEmpty()) << row.name;
  }
}

TEST_F(FuseServerTest, NumbersTheOpensOfAFileAndASecondOneDropsNoDirtyPage) {
  const auto server = Start({{InPages(1)}});
  const OpenedFile first = server->Open(0, O_RDWR).value();
  const MappedFile mapping(first, 1);
  mapping[0] = 7;
  const OpenedFile second = server->Open(0, O_RDWR).value();
  const MappedFile other(second, 1);
  EXPECT_EQ(other[0], 7);
  EXPECT_THAT(RequestsFrom(*server), IsEmpty());
  ASSERT_EQ(mapping.Sync(0, 1), Errno::kOk);
  const uint64_t seen = server->requests();
  EXPECT_EQ(other.Sync(0, 1), Errno::kOk);
  EXPECT_THAT(RequestsFrom(*server, seen), ElementsAre(FsyncOf(0, 1)));
}

TEST_F(FuseServerTest, KeepsWhatWriteAndTruncateMakeOfAFile) {
  const auto server = Start({{InPages(1)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  ASSERT_EQ(pwrite(f0.descriptor(), "abcd", 4, 0), 4);
  ASSERT_EQ(ftruncate(f0.descriptor(), 2), 0);
  ASSERT_EQ(ftruncate(f0.descriptor(), 3), 0);
  EXPECT_THAT(server->store(0), ElementsAre('a', 'b', 0));
  std::array<char, 4> bytes{};
  EXPECT_EQ(pread(f0.descriptor(), bytes.data(), bytes.size(), 0), 3);
  const OpenedFile empty = server->Open(0, O_RDWR | O_TRUNC).value();
  EXPECT_THAT(server->store(0), IsEmpty());
  EXPECT_NE(ftruncate(f0.descriptor(), kMaxFuseFileBytes + 1), 0);
  EXPECT_EQ(errno, EFBIG);
}

TEST_F(FuseServerTest, KeepsTheTimesThatAreSet) {
  const auto server = Start({{InPages(1)}});
  const OpenedFile f0 = server->Open(0, O_RDWR).value();
  const timespec times[2] = {{.tv_sec = 100, .tv_nsec = 1}, {.tv_sec = 200, .tv_nsec = 2}};
  ASSERT_EQ(futimens(f0.descriptor(), times), 0);
  struct stat facts = {};
  ASSERT_EQ(fstat(f0.descriptor(), &facts), 0);
  EXPECT_EQ(facts.st_atim.tv_sec, 100);
  EXPECT_EQ(facts.st_mtim.tv_sec, 200);
  EXPECT_EQ(facts.st_mtim.tv_nsec, 2);
  EXPECT_GT(facts.st_ctim.tv_sec, 200);
  EXPECT_EQ(facts.st_size, static_cast<off_t>(PageSize()));
}

TEST_F(FuseServerTest, HasTheFilesItWasStartedWithAndNoOther) {
  const auto server = Start({{}, {InPages(1)}});
  EXPECT_TRUE(server->Open(0, O_RDWR).ok());
  EXPECT_TRUE(server->Open(1, O_RDONLY).ok());
  EXPECT_FALSE(server->Open(2, O_RDONLY).ok());
}

TEST_F(FuseServerTest, SaysWhatItIsMissingWithoutRights) {
  struct Answer {
    absl::StatusCode code = absl::StatusCode::kUnknown;
    bool has_reason = false;
  };
  const SharedMemory<Answer> answer;
  absl::StatusOr<Worker> worker = Worker::Start([&answer] {
    if (setresuid(kNobody, kNobody, kNobody) != 0) return;
    const absl::Status status = FuseServer::Start({}, {}).status();
    *answer = {.code = status.code(), .has_reason = !status.message().empty()};
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_TRUE(worker->Wait(kPatience).has_value());
  EXPECT_EQ(answer->code, absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(answer->has_reason);
}

TEST(FuseServer, IsNotStartedForWhatNoServerCanDo) {
  const FuseFile too_large{.size = {kMaxFuseFileBytes + 1}};
  EXPECT_EQ(FuseServer::Start({}, {&too_large, 1}).status().code(),
            absl::StatusCode::kUnimplemented);
  const std::vector<FuseFile> too_many(kMaxFuseFiles + 1);
  EXPECT_EQ(FuseServer::Start({}, too_many).status().code(), absl::StatusCode::kUnimplemented);
  const FuseFile strange{.on_fsync = {.error = static_cast<Errno>(512)}};
  EXPECT_EQ(FuseServer::Start({}, {&strange, 1}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(FuseLog, TellsWhatItNoLongerKeeps) {
  const auto log = std::make_unique<FuseLog>();
  EXPECT_EQ(log->at(0), std::nullopt);
  for (uint32_t i = 0; i < FuseLog::kCapacity + 10; ++i) log->Append({.open = i});
  EXPECT_EQ(log->size(), FuseLog::kCapacity + 10);
  EXPECT_EQ(log->at(9), std::nullopt);
  EXPECT_EQ(log->at(11)->open, 11);
  EXPECT_EQ(log->at(log->size() - 1)->open, FuseLog::kCapacity + 9);
  EXPECT_EQ(log->at(log->size()), std::nullopt);
}

}  // namespace
}  // namespace msyncspec
