// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_EACH_DISK_H_
#define MSYNCSPEC_HARNESS_EFFECTS_EACH_DISK_H_

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <array>
#include <optional>
#include <string>

#include "harness/effects/beneath.h"
#include "harness/effects/cachestat.h"
#include "harness/effects/filesystem.h"
#include "harness/effects/page_flags.h"
#include "harness/executor/this_process.h"

// What the tests of the observers share: a mapped file on each filesystem that has a disk.
namespace msyncspec {

inline constexpr size_t kPages = 8;
inline constexpr PageState kC = PageState::kClean;
inline constexpr PageState kD = PageState::kDirty;

using States = std::array<PageState, kPages>;
using BytesBeneath = std::array<std::optional<uint8_t>, kPages>;

inline const Bytes kPage = ThisMachine().page_size;

// Whether a sync of a range cleans the range alone.
enum class SyncReach : uint8_t { kRange, kWholeFile };

struct DiskRow {
  FilesystemKind kind;
  SyncReach reach = SyncReach::kRange;
};

inline constexpr DiskRow kDisks[] = {
    {FilesystemKind::kExt4},
    {FilesystemKind::kXfs},
    {FilesystemKind::kBtrfs, SyncReach::kWholeFile},
    {FilesystemKind::kOverlay},
};

inline std::string NameOfRow(const testing::TestParamInfo<DiskRow>& row) {
  return NameOf(row.param.kind);
}

// A mapping of a file's pages, unmapped again.
class MappedFile {
 public:
  MappedFile(int file, int sharing) {
    void* const place =
        mmap(nullptr, kPages * kPage.count, PROT_READ | PROT_WRITE, sharing, file, 0);
    if (place != MAP_FAILED) place_ = static_cast<char*>(place);
  }
  ~MappedFile() {
    if (place_ != nullptr) munmap(place_, kPages * kPage.count);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  bool ok() const { return place_ != nullptr; }
  void Store(size_t page, char byte) { place_[page * kPage.count] = byte; }
  void StoreEverywhere(char byte) {
    for (size_t page = 0; page < kPages; ++page) Store(page, byte);
  }
  int Sync(size_t page, size_t pages, int flags) {
    return msync(place_ + page * kPage.count, pages * kPage.count, flags);
  }
  int Residence(unsigned char* pages) { return mincore(place_, kPages * kPage.count, pages); }

 private:
  char* place_ = nullptr;
};

// A file on each filesystem, mapped shared.
class EachDisk : public testing::TestWithParam<DiskRow> {
 protected:
  void SetUp() override {
    absl::StatusOr<MountedFilesystem> made = MountedFilesystem::Make(GetParam().kind);
    if (!made.ok()) GTEST_SKIP() << made.status();
    filesystem_.emplace(*std::move(made));
    file_.emplace(filesystem_->OpenFile(kPages * kPage.count).value());
    shared_.emplace(file_->descriptor(), MAP_SHARED);
    ASSERT_TRUE(shared_->ok());
  }

  States Flags() const {
    States states{};
    PageFlags::Open(file_->descriptor(), kPages, kPage).value().Look(0, states);
    return states;
  }
  States Cached() const {
    States states{};
    CacheStat::Open(file_->descriptor(), kPage).value().Look(0, states);
    return states;
  }
  BytesBeneath OnDisk() const {
    BytesBeneath bytes{};
    Beneath::Open(file_->descriptor(), *filesystem_, kPage).value().Look(0, bytes);
    return bytes;
  }

  std::optional<MountedFilesystem> filesystem_;
  std::optional<OpenedFile> file_;
  std::optional<MappedFile> shared_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_EACH_DISK_H_
