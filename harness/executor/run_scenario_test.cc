// SPDX-License-Identifier: MIT
//
// Answers are written by hand, from what was measured on 6.18.44.
#include "harness/executor/run_scenario.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "harness/executor/opening_provider.h"
#include "harness/executor/this_process.h"
#include "harness/executor/worker.h"
#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;

constexpr absl::Duration kDeadline = absl::Seconds(60);  // for what takes no time at all

absl::StatusOr<Observation> RunText(absl::string_view text, FileProvider& provider = KernelFiles(),
                                    absl::Duration deadline = kDeadline) {
  return RunScenario(Parse(text).value().scenario, FindProfile("linux-6.18")->layout, provider,
                     deadline);
}

// Whether this machine or user cannot run it, which is no failure.
bool IsUnsupported(const absl::Status& status) {
  return absl::IsUnimplemented(status) || absl::IsPermissionDenied(status);
}

// Returns what every action answered: an errno, or what became of it instead.
std::string Answers(const Observation& observation) {
  constexpr const char* kStates[] = {"not-reached", "not-performed", "begun"};
  std::vector<std::string> answers;
  for (const ActionObservation& action : observation.actions) {
    answers.push_back(action.state == ActionObservation::State::kDone
                          ? ErrnoName(action.answer)
                          : kStates[static_cast<size_t>(action.state)]);
  }
  return absl::StrJoin(answers, " ");
}

struct BackingRow {
  std::string file;
  std::string answers;  // to map, MS_SYNC, MS_ASYNC, and no flag
};

class EachMappedFile : public testing::TestWithParam<BackingRow> {};

TEST_P(EachMappedFile, IsMappedAndAnswersMsync) {
  const auto observation = RunText(absl::StrCat("file f0 ", GetParam().file,
                                                "\n"
                                                "map p0 2p shared rw f0@0\n"
                                                "call addr=p0 len=2p flags=MS_SYNC\n"
                                                "call addr=p0 len=2p flags=MS_ASYNC\n"
                                                "call addr=p0 len=2p flags=0\n"));
  if (IsUnsupported(observation.status())) GTEST_SKIP() << observation.status();
  ASSERT_TRUE(observation.ok()) << observation.status();
  EXPECT_EQ(Answers(*observation), GetParam().answers);
  EXPECT_EQ(observation->signal, 0);
  EXPECT_FALSE(observation->hung);
}

INSTANTIATE_TEST_SUITE_P(
    RunScenario, EachMappedFile,
    testing::Values(BackingRow{"memfd 2p", "0 0 0 0"}, BackingRow{"tmpfs 2p", "0 0 0 0"},
                    BackingRow{"disk 2p", "0 0 0 0"}, BackingRow{"deleted 2p", "0 0 0 0"},
                    BackingRow{"dev_zero 2p", "0 0 0 0"}, BackingRow{"shm 2p", "0 0 0 0"},
                    BackingRow{"secret 2p", "0 EINVAL 0 0"},
                    BackingRow{"io_uring 2p", "0 EINVAL 0 0"},
                    BackingRow{"bpf_array 2p", "0 EINVAL 0 0"},
                    BackingRow{"memfd 2p readonly", "EACCES ENOMEM ENOMEM ENOMEM"}),
    [](const auto& row) { return absl::StrJoin(absl::StrSplit(row.param.file, ' '), "_"); });

struct CallRow {
  std::string text;
  std::string answers;
};

void ExpectAnswers(const CallRow& row) {
  const auto observation = RunText(row.text);
  ASSERT_TRUE(observation.ok()) << observation.status() << "\n" << row.text;
  EXPECT_EQ(Answers(*observation), row.answers) << row.text;
}

TEST(RunScenario, AnswersAsMeasured) {
  const CallRow kRows[] = {
      {"map p0 2p shared rw anon\nmap p3 1p private rw anon\nlock p3 1p\n"
       "call addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE\n"
       "call addr=p0 len=3p flags=MS_SYNC|MS_INVALIDATE\n"
       "call addr=p0 len=4p flags=MS_SYNC\n"
       "unlock p3 1p\ncall addr=p3 len=1p flags=MS_INVALIDATE\n",
       "0 0 0 EBUSY ENOMEM ENOMEM 0 0"},
      {"map p0 1p private none anon\nlock p0 1p\ncall addr=p0 len=1p flags=MS_INVALIDATE\n",
       "0 ENOMEM EBUSY"},
      {"call addr=p0 len=0 flags=0\ncall addr=p0 len=max-4094 flags=0\n"
       "call addr=p0+1 len=0 flags=0\ncall addr=p0 len=0 flags=0x8\n"
       "call addr=p0 len=0 flags=0x100000000\ncall addr=p0 len=0 flags=MS_ASYNC|MS_SYNC\n",
       "0 0 EINVAL EINVAL 0 EINVAL"},
  };
  for (const CallRow& row : kRows) ExpectAnswers(row);
}

TEST(RunScenario, CallsOverTheWholeAddressSpace) {
  ExpectAnswers(
      {"map p0 1p private rw anon locked\n"
       "call addr=0x0 len=to-last flags=MS_SYNC\n"
       "call addr=0x0 len=to-last flags=MS_ASYNC\n"
       "call addr=0x0 len=to-last flags=MS_INVALIDATE\n",
       "0 ENOMEM ENOMEM EBUSY"});
}

TEST(RunScenario, CallsAsA32BitProgramDoes) {
  const auto observation = RunText(
      "map p0 1p private rw anon\ncall addr=p0 len=max flags=0 caller=compat\n"
      "call addr=p0 len=1p flags=0 caller=compat\ncall addr=p0 len=max flags=0\n");
  if (IsUnsupported(observation.status())) GTEST_SKIP() << observation.status();
  ASSERT_TRUE(observation.ok()) << observation.status();
  EXPECT_EQ(Answers(*observation), "0 ENOMEM 0 0");
}

TEST(RunScenario, LocksSecretMemoryByItself) {
  if (IdentifyKernel().version >= KernelVersion{7, 2, 0}) {
    GTEST_SKIP() << "memfd_secret has lost its lock by 7.2";
  }
  const auto observation = RunText(
      "file f0 secret 1p\nmap p0 1p shared rw f0@0\nunlock p0 1p\n"
      "call addr=p0 len=1p flags=MS_INVALIDATE\n");
  if (IsUnsupported(observation.status())) GTEST_SKIP() << observation.status();
  ASSERT_TRUE(observation.ok()) << observation.status();
  EXPECT_EQ(Answers(*observation), "0 0 EBUSY");
}

TEST(RunScenario, PerformsEveryKindOfStep) {
  ExpectAnswers(
      {"file f0 memfd 4p\nmap p0 4p shared rw f0@0 populate\nwrite p0 4p\n"
       "protect p1 1p r\nlock p0 1p\nlock-on-fault p1 1p\nunlock p0 2p\n"
       "lock-all future\nmap p8 1p private rw anon\n"
       "call addr=p8 len=1p flags=MS_INVALIDATE\n"
       "unlock-all\nremap p8 1p 1p to=p10\nremap p10 1p 2p\n"
       "call addr=p10 len=2p flags=MS_INVALIDATE\n"
       "advise p0 4p dontneed\ntruncate f0 1p\nunmap p3 1p\n"
       "call addr=p0 len=4p flags=MS_SYNC\n",
       "0 0 0 0 0 0 0 0 EBUSY 0 0 0 0 0 0 0 ENOMEM"});
}

TEST(RunScenario, LeavesOutAStoreThatWouldFault) {
  ExpectAnswers(
      {"file f0 memfd 1p\nmap p0 2p shared rw f0@0\nwrite p1 1p\nwrite p2 1p\n"
       "call addr=p0 len=2p flags=MS_SYNC\n",
       "0 not-performed not-performed 0"});
}

TEST(RunScenario, SeesTheLayoutInTheEnd) {
  const auto observation =
      RunText("map p0 3p shared r anon\nunmap p1 1p\ncall addr=p0 len=0 flags=0\n");
  ASSERT_TRUE(observation.ok()) << observation.status();
  const Address arena = observation->surroundings.arena;
  const Bytes page = observation->surroundings.machine.page_size;
  Mapping first = {.begin = arena, .end = arena + page, .file = kUnnamedFile};
  first.sharing = Sharing::kShared;
  first.access = Access::kRead;
  Mapping last = first;
  last.begin = first.end + page;
  last.end = last.begin + page;
  const std::vector<Mapping> layout = {first, last};
  EXPECT_EQ(FirstDifference(layout, observation->view->mappings(), {arena, last.end + page}, page),
            std::nullopt);
}

TEST(RunScenario, IsUnsupportedWhereNobodyMakesTheFile) {
  const auto observation = RunText(
      "file f0 fuse 1p fsync=EIO\nmap p0 1p shared rw f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n");
  EXPECT_EQ(observation.status().code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(observation.status().message()), HasSubstr("fuse"));
}

TEST(RunScenario, IsUnsupportedWhereTheModelCannotFollow) {
  const auto observation =
      RunText("map p0 1p shared rw anon\nremap p0 0 1p to=p4\ncall addr=p0 len=1p flags=MS_SYNC\n");
  EXPECT_EQ(observation.status().code(), absl::StatusCode::kUnimplemented);
}

TEST(RunScenario, IsBrokenWhereTheProviderIs) {
  OpeningProvider provider([](const File&, Bytes) { return absl::InternalError("out of order"); });
  const auto observation = RunText("file f0 memfd 1p\ncall addr=p0 len=0 flags=0\n", provider);
  EXPECT_EQ(observation.status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(observation.status().message(), "memfd: out of order");
}

TEST(RunScenario, IsBrokenWhereTheProviderDies) {
  OpeningProvider provider([](const File&, Bytes) -> absl::StatusOr<OpenedFile> { _exit(1); });
  const auto observation = RunText("file f0 memfd 1p\ncall addr=p0 len=0 flags=0\n", provider);
  EXPECT_EQ(observation.status().code(), absl::StatusCode::kInternal);
}

TEST(RunScenario, GoesOnInAChildAndShowsItsLayout) {
  const auto observation = RunText(
      "map p0 1p private rw anon locked\n"
      "fork\n"
      "map p2 1p private rw anon\n"
      "call addr=p0 len=1p flags=MS_INVALIDATE\n");
  if (IsUnsupported(observation.status())) GTEST_SKIP() << observation.status();
  ASSERT_TRUE(observation.ok()) << observation.status();
  EXPECT_EQ(Answers(*observation), "0 0 0 0");
  const Address arena = observation->surroundings.arena;
  const Address p2 = arena + Bytes{2 * observation->surroundings.machine.page_size.count};
  bool seen = false;
  for (const Mapping& mapping : observation->view->mappings()) seen |= mapping.begin == p2;
  EXPECT_TRUE(seen || observation->view->source() == KernelView::Source::kNone);
}

TEST(RunScenario, EndsWhatIsNotDoneByTheDeadline) {
  const SharedMemory<std::atomic<pid_t>> pid;
  const absl::Time before = absl::Now();
  OpeningProvider provider([&pid](const File&, Bytes) -> absl::StatusOr<OpenedFile> {
    *pid = getpid();
    while (true) pause();
  });
  const auto observation =
      RunText("file f0 memfd 1p\ncall addr=p0 len=0 flags=0\n", provider, absl::Seconds(1));
  EXPECT_EQ(observation.status().code(), absl::StatusCode::kInternal);
  EXPECT_GE(absl::Now() - before, absl::Seconds(1));
  EXPECT_LT(absl::Now() - before, absl::Seconds(10));
  ASSERT_GT(*pid, 0);
  EXPECT_EQ(kill(*pid, 0), -1) << "process " << *pid << " is left";
  EXPECT_EQ(errno, ESRCH);
}

}  // namespace
}  // namespace msyncspec
