// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_C_PROGRAM_H_
#define MSYNCSPEC_FUZZ_C_PROGRAM_H_

#include <string>

#include "absl/status/statusor.h"

namespace msyncspec {

// How a program ended.
struct ProgramEnd {
  int status = 0;      // its exit status, or 128 and the signal that ended it
  std::string output;  // of both streams
};

// Compiles the C program `source` with cc, where every warning is an error, and runs it. Both
// happen in a folder of its own beneath TMPDIR, which is gone afterwards. Unimplemented says why no
// compiler can be started; InvalidArgument, what the compiler says of the program.
absl::StatusOr<ProgramEnd> RunC(const std::string& source);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_C_PROGRAM_H_
