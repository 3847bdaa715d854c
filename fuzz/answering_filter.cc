// SPDX-License-Identifier: MIT
#include "fuzz/answering_filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

constexpr uint32_t kCompatMsync = 144;  // arch/x86/entry/syscalls/syscall_32.tbl

absl::Status Failed(const char* what) {
  return absl::UnimplementedError(absl::StrCat(what, ": ", strerror(errno)));
}

}  // namespace

absl::StatusOr<int> InstallAnsweringFilter() {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_I386, 0, 2),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kCompatMsync, 3, 2),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_msync, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
  };
  const sock_fprog program = {.len = std::size(filter), .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return Failed("prctl(PR_SET_NO_NEW_PRIVS)");
  const long descriptor =
      syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
  if (descriptor < 0) return Failed("seccomp(SECCOMP_FILTER_FLAG_NEW_LISTENER)");
  return static_cast<int>(descriptor);
}

absl::StatusOr<bool> AnswerOne(int descriptor, absl::FunctionRef<Word(const WaitingCall&)> answer) {
  pollfd waiting = {.fd = descriptor, .events = POLLIN, .revents = 0};
  if (poll(&waiting, 1, -1) < 0) return errno == EINTR;
  if ((waiting.revents & POLLIN) == 0) return false;
  seccomp_notif asked = {};
  if (ioctl(descriptor, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) {
    // Whoever called may have been killed meanwhile.
    if (errno == ENOENT || errno == EINTR) return true;
    return Failed("SECCOMP_IOCTL_NOTIF_RECV");
  }
  WaitingCall call = {.process = static_cast<int>(asked.pid),
                      .compat = asked.data.arch == AUDIT_ARCH_I386};
  std::copy_n(asked.data.args, std::size(call.args), call.args);
  const Word word = answer(call);
  seccomp_notif_resp reply = {.id = asked.id, .val = 0, .error = -word.error, .flags = 0};
  if (word.goes_on) reply = {.id = asked.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
  if (ioctl(descriptor, SECCOMP_IOCTL_NOTIF_SEND, &reply) == 0 || errno == ENOENT) return true;
  return Failed("SECCOMP_IOCTL_NOTIF_SEND");
}

}  // namespace msyncspec
