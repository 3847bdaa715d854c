// SPDX-License-Identifier: MIT
#include "harness/effects/full_disk.h"

#include <gmock/gmock.h>
#include <sys/mman.h>

#include <array>
#include <cerrno>
#include <optional>

#include "harness/effects/beneath.h"
#include "harness/effects/file_times.h"
#include "harness/effects/filesystem.h"
#include "harness/effects/page_flags.h"
#include "harness/executor/this_process.h"

namespace msyncspec {
namespace {

using testing::AnyOf;
using testing::ElementsAre;

constexpr size_t kPages = 16;
const Bytes kPage = ThisMachine().page_size;

class FullDiskTest : public testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<FullDisk> made = FullDisk::Make(kPages * kPage.count);
    if (!made.ok()) GTEST_SKIP() << made.status();
    disk_.emplace(*std::move(made));
  }

  std::optional<FullDisk> disk_;
};

// A description of the disk, mapped shared and for writing wherever it may be written.
class Mapped {
 public:
  explicit Mapped(OpenedFile file, int protection = PROT_READ | PROT_WRITE)
      : file_(std::move(file)),
        place_(static_cast<char*>(
            mmap(nullptr, kPages * kPage.count, protection, MAP_SHARED, file_.descriptor(), 0))) {}
  ~Mapped() { munmap(place_, kPages * kPage.count); }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  void Store(size_t page, char byte) { place_[page * kPage.count] = byte; }
  int Sync(size_t page, size_t pages) {
    return msync(place_ + page * kPage.count, pages * kPage.count, MS_SYNC) == 0 ? 0 : errno;
  }

 private:
  OpenedFile file_;
  char* place_;
};

TEST_F(FullDiskTest, ReportsAFailureOnceToEachDescriptionThatMayWrite) {
  Mapped one(disk_->OpenFile(Descriptor::kReadWrite).value());
  Mapped other(disk_->OpenFile(Descriptor::kReadWrite).value());
  Mapped reader(disk_->OpenFile(Descriptor::kReadOnly).value(), PROT_READ);
  ASSERT_TRUE(disk_->Fill().ok());
  one.Store(3, 'a');
  EXPECT_EQ(one.Sync(3, 1), EIO);
  EXPECT_EQ(one.Sync(3, 1), 0);
  EXPECT_EQ(other.Sync(9, 1), EIO) << "for a clean page, but the error is the file's";
  EXPECT_EQ(other.Sync(9, 1), 0);
  EXPECT_EQ(reader.Sync(3, 1), 0);
}

TEST_F(FullDiskTest, FailsAgainForEachNewPage) {
  Mapped mapped(disk_->OpenFile(Descriptor::kReadWrite).value());
  ASSERT_TRUE(disk_->Fill().ok());
  for (const size_t page : {size_t{3}, size_t{4}}) {
    mapped.Store(page, 'a');
    EXPECT_EQ(mapped.Sync(page, 1), EIO) << page;
  }
}

TEST_F(FullDiskTest, TakesWhatItHasTakenBefore) {
  Mapped mapped(disk_->OpenFile(Descriptor::kReadWrite).value());
  mapped.Store(3, 'a');
  ASSERT_EQ(mapped.Sync(3, 1), 0);
  ASSERT_TRUE(disk_->Fill().ok());
  mapped.Store(3, 'b');
  EXPECT_EQ(mapped.Sync(3, 1), 0);
}

TEST_F(FullDiskTest, TakesEverythingOnceThereIsRoomAgain) {
  Mapped mapped(disk_->OpenFile(Descriptor::kReadWrite).value());
  ASSERT_TRUE(disk_->Fill().ok());
  mapped.Store(3, 'a');
  ASSERT_EQ(mapped.Sync(3, 1), EIO);
  ASSERT_TRUE(disk_->MakeRoom().ok());
  mapped.Store(3, 'b');
  EXPECT_EQ(mapped.Sync(3, 1), 0);
  ASSERT_TRUE(disk_->Fill().ok());
  mapped.Store(4, 'b');
  EXPECT_EQ(mapped.Sync(4, 1), EIO);
}

TEST_F(FullDiskTest, ShowsWhatLiesBeneathAndWhatIsDirty) {
  Mapped mapped(disk_->OpenFile(Descriptor::kReadWrite).value());
  const OpenedFile watched = disk_->OpenFile(Descriptor::kReadWrite).value();
  const absl::StatusOr<PageFlags> flags = PageFlags::Open(watched.descriptor(), kPages, kPage);
  if (!flags.ok()) GTEST_SKIP() << flags.status();
  const Beneath beneath = Beneath::Open(*disk_, kPage).value();
  for (size_t page = 0; page < kPages; ++page) mapped.Store(page, 'a');
  ASSERT_EQ(mapped.Sync(1, 2), 0);
  std::array<std::optional<uint8_t>, 4> bytes{};
  beneath.Look(0, bytes);
  EXPECT_THAT(bytes, ElementsAre(0, 'a', 'a', 0));
  std::array<PageState, 4> states{};
  flags->Look(0, states);
  EXPECT_THAT(states, ElementsAre(PageState::kDirty, PageState::kClean, PageState::kClean,
                                  PageState::kDirty));
}

TEST(FullDisk, UnderAFilesystemFailsOnceToEachDescription) {
  constexpr uint64_t kBytes = uint64_t{16} << 20;
  absl::StatusOr<FullDisk> disk = FullDisk::Make(kBytes);
  if (!disk.ok()) GTEST_SKIP() << disk.status();
  const absl::StatusOr<MountedFilesystem> filesystem = MountedFilesystem::MakeOn(*disk);
  if (!filesystem.ok()) GTEST_SKIP() << filesystem.status();
  OpenedFile file = filesystem->OpenFile(kPages * kPage.count).value();
  Mapped other(OpenAgain(file.descriptor(), Descriptor::kReadWrite).value());
  Mapped reader(OpenAgain(file.descriptor(), Descriptor::kReadOnly).value(), PROT_READ);
  Mapped one(std::move(file));
  one.Store(0, 'a');
  ASSERT_EQ(one.Sync(0, kPages), 0);
  ASSERT_TRUE(filesystem->Settle().ok());

  ASSERT_TRUE(disk->Fill().ok());
  one.Store(3, 'a');
  // ENOSPC on Linux 6.18: the loop device's own error, which ext4 hands on.
  EXPECT_THAT(one.Sync(3, 1), AnyOf(ENOSPC, EIO));
  EXPECT_EQ(one.Sync(3, 1), 0);
  EXPECT_THAT(other.Sync(9, 1), AnyOf(ENOSPC, EIO));
  EXPECT_EQ(other.Sync(9, 1), 0);
  EXPECT_EQ(reader.Sync(3, 1), 0);

  ASSERT_TRUE(disk->MakeRoom().ok());
  one.Store(4, 'a');
  EXPECT_EQ(one.Sync(4, 1), 0);
}

TEST_F(FullDiskTest, HasNoTimesOfItsOwn) {
  const OpenedFile file = disk_->OpenFile(Descriptor::kReadWrite).value();
  EXPECT_EQ(FileTimes::Open(file.descriptor()).status().code(), absl::StatusCode::kUnimplemented);
}

}  // namespace
}  // namespace msyncspec
