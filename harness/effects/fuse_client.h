// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_CLIENT_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_CLIENT_H_

#include <fcntl.h>
#include <sys/types.h>

#include <csignal>

#include "absl/time/time.h"
#include "harness/effects/fuse_server.h"
#include "harness/effects/fuse_test.h"
#include "harness/executor/worker.h"

namespace msyncspec {

// A process of a test that maps a page of a server's file, calls msync with MS_SYNC, once more if
// that fails, and ends.
class FuseClient {
 public:
  FuseClient(const FuseServer& server, size_t file)
      : process_(Worker::Start([this, &server, file] { Run(server, file); }).value()) {}

  // Returns whether the process ends within `patience`.
  bool Wait(absl::Duration patience) { return process_.Wait(patience).has_value(); }

  // Whether the process has been killed and has not ended yet.
  bool IsDying() const { return process_.IsDying(); }

  void Send(int signal) const { kill(process_.pid(), signal); }

  // What the calls answered, as soon as they have.
  Errno answer() const { return answers_->first; }
  Errno second_answer() const { return answers_->second; }

 private:
  struct Answers {
    Errno first{kMaxErrno}, second{kMaxErrno};
  };

  void Run(const FuseServer& server, size_t file) const {
    signal(SIGUSR1, [](int) {});
    const OpenedFile opened = server.Open(file, O_RDWR).value();
    const MappedFile mapping(opened, 1);
    answers_->first = mapping.Sync(0, 1);
    if (answers_->first != Errno::kOk) answers_->second = mapping.Sync(0, 1);
  }

  SharedMemory<Answers> answers_;
  Worker process_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_CLIENT_H_
