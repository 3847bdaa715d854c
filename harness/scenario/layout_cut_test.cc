// SPDX-License-Identifier: MIT
//
// Sealed memfds, huge pages and mappings that are moved to their place. Answers are written by
// hand, from what was measured on 6.18.44.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// One scenario's steps, and what each answers: "0", an errno, "fault", or "?" where the model does
// not say.
struct Row {
  const char* steps;
  const char* answers;
};

std::string Answer(const StepPrediction& said) {
  if (said.kind == StepPrediction::Kind::kUnmodelled) return "?";
  return said.kind == StepPrediction::Kind::kFaults ? "fault" : ErrnoName(said.result);
}

void CheckAll(const char* files, std::span<const Row> rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.steps);
    const auto parsed = Parse(absl::StrCat(files, row.steps, "\ncall addr=p0 len=0 flags=0\n"));
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    const Surroundings surroundings = BareSurroundings();
    Layout layout(surroundings, FindProfile("linux-6.18")->layout);
    layout.Reset(parsed->scenario.files);
    std::vector<std::string> answers;
    for (const Action& action : parsed->scenario.actions) {
      const Step* step = std::get_if<Step>(&action);
      if (step != nullptr) answers.push_back(Answer(layout.Apply(*step)));
    }
    EXPECT_EQ(absl::StrJoin(answers, " "), row.answers);
  }
}

TEST(LayoutOfSealedSize, RefusesEveryOtherSize) {
  const Row kRows[] = {
      {"truncate f0 2p\ntruncate f0 1p\ntruncate f0 3p\ntruncate f0 2p-1\ntruncate f0 0",
       "0 EPERM EPERM EPERM EPERM"},
      {"truncate f1 2p\ntruncate f1 1p", "EINVAL EINVAL"},
      {"map p0 2p shared rw f0@0\nwrite p0 2p\nprotect p0 2p r\nprotect p0 2p rw", "0 0 0 0"},
  };
  CheckAll("file f0 sealed 2p\nfile f1 sealed 2p readonly\n", kRows);
}

TEST(LayoutOfSealedWriting, RefusesSharedWritersForGood) {
  const Row kRows[] = {
      {"map p0 2p shared rw f0@0\nmap p0 2p shared w f0@0", "EPERM EPERM"},
      {"map p0 2p shared r f0@0\nprotect p0 2p rw\nprotect p0 2p none\nprotect p0 2p r",
       "0 EACCES 0 0"},
      {"map p0 2p shared none f0@0\nprotect p0 2p w", "0 EACCES"},
      {"map p0 2p private rw f0@0\nwrite p0 2p\nprotect p0 2p r\nprotect p0 2p rw", "0 0 0 0"},
      {"map p0 2p shared rw f1@0\nmap p0 2p shared r f1@0\nprotect p0 2p rw", "EACCES 0 EACCES"},
      {"map p0 2p shared rw f0@0 growsdown", "EINVAL"},
      {"truncate f0 1p\ntruncate f0 4p", "0 0"},
      {"map p1 1p private rw anon\nmap p0 2p shared rw f0@0", "0 ?"},
  };
  CheckAll("file f0 sealed_write 2p\nfile f1 sealed_write 2p readonly\n", kRows);
}

TEST(LayoutOfHugePages, CutsThemNowhere) {
  const Row kRows[] = {
      {"map p0 1024p shared rw f0@0\nunmap p1 1p\nunmap p1 511p\nunmap p512 512p\nunmap p0 512p",
       "0 EINVAL EINVAL 0 0"},
      {"map p0 512p shared rw f0@0\nlock p3 1p\nlock p0 600p", "0 0 ENOMEM"},
      {"map p0 512p shared rw f0@0\nlock p1 2p\nunmap p3 1p\nunmap p0 512p", "0 0 EINVAL 0"},
      {"map p0 512p shared rw f0@0\nprotect p1 1p r", "0 ?"},
      {"map p0 512p shared rw f0@0\nprotect p0 512p r\nprotect p0 512p rw", "0 0 0"},
      {"map p0 512p shared rw f0@0\nmap p1 1p private rw anon", "0 ?"},
      {"map p0 512p shared rw f0@0\nadvise p0 512p dontneed", "0 ?"},
      {"map p0 512p shared rw f0@0\nremap p0 512p 513p", "0 ?"},
      {"map p0 1024p shared rw f0@0\nremap p0 1024p 512p", "0 0"},
      {"map p0 1024p shared rw f0@0\nremap p0 1024p 1023p", "0 ?"},
      {"truncate f0 1p\ntruncate f0 1\ntruncate f0 0", "EINVAL EINVAL 0"},
      {"map p0 512p shared rw f0@0\ntruncate f0 0\nwrite p0 1p\nlock p0 1p", "0 0 fault ENOMEM"},
      {"truncate f0 0\nmap p0 512p shared rw f0@0", "0 ?"},
  };
  CheckAll("file f0 hugetlb 1024p\n", kRows);
}

TEST(LayoutOfWhatIsMoved, IsMappedOnce) {
  const Row kRows[] = {
      {"map p0 2p shared rw f0@0\nmap p4 2p shared rw f0@0", "0 ?"},
      {"map p0+1 2p shared rw f0@0\nmap p0 2p shared rw f0@0", "EINVAL 0"},
      {"map p0 2p shared rw f0@0\nunmap p1 1p\nlock p0 1p\nremap p0 1p 2p\ntruncate f0 0",
       "0 0 0 EFAULT EBADF"},
      {"map p0 2p private r f1@0\nmap p4 2p private r f2@0", "0 ?"},
      {"map p0 2p private r f1@0\nunmap p0 1p\nunmap p1 1p\nunmap p0 2p", "0 EINVAL EINVAL 0"},
      {"map p0 2p private r f1@0\nlock p1 1p\nwrite p0 1\nprotect p0 1p none\nremap p0 2p 1p",
       "0 0 fault ? ?"},
      {"map p0 2p private r f1@0\nmap p1 1p private r anon", "0 ?"},
      {"map p0 2p private r f1@0\nmap p0 2p shared rw f0@0\nunmap p0 1p", "0 0 0"},
      {"lock-all future\nmap p0 2p shared rw f0@0\nadvise p0 2p dontneed", "0 0 ?"},
  };
  CheckAll("file f0 aio 2p\nfile f1 vdso 2p readonly\nfile f2 vdso 2p readonly\n", kRows);
}

TEST(LayoutOfWhatIsMoved, LeavesItsHome) {
  Surroundings surroundings = BareSurroundings();
  const Address home = {0x7f0000000000};
  const Bytes page = {4096};
  surroundings.ambient = {
      {.begin = home, .end = home + Bytes{3 * page.count}, .file = kUnnamedFile}};
  surroundings.homes[0] = {home + page, home + Bytes{2 * page.count}};
  Layout layout(surroundings, FindProfile("linux-6.18")->layout);
  const std::vector<File> files = {{.backing = Backing::kAio}};
  layout.Reset(files);
  layout.Apply({.at = {.pages = 5},
                .length = {.pages = 1},
                .sharing = MapSharing::kShared,
                .access = Access::kRead | Access::kWrite,
                .file = 0});
  EXPECT_NE(layout.space().At(surroundings.arena + Bytes{5 * page.count}), nullptr);
  EXPECT_NE(layout.space().At(home), nullptr);
  EXPECT_EQ(layout.space().At(home + page), nullptr);
  EXPECT_NE(layout.space().At(home + Bytes{2 * page.count}), nullptr);
}

}  // namespace
}  // namespace msyncspec
