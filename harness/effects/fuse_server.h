// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_SERVER_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_SERVER_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "harness/effects/fuse_fault.h"
#include "harness/effects/fuse_log.h"
#include "harness/effects/fuse_mount.h"
#include "harness/effects/fuse_service.h"
#include "harness/effects/fuse_state.h"
#include "harness/executor/opened_file.h"
#include "harness/executor/worker.h"
#include "model/units.h"

namespace msyncspec {

// A file that a FUSE server starts with, full of zeros.
struct FuseFile {
  Bytes size{0};  // at most kMaxFuseFileBytes
  // ENOSYS means to the kernel that the server has no FSYNC: msync answers 0, and no file of this
  // server is ever sent one again.
  FuseFault on_fsync{};
  FuseFault on_write{};
  absl::Duration fsync_delay = absl::ZeroDuration();  // others are served meanwhile
  OnInterrupt on_interrupt = OnInterrupt::kIgnored;
};

struct FuseOptions {
  WritebackCache writeback_cache = WritebackCache::kOff;
  Mounting mounting = Mounting::kDetached;
};

// A filesystem of our own, served by a process of its own, which records the requests that reach
// it and answers them with faults if asked to. No other process sees the filesystem, and nothing of
// it is left when this process ends in whatever way.
//
// Processes forked from the one that started it may use all but the destructor.
class FuseServer {
 public:
  // Starts a server for `files`, named f0, f1 … To be called while this process has one thread.
  // PermissionDenied or Unimplemented names what is missing here; InvalidArgument is a fault that
  // no server can answer.
  static absl::StatusOr<std::unique_ptr<FuseServer>> Start(const FuseOptions& options,
                                                           std::span<const FuseFile> files);

  FuseServer(const FuseServer&) = delete;
  FuseServer& operator=(const FuseServer&) = delete;
  // Ends the server. Whoever waits for a reply gets ECONNABORTED, and every later request ENOTCONN.
  ~FuseServer();

  // Opens a file with the flags of open(2), O_CLOEXEC added. The opens of a file are numbered from
  // 0.
  absl::StatusOr<OpenedFile> Open(size_t file, int flags) const;

  // Returns how many requests have reached the server.
  uint64_t requests() const { return state_->log.size(); }
  // Returns the i-th of them, or nothing if the log has no room for it any more.
  std::optional<FuseRequest> request(uint64_t i) const { return state_->log.at(i); }

  // Returns what has reached the server of a file.
  std::span<const uint8_t> store(size_t file) const;

  // Replace what a file starts with, while no request is under way that it may concern.
  absl::Status SetFsyncFault(size_t file, const FuseFault& fault);
  absl::Status SetWriteFault(size_t file, const FuseFault& fault);
  void SetFsyncDelay(size_t file, absl::Duration delay);

  // Asks the server not to answer the n-th FSYNC from now (from 1, those of all files counted)
  // before Release.
  void HoldFsync(uint32_t n) { state_->hold.Ask(n); }
  bool IsHeld() const { return state_->hold.IsHeld(); }
  // Waits until that FSYNC has arrived and is held; returns false if it is not after `patience`.
  bool WaitUntilHeld(absl::Duration patience) const;
  // Lets what is held be answered, and holds nothing any more.
  void Release();
  // Does so by itself after `time`, whatever the caller does meanwhile.
  void ReleaseAfter(absl::Duration time);
  // Lets what is held be answered, and holds the n-th FSYNC after it.
  void ReleaseThenHold(uint32_t n);

  // Returns how many of the FSYNCs that wait for an answer have been interrupted by a signal.
  uint64_t interrupts() const { return state_->interrupts.load(); }

  pid_t pid() const { return process_->pid(); }

  // Whether the process has ended, which it does not before the destructor unless it is killed.
  bool HasEnded() const;

 private:
  explicit FuseServer(OpenedFile wake) : wake_(std::move(wake)) {}

  absl::Status Launch(const FuseOptions& options);

  SharedMemory<FuseState> state_;
  OpenedFile wake_;  // an eventfd
  std::optional<Worker> process_;
  std::optional<OpenedFile> root_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_SERVER_H_
