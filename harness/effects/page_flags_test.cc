// SPDX-License-Identifier: MIT
#include "harness/effects/page_flags.h"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "harness/effects/cachestat.h"
#include "harness/effects/each_disk.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;

class PageFlagsOfEachDisk : public EachDisk {
 protected:
  void SetUp() override {
    const absl::Status available = PageFlags::Available();
    if (!available.ok()) GTEST_SKIP() << available;
    EachDisk::SetUp();
  }
};

TEST_P(PageFlagsOfEachDisk, ShowDirtyWhatWasStoredTo) {
  EXPECT_THAT(Flags(), Each(kC));
  shared_->Store(1, 'a');
  shared_->Store(6, 'a');
  EXPECT_THAT(Flags(), ElementsAre(kC, kD, kC, kC, kC, kC, kD, kC));
}

TEST_P(PageFlagsOfEachDisk, ShowCleanWhatWasSynced) {
  shared_->StoreEverywhere('a');
  EXPECT_THAT(Flags(), Each(kD));
  ASSERT_EQ(shared_->Sync(2, 2, MS_SYNC), 0);
  if (GetParam().reach == SyncReach::kWholeFile) {
    EXPECT_THAT(Flags(), Each(kC));
  } else {
    EXPECT_THAT(Flags(), ElementsAre(kD, kD, kC, kC, kD, kD, kD, kD));
  }
}

TEST_P(PageFlagsOfEachDisk, ShowThatOtherFlagsCleanNothing) {
  shared_->StoreEverywhere('a');
  for (const int flags : {0, MS_ASYNC, MS_INVALIDATE, MS_ASYNC | MS_INVALIDATE}) {
    ASSERT_EQ(shared_->Sync(0, kPages, flags), 0);
    EXPECT_THAT(Flags(), Each(kD)) << flags;
  }
}

TEST_P(PageFlagsOfEachDisk, BringNoPageIntoMemory) {
  EXPECT_THAT(Flags(), Each(kC));
  unsigned char resident[kPages] = {};
  ASSERT_EQ(shared_->Residence(resident), 0);
  EXPECT_THAT(resident, Each(0));
}

TEST_P(PageFlagsOfEachDisk, TellNoDirtyPageFromItsNeighboursInAFolio) {
  const std::vector<char> bytes(kPages * kPage.count, 'w');
  const auto size = static_cast<ssize_t>(bytes.size());
  ASSERT_EQ(pwrite(file_->descriptor(), bytes.data(), bytes.size(), 0), size);
  EXPECT_THAT(Flags(), AnyOf(Each(PageState::kUnobservable), Each(kD)));
  ASSERT_EQ(shared_->Sync(0, kPages, MS_SYNC), 0);
  EXPECT_THAT(Flags(), Each(kC));
  shared_->Store(3, 'a');
  EXPECT_THAT(Flags(),
              AnyOf(Each(PageState::kUnobservable), ElementsAre(kC, kC, kC, kD, kC, kC, kC, kC)));
}

TEST_P(PageFlagsOfEachDisk, AreUnobservableBeyondWhatWasPrepared) {
  const PageFlags flags = PageFlags::Open(file_->descriptor(), 2, kPage).value();
  std::array<PageState, 2> states{};
  flags.Look(1, states);
  EXPECT_THAT(states, ElementsAre(kC, PageState::kUnobservable));
}

TEST_P(PageFlagsOfEachDisk, AgreeWithCachestat) {
  const absl::Status available = CacheStat::Available();
  if (!available.ok()) GTEST_SKIP() << available;
  if (GetParam().kind == FilesystemKind::kOverlay) GTEST_SKIP() << "cachestat cannot see there";
  EXPECT_EQ(Cached(), Flags());
  shared_->Store(3, 'a');
  EXPECT_EQ(Cached(), Flags());
  shared_->StoreEverywhere('b');
  EXPECT_EQ(Cached(), Flags());
  ASSERT_EQ(shared_->Sync(4, 1, MS_SYNC), 0);
  EXPECT_EQ(Cached(), Flags());
}

TEST_P(PageFlagsOfEachDisk, AreSeenByAWorkerThatInheritsTheFile) {
  const SharedMemory<States> seen;
  absl::StatusOr<Worker> worker = Worker::Start([&] {
    MappedFile mapped(file_->descriptor(), MAP_SHARED);
    const PageFlags flags = PageFlags::Open(file_->descriptor(), kPages, kPage).value();
    mapped.StoreEverywhere('a');
    mapped.Sync(0, kPages, MS_SYNC);
    mapped.Store(5, 'b');
    flags.Look(0, *seen);
  });
  ASSERT_TRUE(worker.ok()) << worker.status();
  ASSERT_TRUE(worker->Wait(absl::Seconds(20)).has_value());
  EXPECT_THAT(*seen, ElementsAre(kC, kC, kC, kC, kC, kD, kC, kC));
}

INSTANTIATE_TEST_SUITE_P(Disk, PageFlagsOfEachDisk, testing::ValuesIn(kDisks), NameOfRow);

// Files that are memory only.
class ObserversOfMemory : public testing::TestWithParam<FilesystemKind> {};

TEST_P(ObserversOfMemory, SayThatThereIsNothingToSee) {
  const auto filesystem = MountedFilesystem::Make(GetParam());
  if (!filesystem.ok()) GTEST_SKIP() << filesystem.status();
  const auto file = filesystem->OpenFile(kPages * kPage.count);
  if (!file.ok()) GTEST_SKIP() << file.status();
  for (const absl::Status& status :
       {PageFlags::Open(file->descriptor(), 1, kPage).status(),
        CacheStat::Open(file->descriptor(), kPage).status(),
        Beneath::Open(file->descriptor(), *filesystem, kPage).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented) << status;
  }
}

INSTANTIATE_TEST_SUITE_P(Disk, ObserversOfMemory,
                         testing::Values(FilesystemKind::kTmpfs, FilesystemKind::kHugetlbfs),
                         [](const auto& row) { return std::string(NameOf(row.param)); });

}  // namespace
}  // namespace msyncspec
