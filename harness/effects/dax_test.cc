// SPDX-License-Identifier: MIT
#include "harness/effects/dax.h"

#include <gtest/gtest.h>

namespace msyncspec {
namespace {

struct LineRow {
  const char* name;
  const char* line;
  std::optional<std::string> mount_point;
};

class EachMountinfoLine : public testing::TestWithParam<LineRow> {};

TEST_P(EachMountinfoLine, NamesItsMountPointOnlyWithDaxForEveryFile) {
  EXPECT_EQ(DaxMountPoint(GetParam().line), GetParam().mount_point);
}

INSTANTIATE_TEST_SUITE_P(
    Dax, EachMountinfoLine,
    testing::Values(
        LineRow{"Old", "36 25 259:0 / /mnt/pmem rw shared:1 - ext4 /dev/pmem0 rw,dax", "/mnt/pmem"},
        LineRow{"New", "36 25 259:0 / /pmem rw - xfs /dev/pmem0 rw,attr2,dax=always", "/pmem"},
        LineRow{"Escaped", R"(36 25 259:0 / /a\040b rw - xfs /dev/pmem0 rw,dax=always)", "/a b"},
        LineRow{"ByInode", "36 25 259:0 / /pmem rw - xfs /dev/pmem0 rw,dax=inode", std::nullopt},
        LineRow{"Never", "36 25 259:0 / /pmem rw - xfs /dev/pmem0 rw,dax=never", std::nullopt},
        LineRow{"OfTheMount", "36 25 8:1 / /dax rw,dax - ext4 /dev/sda1 rw", std::nullopt},
        LineRow{"Plain", "36 25 8:1 / /dax rw shared:1 - ext4 /dev/dax rw", std::nullopt},
        LineRow{"Empty", "", std::nullopt}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Dax, OpensAFileOrSaysThatThereIsNone) {
  const absl::StatusOr<OpenedFile> file = OpenDaxFile(4096);
  if (file.ok()) GTEST_SKIP() << "there is one here";
  EXPECT_EQ(file.status().code(), absl::StatusCode::kUnimplemented) << file.status();
  EXPECT_EQ(file.status().message(), "no filesystem is mounted with dax");
}

}  // namespace
}  // namespace msyncspec
