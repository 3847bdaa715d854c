// SPDX-License-Identifier: MIT
#include "harness/effects/file_times.h"

#include <gmock/gmock.h>
#include <sys/mman.h>

#include "harness/effects/each_disk.h"

namespace msyncspec {
namespace {

class TimesOnEachDisk : public EachDisk {};

TEST_P(TimesOnEachDisk, MoveAtTheStoreToACleanPageAndNotAtMsync) {
  absl::StatusOr<FileTimes> times = FileTimes::Open(file_->descriptor());
  ASSERT_TRUE(times.ok()) << times.status();
  EXPECT_EQ(times->Look().modified, Movement::kStayed);
  shared_->Store(0, 'a');
  EXPECT_EQ(times->Look().modified, Movement::kMoved);

  ASSERT_TRUE(times->SetBaseline());
  for (const int flags : {0, MS_ASYNC, MS_INVALIDATE}) {
    ASSERT_EQ(shared_->Sync(0, kPages, flags), 0);
    shared_->Store(0, 'b');  // which is dirty still
    EXPECT_EQ(times->Look().modified, Movement::kStayed) << flags;
  }
  ASSERT_EQ(shared_->Sync(0, kPages, MS_SYNC), 0);
  EXPECT_EQ(times->Look().modified, Movement::kStayed);
  shared_->Store(0, 'c');
  EXPECT_EQ(times->Look().modified, Movement::kMoved);
}

TEST_P(TimesOnEachDisk, OfAChangeNeverCountAsStayed) {
  FileTimes times = FileTimes::Open(file_->descriptor()).value();
  EXPECT_EQ(times.Look().changed, Movement::kUnobservable);
  shared_->Store(0, 'a');
  EXPECT_NE(times.Look().changed, Movement::kStayed);
}

INSTANTIATE_TEST_SUITE_P(Disk, TimesOnEachDisk, testing::ValuesIn(kDisks), NameOfRow);

}  // namespace
}  // namespace msyncspec
