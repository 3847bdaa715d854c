// SPDX-License-Identifier: MIT
#include "harness/effects/filesystem.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <optional>

#include "harness/effects/detached_mount.h"
#include "harness/effects/format.h"
#include "harness/effects/loop_device.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;

constexpr uint64_t kSize = 16 * 4096;

bool IsUnsupported(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnimplemented ||
         status.code() == absl::StatusCode::kPermissionDenied;
}

class EachFilesystem : public testing::TestWithParam<FilesystemKind> {
 protected:
  void SetUp() override {
    absl::StatusOr<MountedFilesystem> made = MountedFilesystem::Make(GetParam());
    if (!made.ok()) {
      ASSERT_TRUE(IsUnsupported(made.status())) << made.status();
      GTEST_SKIP() << made.status();
    }
    filesystem_.emplace(*std::move(made));
    absl::StatusOr<OpenedFile> file = filesystem_->OpenFile(kSize);
    if (!file.ok()) {
      ASSERT_TRUE(IsUnsupported(file.status())) << file.status();
      GTEST_SKIP() << file.status();
    }
    file_.emplace(*std::move(file));
  }

  std::optional<MountedFilesystem> filesystem_;
  std::optional<OpenedFile> file_;
};

TEST_P(EachFilesystem, GivesUnnamedFilesOfItsOwnKind) {
  struct statfs of_root = {}, of_file = {};
  ASSERT_EQ(fstatfs(filesystem_->root(), &of_root), 0);
  ASSERT_EQ(fstatfs(file_->descriptor(), &of_file), 0);
  EXPECT_EQ(of_file.f_type, of_root.f_type);
  struct stat facts = {};
  ASSERT_EQ(fstat(file_->descriptor(), &facts), 0);
  EXPECT_EQ(facts.st_nlink, 0u);
  EXPECT_EQ(facts.st_blocks, 0) << "it is not all holes";
  EXPECT_GE(facts.st_size, static_cast<off_t>(kSize));
}

TEST_P(EachFilesystem, OpensAFileAgainAsAnotherDescription) {
  const auto writable = OpenAgain(file_->descriptor(), Descriptor::kReadWrite);
  const auto read_only = OpenAgain(file_->descriptor(), Descriptor::kReadOnly);
  ASSERT_TRUE(writable.ok()) << writable.status();
  ASSERT_TRUE(read_only.ok()) << read_only.status();
  EXPECT_EQ(fcntl(writable->descriptor(), F_GETFL) & O_ACCMODE, O_RDWR);
  EXPECT_EQ(fcntl(read_only->descriptor(), F_GETFL) & O_ACCMODE, O_RDONLY);
}

TEST_P(EachFilesystem, LastsAsLongAsAFileOnIt) {
  filesystem_.reset();
  void* const place =
      mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED, file_->descriptor(), 0);
  ASSERT_NE(place, MAP_FAILED);
  *static_cast<char*>(place) = 'a';
  EXPECT_EQ(msync(place, kSize, MS_SYNC), 0);
  munmap(place, kSize);
}

INSTANTIATE_TEST_SUITE_P(Filesystem, EachFilesystem, testing::ValuesIn(kFilesystemKinds),
                         [](const auto& row) { return std::string(NameOf(row.param)); });

TEST(Format, NamesThePackageOfAMissingProgram) {
  const Formatter formatter = {.program = "mkfs.none-such", .package = "nonesuch-progs"};
  const absl::Status status = Format(formatter, /*backing=*/-1);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(status.message()), HasSubstr("nonesuch-progs"));
}

TEST(Format, RepeatsWhatAFailingProgramSays) {
  const absl::StatusOr<OpenedFile> backing = MakeBackingFile(4096);
  ASSERT_TRUE(backing.ok()) << backing.status();
  constexpr const char* kArguments[] = {"no-such-file"};
  const absl::Status status = Format(
      {.program = "cat", .package = "coreutils", .arguments = kArguments}, backing->descriptor());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(status.message()), HasSubstr("no-such-file"));
}

TEST(DetachedMount, OfAnUnknownTypeIsUnsupported) {
  const absl::StatusOr<OpenedFile> root = MountDetached("nonesuch", {});
  ASSERT_FALSE(root.ok());
  EXPECT_TRUE(IsUnsupported(root.status())) << root.status();
}

TEST(LoopDevice, ShowsItsBackingFile) {
  const OpenedFile backing = MakeBackingFile(kSize).value();
  ASSERT_EQ(pwrite(backing.descriptor(), "msync", 5, 4096), 5);
  const absl::StatusOr<LoopDevice> device = LoopDevice::Attach(backing.descriptor());
  if (!device.ok()) GTEST_SKIP() << device.status();
  char words[6] = {};
  ASSERT_EQ(pread(device->descriptor(), words, 5, 4096), 5);
  EXPECT_STREQ(words, "msync");
}

}  // namespace
}  // namespace msyncspec
