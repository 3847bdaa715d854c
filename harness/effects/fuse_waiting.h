// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_WAITING_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_WAITING_H_

#include <fuse3/fuse_lowlevel.h>

#include <cstdint>
#include <list>

#include "absl/time/time.h"
#include "harness/effects/fuse_state.h"
#include "harness/executor/stopwatch.h"

namespace msyncspec {

// Returns the time by the clock that FuseHold::ReleaseAt takes.
int64_t MonotonicNanoseconds();

// The FSYNCs whose replies a server keeps back, while it goes on serving everything else.
class FuseWaiting {
 public:
  explicit FuseWaiting(FuseState& state) : state_(state) {}

  bool empty() const { return waiting_.empty(); }

  // Keeps back the reply to an FSYNC, which the log has under `logged`, for as long as hold number
  // `hold` lasts (0 is none), and for `delay` at least.
  void Add(fuse_req_t request, const FuseRequest& fsync, uint64_t logged, uint64_t hold,
           absl::Duration delay);

  // Waits until `device` has a request, `wake` says that something was released, or a delay ends.
  void Wait(int device, int wake) const;

  // Sends the replies that nothing keeps back any more.
  void AnswerDue();

 private:
  struct Reply {
    FuseState* state;
    fuse_req_t request;
    uint64_t logged;
    uint64_t hold;
    absl::Duration delay;
    OnInterrupt on_interrupt;
    Errno answer;
    Stopwatch waited;
    bool interrupted = false;
  };

  static bool IsBroken(const Reply& reply);
  bool IsDue(const Reply& reply) const;

  FuseState& state_;
  std::list<Reply> waiting_;  // its elements stay where they are: interrupts point to them
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_WAITING_H_
