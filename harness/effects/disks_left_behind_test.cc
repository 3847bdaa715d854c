// SPDX-License-Identifier: MIT
// Whoever makes filesystems may be killed at any moment and leaves nothing.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "harness/effects/filesystem.h"
#include "harness/effects/full_disk.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {
namespace {

using testing::IsEmpty;
using testing::Not;

constexpr absl::Duration kPatience = absl::Seconds(20);  // the kernel cleans up in its own time
constexpr absl::Duration kPollStep = absl::Milliseconds(5);

std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The loop devices over files without a name, as ours are.
std::set<std::string> LoopDevices() {
  std::set<std::string> devices;
  std::error_code ignored;
  for (const auto& device : std::filesystem::directory_iterator("/sys/block", ignored)) {
    const bool unnamed =
        absl::StrContains(Contents(device.path() / "loop/backing_file"), "(deleted)");
    if (unnamed) devices.insert(device.path().filename());
  }
  return devices;
}

// The lines of mountinfo that could be ours.
std::vector<std::string> Mounts() {
  std::vector<std::string> lines = absl::StrSplit(Contents("/proc/self/mountinfo"), '\n');
  std::erase_if(lines, [](const std::string& line) {
    return !absl::StrContains(line, "/dev/loop") && !absl::StrContains(line, " - overlay ");
  });
  return lines;
}

std::set<std::string> NewSince(const std::set<std::string>& before) {
  std::set<std::string> devices = LoopDevices();
  for (const std::string& device : before) devices.erase(device);
  return devices;
}

// Returns the loop devices that were not there before and do not go away.
std::set<std::string> LeftBehind(const std::set<std::string>& before) {
  const Stopwatch waited;
  while (!NewSince(before).empty() && waited.Elapsed() < kPatience) absl::SleepFor(kPollStep);
  return NewSince(before);
}

// Makes filesystems without end, in a process that takes no care at all.
[[noreturn]] void MakeUntilKilled() {
  while (true) {
    for (const FilesystemKind kind : kFilesystemKinds) {
      const auto filesystem = MountedFilesystem::Make(kind);
      if (filesystem.ok()) (void)filesystem->OpenFile(uint64_t{1} << 16);
    }
    const auto disk = FullDisk::Make(uint64_t{16} << 20);
    if (disk.ok()) (void)MountedFilesystem::MakeOn(*disk);
  }
}

TEST(Disks, LeaveNothingWhenTheirMakerIsKilledAtAnyMoment) {
  if (!MountedFilesystem::Make(FilesystemKind::kTmpfs).ok()) GTEST_SKIP() << "nothing to make";
  constexpr int kKills = 25;
  const absl::Duration step = absl::Milliseconds(13);  // of no rhythm with what goes on
  const std::set<std::string> before = LoopDevices();
  const std::vector<std::string> mounts = Mounts();
  for (int kills = 0; kills < kKills; ++kills) {
    const pid_t maker = fork();
    ASSERT_GE(maker, 0);
    if (maker == 0) MakeUntilKilled();
    absl::SleepFor(kills * step);
    ASSERT_EQ(kill(maker, SIGKILL), 0);
    ASSERT_EQ(waitpid(maker, nullptr, 0), maker);
  }
  EXPECT_THAT(LeftBehind(before), IsEmpty());
  EXPECT_EQ(Mounts(), mounts);
}

TEST(Disks, LeaveNothingWhenTheyAreClosed) {
  const std::set<std::string> before = LoopDevices();
  const auto made = [] { return MountedFilesystem::Make(FilesystemKind::kOverlay).status(); }();
  if (!made.ok()) GTEST_SKIP() << made;
  EXPECT_THAT(LeftBehind(before), IsEmpty());
}

TEST(Disks, AreThereWhileTheyAreHeld) {
  const std::set<std::string> before = LoopDevices();
  const auto filesystem = MountedFilesystem::Make(FilesystemKind::kExt4);
  if (!filesystem.ok()) GTEST_SKIP() << filesystem.status();
  EXPECT_THAT(NewSince(before), Not(IsEmpty()));
}

}  // namespace
}  // namespace msyncspec
