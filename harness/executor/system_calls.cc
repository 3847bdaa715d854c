// SPDX-License-Identifier: MIT
#include "harness/executor/system_calls.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdint>

namespace msyncspec {

#if defined(__x86_64__)

Errno RawCompatMsync(const Call& call) {
  constexpr uint32_t kI386Msync = 144;  // arch/x86/entry/syscalls/syscall_32.tbl
  int32_t result = 0;
  asm volatile("int $0x80"
               : "=a"(result)
               : "a"(kI386Msync), "b"(static_cast<uint32_t>(call.addr.value)),
                 "c"(static_cast<uint32_t>(call.length.count)),
                 "d"(static_cast<uint32_t>(call.flags.word()))
               : "memory", "cc", "r8", "r9", "r10", "r11");
  if (result == 0) return Errno::kOk;
  return result < 0 && result >= -int32_t{kMaxErrno} ? static_cast<Errno>(-result) : kStrangeAnswer;
}

namespace {

bool ProbeCompat() {
  const pid_t child = fork();
  if (child < 0) return false;
  if (child == 0) {
    const rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    // Length 0 at address 0 succeeds on every kernel, whatever is mapped.
    _exit(RawCompatMsync({}) == Errno::kOk ? 0 : 1);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool CanCallCompat() {
  static const bool can = ProbeCompat();
  return can;
}

#else

Errno RawCompatMsync(const Call&) { return Errno::kENOSYS; }

bool CanCallCompat() { return false; }

#endif

}  // namespace msyncspec
