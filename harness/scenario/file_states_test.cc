// SPDX-License-Identifier: MIT
#include "harness/scenario/file_states.h"

#include <gmock/gmock.h>

namespace msyncspec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Bytes kPage = {4096};
constexpr FileId kTwoFiles[] = {0, 1}, kThreeFiles[] = {0, 1, 2};

SyncedRange Pages(FileId file, uint64_t begin, uint64_t end, bool asked = true) {
  return {.file = file, .begin = {begin * kPage.count}, .end = {end * kPage.count}, .asked = asked};
}

FileRange Range(uint64_t begin, uint64_t end) {
  return {{begin * kPage.count}, {end * kPage.count}};
}

// The states of some files, and what a walk is told of them.
class Files {
 public:
  explicit Files(std::vector<File> files, ErrorReport report = ErrorReport::kOncePerOpenFile)
      : files_(std::move(files)), states_(report) {
    states_.Reset(files_, kPage);
  }

  FileStates* operator->() { return &states_; }
  FileFacts facts(FileId file) const {
    std::vector<FileFacts> all;
    states_.TellFacts(all);
    return all[static_cast<size_t>(file)];
  }
  Errno unreported(FileId file) const { return facts(file).unreported; }
  FilePage page(FileId file, size_t page) const { return states_.contents(file)[page]; }
  void ResetAll() { states_.Reset(files_, kPage); }

 private:
  std::vector<File> files_;
  FileStates states_;
};

File Served(Fault fsync = {}, Fault write = {}) {
  return {.backing = Backing::kFuse, .pages = 4, .fsync = fsync, .write = write};
}

// A file whose writes fail, another open file of it, and a duplicate of the first descriptor.
std::vector<File> OpenedTwice(Fault write) {
  const File file = Served({}, write);
  return {file, DerivedFrom(std::vector{file}, 0, Origin::kReopened),
          DerivedFrom(std::vector{file}, 0, Origin::kDup)};
}

TEST(FileStates, StoreMakesAPageDirtyUntilItIsWrittenBack) {
  Files files({Served()});
  files->Store(0, 1, 7);
  EXPECT_EQ(files.page(0, 1), (FilePage{.stored = 7, .dirty = true}));
  files->WriteBack(Pages(0, 0, 1));
  files->WriteBack(Pages(0, 2, 4));
  EXPECT_EQ(files.page(0, 1), (FilePage{.stored = 7, .dirty = true}));
  files->WriteBack(Pages(0, 1, 2));
  EXPECT_EQ(files.page(0, 1), (FilePage{.stored = 7, .written = 7}));
  files->Store(0, 1, 8);
  EXPECT_EQ(files.page(0, 1), (FilePage{.stored = 8, .written = 7, .dirty = true}));
  EXPECT_EQ(files.page(0, 0), FilePage{});
}

TEST(FileStates, MemoryIsNeverDirty) {
  Files files({{.backing = Backing::kMemfd}});
  files->Store(0, 0, 1);
  EXPECT_EQ(files.page(0, 0), (FilePage{.stored = 1}));
}

TEST(FileStates, StoresThroughAnyDescriptorReachTheSameObject) {
  Files files(OpenedTwice({}));
  files->Store(1, 0, 1);
  files->Store(2, 1, 2);
  for (const FileId file : kThreeFiles) {
    EXPECT_EQ(files.page(file, 0).stored, 1) << file;
    EXPECT_EQ(files.page(file, 1).stored, 2) << file;
  }
}

TEST(FileStates, WholeFileIsWrittenWhereTheFilesystemOrTheRequestSaysSo) {
  Files files({{.backing = Backing::kBtrfs, .pages = 4}, {.backing = Backing::kExt4, .pages = 4}});
  for (const FileId file : kTwoFiles) files->Store(file, 3, 1);
  for (const FileId file : kTwoFiles) files->WriteBack(Pages(file, 0, 1));
  EXPECT_FALSE(files.page(0, 3).dirty);
  EXPECT_TRUE(files.page(1, 3).dirty);
  files->WriteBack({.file = 1, .end = SyncedRange::kToEndOfFile});
  EXPECT_FALSE(files.page(1, 3).dirty);
}

TEST(FileStates, DirtyPagesThatTheServerRefusesAreToldPageByPage) {
  Files files({Served({}, {Errno::kENOSPC, 1, 3})});
  EXPECT_THAT(files.facts(0).unwritable, IsEmpty());
  for (const uint64_t page : {0, 2, 3}) files->Store(0, page, 1);
  EXPECT_THAT(files.facts(0).unwritable, ElementsAre(Range(2, 3)));
  files->Store(0, 1, 1);
  EXPECT_THAT(files.facts(0).unwritable, ElementsAre(Range(1, 2), Range(2, 3)));
  EXPECT_EQ(files.facts(0).write_error, Errno::kENOSPC);
}

TEST(FileStates, FullDiskRefusesEveryDirtyPageWithEio) {
  Files files({{.backing = Backing::kFull, .pages = 2}});
  files->Store(0, 1, 1);
  EXPECT_THAT(files.facts(0).unwritable, ElementsAre(Range(1, 2)));
  EXPECT_EQ(files.facts(0).write_error, Errno::kEIO);
}

TEST(FileStates, RefusedWriteLeavesItsWholeRunCleanAndUnwritten) {
  Files files({Served({}, {Errno::kEIO, 1, 2})});
  for (const uint64_t page : {0, 1, 3}) files->Store(0, page, 5);
  files->WriteBack(Pages(0, 0, 4));
  EXPECT_EQ(files.page(0, 0), (FilePage{.stored = 5}));
  EXPECT_EQ(files.page(0, 1), (FilePage{.stored = 5}));
  EXPECT_EQ(files.page(0, 3), (FilePage{.stored = 5, .written = 5})) << "a request of its own";
}

TEST(FileStates, LimitedFaultEndsWithTheRequestsThatItConcerns) {
  Files files({Served({}, {Errno::kEIO, 1, 2, 1})});
  files->Store(0, 3, 1);
  files->WriteBack(Pages(0, 3, 4));
  files->Store(0, 1, 2);
  EXPECT_THAT(files.facts(0).unwritable, ElementsAre(Range(1, 2))) << "another page is no matter";
  files->WriteBack(Pages(0, 1, 2));
  files->Store(0, 1, 3);
  EXPECT_THAT(files.facts(0).unwritable, IsEmpty());
  files->WriteBack(Pages(0, 1, 2));
  EXPECT_EQ(files.page(0, 1), (FilePage{.stored = 3, .written = 3}));
}

TEST(FileStates, ErrorIsToldOnceToEachOpenFile) {
  Files files(OpenedTwice({.error = Errno::kEIO}));
  files->Store(0, 0, 1);
  files->WriteBack(Pages(0, 0, 1));
  EXPECT_EQ(files.unreported(0), Errno::kOk) << "it has been told";
  EXPECT_EQ(files.unreported(2), Errno::kOk) << "a duplicate is the same open file";
  EXPECT_EQ(files.unreported(1), Errno::kEIO);
  files->WriteBack(Pages(1, 3, 4));
  EXPECT_EQ(files.unreported(1), Errno::kOk);
}

TEST(FileStates, DuplicateHearsTheErrorForItsOpenFile) {
  Files files(OpenedTwice({.error = Errno::kEIO}));
  files->Store(1, 0, 1);
  files->WriteBack(Pages(1, 0, 1));
  EXPECT_EQ(files.unreported(0), Errno::kEIO);
  EXPECT_EQ(files.unreported(2), Errno::kEIO);
  files->WriteBack(Pages(2, 0, 1));
  EXPECT_EQ(files.unreported(0), Errno::kOk);
}

TEST(FileStates, ErrorIsToldToTheFirstThatAsksWhereTheSystemTellsEachFileOnce) {
  Files files(OpenedTwice({.error = Errno::kEIO}), ErrorReport::kOncePerFile);
  files->Store(0, 0, 1);
  files->WriteBackUnmapped(0);
  EXPECT_EQ(files.unreported(0), Errno::kEIO);
  EXPECT_EQ(files.unreported(1), Errno::kEIO);
  files->WriteBack(Pages(1, 0, 1));
  EXPECT_EQ(files.unreported(0), Errno::kOk);
  EXPECT_EQ(files.unreported(1), Errno::kOk);
}

TEST(FileStates, WritingBackUnseenLeavesItsErrorToWhoeverSyncsNext) {
  Files files(OpenedTwice({.error = Errno::kEIO}));
  files->WriteBackUnmapped(0);
  EXPECT_EQ(files.unreported(0), Errno::kOk) << "nothing was dirty";
  files->Store(0, 3, 1);
  files->WriteBackUnmapped(0);
  EXPECT_FALSE(files.page(0, 3).dirty);
  EXPECT_EQ(files.unreported(0), Errno::kEIO);
  EXPECT_EQ(files.unreported(1), Errno::kEIO);
}

TEST(FileStates, DescriptorOpenedAnewHearsOnlyWhatNobodyHasHeard) {
  Files files(OpenedTwice({.error = Errno::kEIO}));
  files->Reopen(1);
  EXPECT_EQ(files.unreported(1), Errno::kOk) << "nothing has happened yet";
  files->Store(0, 0, 1);
  files->WriteBackUnmapped(0);
  files->Reopen(1);
  EXPECT_EQ(files.unreported(1), Errno::kEIO);
  files->WriteBack(Pages(0, 0, 1));
  EXPECT_EQ(files.unreported(1), Errno::kEIO) << "it was open before anybody heard";
  files->Reopen(1);
  EXPECT_EQ(files.unreported(1), Errno::kOk);
}

TEST(FileStates, FsyncFailsAsOftenAsTheServerIsTold) {
  Files files({Served({.error = Errno::kEIO, .times = 2})});
  files->TakeAnswer(Pages(0, 0, 1));
  files->TakeAnswer(Pages(0, 0, 1, /*asked=*/false));
  EXPECT_EQ(files.facts(0).fsync_error, Errno::kEIO) << "asked once so far";
  files->TakeAnswer(Pages(0, 0, 1));
  EXPECT_EQ(files.facts(0).fsync_error, Errno::kOk);
}

TEST(FileStates, ServerWithoutFsyncSaysSoForAllFilesOfItsConnection) {
  const Fault no_fsync = {.error = Errno::kENOSYS};
  Files files({Served(no_fsync), Served(no_fsync), Served()});
  EXPECT_FALSE(files.facts(0).server_lacks_fsync);
  EXPECT_EQ(files.facts(0).fsync_error, Errno::kENOSYS);
  files->TakeAnswer(Pages(0, 0, 1, /*asked=*/false));
  EXPECT_FALSE(files.facts(0).server_lacks_fsync);
  files->TakeAnswer(Pages(0, 0, 1));
  EXPECT_TRUE(files.facts(0).server_lacks_fsync);
  EXPECT_TRUE(files.facts(1).server_lacks_fsync);
  EXPECT_FALSE(files.facts(2).server_lacks_fsync);
}

TEST(FileStates, SignalEndsOneFsyncOfAServerThatLetsIt) {
  File interruptible = Served({.error = Errno::kEIO});
  interruptible.interrupts = Interrupts::kAnswered;
  Files files({interruptible, Served()});
  for (const FileId file : kTwoFiles) files->Interrupt(file);
  EXPECT_EQ(files.facts(0).fsync_error, Errno::kEINTR);
  EXPECT_EQ(files.facts(1).fsync_error, Errno::kOk);
  files->TakeAnswer(Pages(0, 0, 1));
  EXPECT_EQ(files.facts(0).fsync_error, Errno::kEIO);
}

TEST(FileStates, TruncationForgetsWhatIsCutOffAndWritesTheRestToTheServer) {
  Files files({Served({}, {.error = Errno::kEIO})});
  for (const uint64_t page : {0, 3}) files->Store(0, page, 1);
  EXPECT_THAT(files.facts(0).unwritable, ElementsAre(Range(0, 1), Range(3, 4)));
  files->Truncate(0, {2 * 4096});
  EXPECT_EQ(files->pages(0), 2u);
  EXPECT_EQ(files->contents(0).size(), 2u);
  EXPECT_THAT(files.facts(0).unwritable, IsEmpty());
  EXPECT_EQ(files.unreported(0), Errno::kEIO);
  files->Truncate(0, {4 * 4096});
  EXPECT_EQ(files.page(0, 3), FilePage{});
}

TEST(FileStates, ResetForgetsEverything) {
  Files files(OpenedTwice({.error = Errno::kEIO, .times = 1}));
  files->Store(0, 0, 1);
  files->WriteBackUnmapped(0);
  files->Truncate(0, {4096});
  files.ResetAll();
  EXPECT_EQ(files.unreported(0), Errno::kOk);
  EXPECT_EQ(files->pages(0), 4u);
  files->Store(0, 0, 1);
  EXPECT_THAT(files.facts(0).unwritable, ElementsAre(Range(0, 1))) << "the fault is there again";
}

}  // namespace
}  // namespace msyncspec
