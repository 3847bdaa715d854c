// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_ANSWERING_FILTER_H_
#define MSYNCSPEC_FUZZ_ANSWERING_FILTER_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace msyncspec {

// A call that waits for the word of the supervisor (seccomp_unotify(2)).
struct WaitingCall {
  int process = 0;
  bool compat = false;  // made as a 32-bit program does
  uint64_t args[3] = {};
};

// Makes every msync of this process and of those that it starts wait for the word of whoever holds
// the descriptor that is returned. Unimplemented where the kernel cannot do that.
absl::StatusOr<int> InstallAnsweringFilter();

// What becomes of a waiting call: it goes on to the kernel, or it returns 0 or an error's number.
struct Word {
  bool goes_on = true;
  int error = 0;
};

// Answers one waiting call, if there is one before the descriptor hangs up. Returns false when no
// process is left that could call.
absl::StatusOr<bool> AnswerOne(int descriptor, absl::FunctionRef<Word(const WaitingCall&)> answer);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_ANSWERING_FILTER_H_
