// SPDX-License-Identifier: MIT
#include "harness/scenario/file.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace msyncspec {
namespace {

// What the rows are declared behind.
const std::array kAbove = {
    File{.backing = Backing::kFuse, .pages = 4},
    File{.backing = Backing::kDisk, .pages = 2, .descriptor = Descriptor::kReadOnly},
    File{.backing = Backing::kShm},
    File{.backing = Backing::kSecret},
    File{.backing = Backing::kFuse, .pages = 4, .origin = Origin::kDup, .of = 0},
    File{.backing = Backing::kAio},
};

struct FileRow {
  const char* name;
  File file;
  std::string expected;  // what the error asks for; empty where there is none
};

constexpr char kNoServer[] =
    "`fsync=`, `write=`, `writeback` and `interruptible` on a new fuse file: no other has a server "
    "that can be told its answers";
constexpr char kNoOriginal[] = "a file that is declared above, with an object of its own";
constexpr char kUnlike[] = "what the file has that it comes from";

void Check(const FileRow& row) {
  SCOPED_TRACE(row.name);
  const absl::Status status = Validate(row.file, kAbove);
  EXPECT_EQ(std::string(status.message()), row.expected);
  EXPECT_EQ(status.code(),
            row.expected.empty() ? absl::StatusCode::kOk : absl::StatusCode::kInvalidArgument);
}

TEST(File, OfAServerKeepsTheBoundsOfItsAnswers) {
  const Backing fuse = Backing::kFuse;
  const FileRow kRows[] = {
      {"all options",
       {.backing = fuse,
        .fsync = {.error = Errno::kEIO, .times = 15},
        .write = {Errno::kENOSPC, 63, 64, 1},
        .cache = ServerCache::kWriteback,
        .interrupts = Interrupts::kAnswered},
       ""},
      {"the largest error", {.backing = fuse, .fsync = {.error = static_cast<Errno>(511)}}, ""},
      {"a larger one",
       {.backing = fuse, .write = {.error = static_cast<Errno>(512)}},
       "an error up to 511: no server can answer more"},
      {"too often",
       {.backing = fuse, .fsync = {.error = Errno::kEIO, .times = 16}},
       "a fault for 1 to 15 times"},
      {"no page",
       {.backing = fuse, .write = {Errno::kEIO, 1, 1}},
       "a fault in some of the pages 0 "
       "to 64"},
      {"too far",
       {.backing = fuse, .write = {Errno::kEIO, 1, 65}},
       "a fault in some of the pages "
       "0 to 64"},
      {"fsync of some pages",
       {.backing = fuse, .fsync = {Errno::kEIO, 0, 1}},
       "`fsync=` without a range: a server is not told any"},
      {"no server", {.fsync = {.error = Errno::kEIO}}, kNoServer},
      {"no server's cache", {.cache = ServerCache::kWriteback}, kNoServer},
      {"no server's interrupts", {.interrupts = Interrupts::kAnswered}, kNoServer},
  };
  for (const FileRow& row : kRows) Check(row);
}

TEST(File, ThatComesFromAnotherIsOfItsObject) {
  const FileRow kRows[] = {
      {"dup", {.backing = Backing::kFuse, .pages = 4, .origin = Origin::kDup, .of = 0}, ""},
      {"open for writing what is open for reading",
       {.backing = Backing::kDisk, .pages = 2, .origin = Origin::kReopened, .of = 1},
       ""},
      {"dup for writing of what is open for reading",
       {.backing = Backing::kDisk, .pages = 2, .origin = Origin::kDup, .of = 1},
       kUnlike},
      {"of another size",
       {.backing = Backing::kFuse, .pages = 3, .origin = Origin::kReopened, .of = 0},
       kUnlike},
      {"of another kind",
       {.backing = Backing::kDisk, .pages = 4, .origin = Origin::kReopened, .of = 0},
       kUnlike},
      {"of nothing", {.origin = Origin::kDup}, kNoOriginal},
      {"of one below", {.origin = Origin::kDup, .of = 6}, kNoOriginal},
      {"of a duplicate",
       {.backing = Backing::kFuse, .pages = 4, .origin = Origin::kDup, .of = 4},
       kNoOriginal},
      {"of a segment",
       {.backing = Backing::kShm, .origin = Origin::kDup, .of = 2},
       "a file that can be opened again: shm cannot"},
      {"of a mapping that is there beforehand",
       {.backing = Backing::kAio, .origin = Origin::kDup, .of = 5},
       "a file that can be opened again: aio cannot"},
      {"dup of secret memory", {.backing = Backing::kSecret, .origin = Origin::kDup, .of = 3}, ""},
      {"open of secret memory",
       {.backing = Backing::kSecret, .origin = Origin::kReopened, .of = 3},
       "a file that can be opened again: secret cannot"},
      {"with a server of its own",
       {.backing = Backing::kFuse,
        .pages = 4,
        .origin = Origin::kReopened,
        .of = 0,
        .fsync = {.error = Errno::kEIO}},
       kNoServer},
  };
  for (const FileRow& row : kRows) Check(row);
}

TEST(File, SharesItsOpenFileIfItIsADuplicateAndItsObjectInAnyCase) {
  const std::array files = {File{}, File{.origin = Origin::kDup, .of = 0},
                            File{.origin = Origin::kReopened, .of = 0}};
  EXPECT_EQ(OpenFileOf(files, 0), 0);
  EXPECT_EQ(OpenFileOf(files, 1), 0);
  EXPECT_EQ(OpenFileOf(files, 2), 2);
  EXPECT_EQ(ObjectOf(files, 0), 0);
  EXPECT_EQ(ObjectOf(files, 1), 0);
  EXPECT_EQ(ObjectOf(files, 2), 0);
}

TEST(File, NeedsAConnectionOfItsOwnForACacheAndForAServerWithoutFsync) {
  const Fault no_fsync = {.error = Errno::kENOSYS};
  EXPECT_EQ(ConnectionOf({}), 0);
  EXPECT_EQ(ConnectionOf({.fsync = {.error = Errno::kEIO}}), 0);
  EXPECT_EQ(ConnectionOf({.fsync = no_fsync}), 1);
  EXPECT_EQ(ConnectionOf({.cache = ServerCache::kWriteback}), 2);
  EXPECT_EQ(ConnectionOf({.fsync = no_fsync, .cache = ServerCache::kWriteback}), 3);
}

}  // namespace
}  // namespace msyncspec
