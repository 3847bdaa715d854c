// SPDX-License-Identifier: MIT
#include "harness/effects/beneath.h"

#include <gmock/gmock.h>
#include <sys/mman.h>

#include "harness/effects/each_disk.h"

namespace msyncspec {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Optional;

class BeneathEachDisk : public EachDisk {};

TEST_P(BeneathEachDisk, LieTheBytesThatWereSynced) {
  shared_->StoreEverywhere('a');
  EXPECT_THAT(OnDisk(), Each(Optional(0)));
  ASSERT_EQ(shared_->Sync(2, 2, MS_SYNC), 0);
  if (GetParam().reach == SyncReach::kWholeFile) {
    EXPECT_THAT(OnDisk(), Each(Optional('a')));
  } else {
    EXPECT_THAT(OnDisk(), ElementsAre(0, 0, 'a', 'a', 0, 0, 0, 0));
  }
}

TEST_P(BeneathEachDisk, LieTheOldBytesUntilTheNextSync) {
  shared_->StoreEverywhere('a');
  ASSERT_EQ(shared_->Sync(0, kPages, MS_SYNC), 0);
  shared_->StoreEverywhere('b');
  for (const int flags : {0, MS_ASYNC, MS_INVALIDATE, MS_ASYNC | MS_INVALIDATE}) {
    ASSERT_EQ(shared_->Sync(0, kPages, flags), 0);
    EXPECT_THAT(OnDisk(), Each(Optional('a'))) << flags;
  }
  ASSERT_EQ(shared_->Sync(0, kPages, MS_SYNC), 0);
  EXPECT_THAT(OnDisk(), Each(Optional('b')));
}

TEST_P(BeneathEachDisk, NeverComesWhatIsPrivate) {
  MappedFile mine(file_->descriptor(), MAP_PRIVATE);
  ASSERT_TRUE(mine.ok());
  mine.StoreEverywhere('p');
  ASSERT_EQ(mine.Sync(0, kPages, MS_SYNC), 0);
  EXPECT_THAT(OnDisk(), Each(Optional(0)));
}

INSTANTIATE_TEST_SUITE_P(Disk, BeneathEachDisk, testing::ValuesIn(kDisks), NameOfRow);

}  // namespace
}  // namespace msyncspec
