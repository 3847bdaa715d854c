// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <csignal>
#include <string>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr Access kReadWrite = Access::kRead | Access::kWrite;
constexpr char kExample[] =
    R"(# EBUSY wins over the hole before it, and what precedes the lock has been synced
file  f0  memfd 4p
map   p0 2p  shared rw  f0@0
map   p3 1p  private rw anon
lock  p3 1p
call  addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE
expect linux-6.18  EBUSY  by=mapping.locked  synced=f0[0,2p)
)";

AnnotatedScenario ExampleValue() {
  AnnotatedScenario value;
  value.scenario.files = {{.backing = Backing::kMemfd, .pages = 4}};
  value.scenario.actions = {
      Step{.kind = StepKind::kMap,
           .at = {.pages = 0},
           .length = {.pages = 2},
           .sharing = MapSharing::kShared,
           .access = kReadWrite,
           .file = 0},
      Step{
          .kind = StepKind::kMap, .at = {.pages = 3}, .length = {.pages = 1}, .access = kReadWrite},
      Step{.kind = StepKind::kLock, .at = {.pages = 3}, .length = {.pages = 1}},
      SymbolicCall{.addr = {.pages = 0}, .length = {.pages = 4}, .flags = SyncFlags(6)}};
  value.expectations = {{.action = 3,
                         .profile = "linux-6.18",
                         .outcomes = Outcomes(Errno::kEBUSY),
                         .rule = "mapping.locked",
                         .synced = {{{.file = 0, .end = {.pages = 2}}}}}};
  return value;
}

TEST(ScenarioText, ParsesToTheValueItDescribes) {
  const absl::StatusOr<AnnotatedScenario> parsed = Parse(kExample);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(*parsed, ExampleValue());
}

TEST(ScenarioText, PrintsWithoutCommentsAndWithOneSpaceBetweenWords) {
  EXPECT_EQ(Print(ExampleValue()),
            "file f0 memfd 4p\n"
            "map p0 2p shared rw f0@0\n"
            "map p3 1p private rw anon\n"
            "lock p3 1p\n"
            "call addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE\n"
            "expect linux-6.18 EBUSY by=mapping.locked synced=f0[0,2p)\n");
}

TEST(ExpectationText, IsPrintedAndParsedBackWithEveryAttribute) {
  AnnotatedScenario value = ExampleValue();
  value.scenario.actions[2] =
      Step{.kind = StepKind::kWrite, .at = {.pages = 3}, .length = {.pages = 1}};
  value.scenario.actions.push_back(SymbolicCall{.caller = Caller::kCompat32});
  value.expectations = {
      {.action = 0, .profile = "linux-3.16", .outcomes = Outcomes(Errno::kEACCES)},
      {.action = 2, .profile = "linux-6.18", .signal = SIGSEGV},
      {.action = 2, .profile = "linux-3.16", .signal = SIGBUS},
      {.action = 3, .profile = "linux-6.18", .synced = std::vector<ExpectedSync>{}},
      {.action = 4,
       .profile = "linux-1.3.21",
       .outcomes = Outcomes(Errno::kEIO),
       .rule = "file.fsync_error",
       .synced = {{{.file = 0, .to_end_of_file = true, .kind = SyncKind::kFull},
                   {.file = 1,
                    .begin = {.pages = 1},
                    .end = {.pages = 2, .bytes = 9},
                    .kind = SyncKind::kFull,
                    .answer = Errno::kEIO}}}}};
  EXPECT_EQ(Print(value),
            "file f0 memfd 4p\n"
            "map p0 2p shared rw f0@0\nexpect linux-3.16 EACCES\n"
            "map p3 1p private rw anon\n"
            "write p3 1p\nexpect linux-6.18 SIGSEGV\nexpect linux-3.16 SIGBUS\n"
            "call addr=p0 len=4p flags=MS_SYNC|MS_INVALIDATE\nexpect linux-6.18 0 synced=none\n"
            "call addr=p0 len=0 flags=0 caller=compat\n"
            "expect linux-1.3.21 EIO by=file.fsync_error "
            "synced=f0[all)+metadata,f1[1p,2p+9)+metadata!EIO\n");
  EXPECT_EQ(Parse(Print(value)).value(), value);
}

TEST(ExpectationText, TellsSyncsOfWhichTheFileWasNotAskedAndSeveralOutcomes) {
  AnnotatedScenario value = ExampleValue();
  Outcomes either(Errno::kOk);
  either.Add(Errno::kENOMEM);
  value.expectations = {
      {.action = 3,
       .profile = "linux-6.18",
       .outcomes = either,
       .rule = "range.interleaved",
       .synced = {{{.file = 0, .end = {.pages = 1}, .asked = false},
                   {.file = 0, .end = {.pages = 2}, .answer = Errno::kEIO, .asked = false},
                   {.file = 0, .to_end_of_file = true, .kind = SyncKind::kFull, .asked = false}}}}};
  const std::string text = Print(value);
  EXPECT_EQ(text.substr(text.find("expect")),
            "expect linux-6.18 0|ENOMEM by=range.interleaved "
            "synced=f0[0,1p)+unasked,f0[0,2p)+unasked!EIO,f0[all)+metadata+unasked\n");
  EXPECT_EQ(Parse(text).value(), value);
}

TEST(ScenarioText, AcceptsCarriageReturnsTabsBlankLinesAndAMissingLastNewline) {
  EXPECT_EQ(Parse("\r\n\t# nothing\r\nmap\tp0 1p private rw anon # a page\r\n"
                  "call addr=p0 len=1p flags=0 caller=native")
                .value(),
            Parse("map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n").value());
}

}  // namespace
}  // namespace msyncspec
