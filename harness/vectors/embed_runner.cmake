# SPDX-License-Identifier: MIT
# Writes OUTPUT, the source file that defines RunnerTemplate() and RunnerChildTemplate(), from
# RUNNER and CHILD.
file(READ "${RUNNER}" runner)
file(READ "${CHILD}" child)
file(
  WRITE "${OUTPUT}"
  "// Made by harness/vectors/embed_runner.cmake from runner.c.in and runner_child.c.in.
#include \"harness/vectors/c_runner.h\"

namespace msyncspec {

absl::string_view RunnerTemplate() { return R\"runner(${runner})runner\"; }

absl::string_view RunnerChildTemplate() { return R\"runner(${child})runner\"; }

}  // namespace msyncspec
")
