// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_SYSTEM_CALLS_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_SYSTEM_CALLS_H_

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "model/call.h"
#include "model/errno.h"

namespace msyncspec {

// An answer that is neither 0 nor an error number; no system call described here gives it.
inline constexpr Errno kStrangeAnswer = static_cast<Errno>(kMaxErrno + 1);

// Makes a system call past the C library's own wrappers, which sanitizers and preloaded libraries
// replace, and returns 0 or its error.
template <typename... Args>
inline Errno RawCall(long number, Args... args) {
  return ::syscall(number, args...) == -1 ? static_cast<Errno>(errno) : Errno::kOk;
}

// A system call as bare numbers.
struct SystemCall {
  long number = 0;
  std::array<uint64_t, 6> args{};

  Errno Make() const {
    return RawCall(number, args[0], args[1], args[2], args[3], args[4], args[5]);
  }
};

// Calls msync with these registers.
inline Errno RawMsync(const Call& call) {
  const long result = ::syscall(SYS_msync, call.addr.value, call.length.count, call.flags.word());
  if (result == 0) return Errno::kOk;
  return result == -1 ? static_cast<Errno>(errno) : kStrangeAnswer;
}

// Calls msync as a 32-bit program does, with the low halves of these registers. Kills the process
// where the kernel has no such entry: CanCallCompat tells beforehand.
Errno RawCompatMsync(const Call& call);

// Whether this architecture and kernel have a 32-bit entry. Asks once, in a child.
bool CanCallCompat();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_SYSTEM_CALLS_H_
