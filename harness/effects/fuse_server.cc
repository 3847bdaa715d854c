// SPDX-License-Identifier: MIT
#include "harness/effects/fuse_server.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "harness/effects/fuse_waiting.h"
#include "harness/effects/pass_descriptor.h"
#include "harness/executor/stopwatch.h"

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

namespace msyncspec {
namespace {

constexpr absl::Duration kEndPatience = absl::Seconds(5);  // for an exit that takes its time
constexpr absl::Duration kPollStep = absl::Microseconds(100);

absl::Status CanAnswer(const FuseFault& fault) {
  if (fault.error <= kMaxFuseErrno) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("a FUSE server cannot answer error ",
                                                 static_cast<int>(fault.error), ": at most ",
                                                 static_cast<int>(kMaxFuseErrno)));
}

absl::Status CanServe(std::span<const FuseFile> files) {
  if (files.size() > kMaxFuseFiles) {
    return absl::UnimplementedError(
        absl::StrCat("a FUSE server has room for ", kMaxFuseFiles, " files only"));
  }
  for (const FuseFile& file : files) {
    if (file.size.count > kMaxFuseFileBytes) {
      return absl::UnimplementedError(
          absl::StrCat("a FUSE server has room for ", kMaxFuseFileBytes, " bytes a file only"));
    }
    for (const FuseFault& fault : {file.on_fsync, file.on_write}) {
      if (absl::Status status = CanAnswer(fault); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

void SetFiles(std::span<const FuseFile> files, FuseState& state) {
  state.file_count = files.size();
  for (size_t i = 0; i < files.size(); ++i) {
    FuseFileState& file = state.files[i];
    file.size.store(files[i].size.count);
    file.on_fsync.Set(files[i].on_fsync);
    file.on_write.Set(files[i].on_write);
    file.fsync_delay_ns.store(absl::ToInt64Nanoseconds(files[i].fsync_delay));
    file.on_interrupt = files[i].on_interrupt;
  }
}

// Closes every descriptor but the standard ones and these two, so that no file or pipe of the
// parent's lives on in the server. Where the kernel cannot, they do, as long as the parent lives.
void CloseAllBut(int one, int other) {
  const auto [low, high] = std::minmax(one, other);
  const auto close_between = [](int first, unsigned last) {
    if (first >= 0 && static_cast<unsigned>(first) <= last) {
      syscall(SYS_close_range, first, last, 0);
    }
  };
  close_between(STDERR_FILENO + 1, static_cast<unsigned>(low - 1));
  close_between(low + 1, static_cast<unsigned>(high - 1));
  close_between(high + 1, ~0U);
}

// The server process.
void RunServer(FuseState& state, const FuseOptions& options, int socket, int wake) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP}) std::signal(signal, SIG_IGN);
  CloseAllBut(socket, wake);
  absl::StatusOr<FuseMount> mount = MountFuse(options.mounting);
  if (!mount.ok()) {
    SendDescriptor(socket, mount.status());
    return;
  }
  {
    // The filesystem lives as long as its clients want it to, not as long as its server.
    const absl::StatusOr<OpenedFile> root = std::move(mount->root);
    SendDescriptor(socket, root);
  }
  close(socket);
  ServeFuse(state, mount->device.descriptor(), wake, options.writeback_cache);
}

}  // namespace

absl::StatusOr<std::unique_ptr<FuseServer>> FuseServer::Start(const FuseOptions& options,
                                                              std::span<const FuseFile> files) {
  if (absl::Status status = CanServe(files); !status.ok()) return status;
  const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0) return absl::ResourceExhaustedError(absl::StrCat("eventfd: ", strerror(errno)));
  std::unique_ptr<FuseServer> server(new FuseServer(OpenedFile::FromDescriptor(wake)));
  SetFiles(files, *server->state_);
  if (absl::Status status = server->Launch(options); !status.ok()) return status;
  return server;
}

absl::Status FuseServer::Launch(const FuseOptions& options) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::ResourceExhaustedError(absl::StrCat("socketpair: ", strerror(errno)));
  }
  const OpenedFile ours = OpenedFile::FromDescriptor(ends[0]);
  std::optional<OpenedFile> theirs = OpenedFile::FromDescriptor(ends[1]);
  absl::StatusOr<Worker> process =
      Worker::Start([&] { RunServer(*state_, options, theirs->descriptor(), wake_.descriptor()); });
  if (!process.ok()) return process.status();
  process_.emplace(*std::move(process));
  theirs.reset();  // so that the server's death is the end of what can be received
  absl::StatusOr<OpenedFile> root = ReceiveDescriptor(ours.descriptor());
  if (!root.ok()) return root.status();
  root_.emplace(*std::move(root));
  return absl::OkStatus();
}

FuseServer::~FuseServer() {
  if (!process_.has_value()) return;
  kill(process_->pid(), SIGKILL);  // not reaped yet, so that the number is still its own
  process_->Wait(kEndPatience);
}

bool FuseServer::HasEnded() const {
  siginfo_t ended = {};
  // It is left to be reaped, so that its number stays its own.
  return waitid(P_PID, static_cast<id_t>(pid()), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
         ended.si_pid != 0;
}

absl::StatusOr<OpenedFile> FuseServer::Open(size_t file, int flags) const {
  const std::string name = absl::StrCat("f", file);
  const int descriptor = openat(root_->descriptor(), name.c_str(), flags | O_CLOEXEC);
  if (descriptor >= 0) return OpenedFile::FromDescriptor(descriptor);
  return absl::InternalError(absl::StrCat("opening ", name, " on FUSE: ", strerror(errno)));
}

std::span<const uint8_t> FuseServer::store(size_t file) const {
  const FuseFileState& state = state_->files[file];
  return std::span(state.bytes).first(state.size.load());
}

absl::Status FuseServer::SetFsyncFault(size_t file, const FuseFault& fault) {
  if (absl::Status status = CanAnswer(fault); !status.ok()) return status;
  state_->files[file].on_fsync.Set(fault);
  return absl::OkStatus();
}

absl::Status FuseServer::SetWriteFault(size_t file, const FuseFault& fault) {
  if (absl::Status status = CanAnswer(fault); !status.ok()) return status;
  state_->files[file].on_write.Set(fault);
  return absl::OkStatus();
}

void FuseServer::SetFsyncDelay(size_t file, absl::Duration delay) {
  state_->files[file].fsync_delay_ns.store(absl::ToInt64Nanoseconds(delay));
}

bool FuseServer::WaitUntilHeld(absl::Duration patience) const {
  const Stopwatch waited;
  while (!state_->hold.IsHeld()) {
    if (waited.Elapsed() >= patience) return false;
    absl::SleepFor(kPollStep);
  }
  return true;
}

void FuseServer::Release() {
  state_->hold.Release();
  eventfd_write(wake_.descriptor(), 1);
}

void FuseServer::ReleaseAfter(absl::Duration time) {
  state_->hold.ReleaseAt(MonotonicNanoseconds() + absl::ToInt64Nanoseconds(time));
  eventfd_write(wake_.descriptor(), 1);
}

void FuseServer::ReleaseThenHold(uint32_t n) {
  state_->hold.ReleaseThenAsk(n);
  eventfd_write(wake_.descriptor(), 1);
}

}  // namespace msyncspec
