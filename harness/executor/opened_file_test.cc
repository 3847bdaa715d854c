// SPDX-License-Identifier: MIT
#include "harness/executor/opened_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "absl/strings/str_cat.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/this_process.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

using testing::AnyOf;
using testing::Eq;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Bytes kPage = ThisMachine().page_size;

std::set<std::string> NamesIn(const std::string& folder) {
  std::set<std::string> names;
  DIR* const open_folder = opendir(folder.c_str());
  EXPECT_NE(open_folder, nullptr) << folder;
  while (const dirent* entry = readdir(open_folder)) names.insert(entry->d_name);
  closedir(open_folder);
  return names;
}

size_t OpenDescriptors() { return NamesIn("/proc/self/fd").size(); }

class EachOpenedFile : public testing::TestWithParam<BackingFacts> {};

TEST_P(EachOpenedFile, OpensOrSaysWhyNot) {
  const absl::StatusOr<OpenedFile> opened =
      OpenKernelFile({.backing = GetParam().backing, .pages = 2}, kPage);
  if (opened.ok()) {
    EXPECT_EQ(opened->segment() >= 0, GetParam().backing == Backing::kShm);
    const AddressRange home = opened->home();
    EXPECT_EQ(home.begin < home.end, GetParam().arrival == Arrival::kMoved);
    EXPECT_EQ((opened->descriptor() >= 0) + (opened->segment() >= 0) + (home.begin < home.end), 1);
    return;
  }
  EXPECT_THAT(opened.status().code(),
              AnyOf(Eq(absl::StatusCode::kUnimplemented), Eq(absl::StatusCode::kPermissionDenied)));
  EXPECT_THAT(std::string(opened.status().message()), Not(IsEmpty()));
}

TEST_P(EachOpenedFile, IsClosedAgainWhetherItOpensOrNot) {
  const size_t before = OpenDescriptors();
  for (const Descriptor descriptor : {Descriptor::kReadWrite, Descriptor::kReadOnly}) {
    (void)OpenKernelFile({.backing = GetParam().backing, .descriptor = descriptor}, kPage);
    EXPECT_EQ(OpenDescriptors(), before);
  }
}

INSTANTIATE_TEST_SUITE_P(OpenedFile, EachOpenedFile, testing::ValuesIn(AllBackings()),
                         [](const auto& row) { return std::string(row.param.name); });

class EachRegularFile : public testing::TestWithParam<Backing> {};

TEST_P(EachRegularFile, HasItsSizeAndNoName) {
  const auto opened = OpenKernelFile({.backing = GetParam(), .pages = 3}, kPage);
  if (!opened.ok()) GTEST_SKIP() << opened.status();
  struct stat facts = {};
  ASSERT_EQ(fstat(opened->descriptor(), &facts), 0);
  EXPECT_EQ(facts.st_size, static_cast<off_t>(3 * kPage.count));
  EXPECT_EQ(facts.st_nlink, 0u);
}

TEST_P(EachRegularFile, IsReadOnlyWhereThatIsAskedFor) {
  const auto opened =
      OpenKernelFile({.backing = GetParam(), .descriptor = Descriptor::kReadOnly}, kPage);
  if (!opened.ok()) GTEST_SKIP() << opened.status();
  EXPECT_EQ(fcntl(opened->descriptor(), F_GETFL) & O_ACCMODE, O_RDONLY);
}

INSTANTIATE_TEST_SUITE_P(OpenedFile, EachRegularFile,
                         testing::Values(Backing::kMemfd, Backing::kTmpfs, Backing::kDisk,
                                         Backing::kDeleted),
                         [](const auto& row) { return std::string(FactsOf(row.param).name); });

TEST(OpenedFile, OfADeletedFileLeavesNoNameInTheFolder) {
  const absl::StatusOr<std::string> folder = DiskFolder();
  if (!folder.ok()) GTEST_SKIP() << folder.status();
  const auto opened = OpenKernelFile({.backing = Backing::kDeleted}, kPage);
  ASSERT_TRUE(opened.ok()) << opened.status();
  for (const std::string& name : NamesIn(*folder)) {
    struct stat named = {}, facts = {};
    ASSERT_EQ(fstat(opened->descriptor(), &facts), 0);
    const bool found = lstat(absl::StrCat(*folder, "/", name).c_str(), &named) == 0;
    EXPECT_FALSE(found && named.st_ino == facts.st_ino && named.st_dev == facts.st_dev) << name;
  }
}

TEST(OpenedFile, MovesItsDescriptorAlong) {
  const size_t before = OpenDescriptors();
  {
    OpenedFile first = OpenKernelFile({}, kPage).value();
    const OpenedFile second = std::move(first);
    EXPECT_GE(second.descriptor(), 0);
    EXPECT_EQ(OpenDescriptors(), before + 1);
  }
  EXPECT_EQ(OpenDescriptors(), before);
}

TEST(OpenedFile, SegmentIsMarkedForRemovalAndGoneWithItsProcess) {
  const SharedMemory<int> segment;
  const SharedMemory<bool> marked;
  absl::StatusOr<Worker> worker = Worker::Start([&] {
    const auto opened = OpenKernelFile({.backing = Backing::kShm}, kPage);
    *segment = opened.ok() ? opened->segment() : -1;
    shmid_ds facts = {};
    *marked = shmctl(*segment, IPC_STAT, &facts) == 0 && (facts.shm_perm.mode & SHM_DEST) != 0;
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_TRUE(worker->Wait(absl::Seconds(20)).has_value());
  if (*segment < 0) GTEST_SKIP() << "no System V segments here";
  EXPECT_TRUE(*marked);
  shmid_ds facts = {};
  EXPECT_EQ(shmctl(*segment, IPC_STAT, &facts), -1);
  EXPECT_THAT(errno, AnyOf(Eq(EINVAL), Eq(EIDRM)));
}

TEST(OpenedFile, OfAnAioRingIsMappedAtItsHomeUntilItIsClosed) {
  AddressRange home;
  {
    const auto opened = OpenKernelFile({.backing = Backing::kAio, .pages = 3}, kPage);
    if (!opened.ok()) GTEST_SKIP() << opened.status();
    home = opened->home();
    EXPECT_EQ((home.end - home.begin).count, 3 * kPage.count);
    EXPECT_EQ(RawMsync({.addr = home.begin, .length = home.end - home.begin}), Errno::kOk);
  }
  EXPECT_EQ(RawMsync({.addr = home.begin, .length = {1}}), Errno::kENOMEM);
}

struct SealRow {
  Backing backing;
  int seals;
};

class EachSealedFile : public testing::TestWithParam<SealRow> {};

TEST_P(EachSealedFile, HasItsSealsWhicheverDescriptorIsAskedFor) {
  for (const Descriptor descriptor : {Descriptor::kReadWrite, Descriptor::kReadOnly}) {
    const auto opened =
        OpenKernelFile({.backing = GetParam().backing, .descriptor = descriptor}, kPage);
    if (!opened.ok()) GTEST_SKIP() << opened.status();
    EXPECT_EQ(fcntl(opened->descriptor(), F_GET_SEALS), GetParam().seals);
  }
}

INSTANTIATE_TEST_SUITE_P(
    OpenedFile, EachSealedFile,
    testing::Values(SealRow{Backing::kSealed, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL},
                    SealRow{Backing::kSealedWrite, F_SEAL_WRITE}),
    [](const auto& row) { return std::string(FactsOf(row.param.backing).name); });

TEST(OpenedFile, OfHugePagesTakesNoneThatAreNotFree) {
  const auto opened = OpenKernelFile({.backing = Backing::kHugetlb, .pages = 512}, kPage);
  if (opened.ok()) GTEST_SKIP() << "there are free huge pages";
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kUnimplemented);
}

TEST(OpenedFile, OfTheVdsoHasItsSizeOrSaysWhatThatIs) {
  const auto opened = OpenKernelFile(
      {.backing = Backing::kVdso, .pages = 64, .descriptor = Descriptor::kReadOnly}, kPage);
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kUnimplemented);
}

TEST(OpenedFile, OfFuseNeedsAServer) {
  const auto opened = OpenKernelFile({.backing = Backing::kFuse}, kPage);
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("server"));
}

}  // namespace
}  // namespace msyncspec
