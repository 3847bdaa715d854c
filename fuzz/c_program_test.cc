// SPDX-License-Identifier: MIT
#include "fuzz/c_program.h"

#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace msyncspec {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr char kNothing[] = "int main(void) { return 0; }\n";

bool HasCompiler() { return !absl::IsUnimplemented(RunC(kNothing).status()); }

// An environment variable that is another for as long as this lives.
class Changed {
 public:
  Changed(const char* name, const std::string& value) : name_(name) {
    if (const char* old = getenv(name); old != nullptr) old_ = old;
    setenv(name, value.c_str(), 1);
  }
  ~Changed() { old_.empty() ? unsetenv(name_) : setenv(name_, old_.c_str(), 1); }
  Changed(const Changed&) = delete;
  Changed& operator=(const Changed&) = delete;

 private:
  const char* const name_;
  std::string old_;
};

TEST(RunC, TellsHowTheProgramEndedAndWhatItPrinted) {
  if (!HasCompiler()) GTEST_SKIP() << "no C compiler";
  const ProgramEnd end = RunC(
                             "#include <stdio.h>\nint main(void) { puts(\"out\"); fflush(stdout);"
                             " fputs(\"err\\n\", stderr); return 4; }\n")
                             .value();
  EXPECT_EQ(end.status, 4);
  EXPECT_EQ(end.output, "out\nerr\n");
}

TEST(RunC, AddsTheSignalTo128) {
  if (!HasCompiler()) GTEST_SKIP() << "no C compiler";
  EXPECT_EQ(RunC("#include <stdlib.h>\nint main(void) { abort(); }\n").value().status,
            128 + SIGABRT);
}

TEST(RunC, RefusesAProgramWithAWarning) {
  if (!HasCompiler()) GTEST_SKIP() << "no C compiler";
  const absl::Status status = RunC("int main(void) { int unused; return 0; }\n").status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("unused"));
}

TEST(RunC, SaysThatThereIsNoCompiler) {
  const Changed path("PATH", "/nonexistent");
  const absl::Status status = RunC(kNothing).status();
  EXPECT_TRUE(absl::IsUnimplemented(status)) << status;
}

TEST(RunC, LeavesNothingBehind) {
  std::string folder = testing::TempDir() + "c_program.XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  {
    const Changed temporary("TMPDIR", folder);
    RunC(kNothing).status().IgnoreError();
    RunC("no C\n").status().IgnoreError();
  }
  EXPECT_TRUE(fs::is_empty(folder));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace msyncspec
