// SPDX-License-Identifier: MIT
#include "harness/effects/fuse_waiting.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>

namespace msyncspec {

int64_t MonotonicNanoseconds() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return absl::ToInt64Nanoseconds(absl::DurationFromTimespec(now));
}

void FuseWaiting::Add(fuse_req_t request, const FuseRequest& fsync, uint64_t logged, uint64_t hold,
                      absl::Duration delay) {
  Reply& reply = waiting_.emplace_back(Reply{.state = &state_,
                                             .request = request,
                                             .logged = logged,
                                             .hold = hold,
                                             .delay = delay,
                                             .on_interrupt = state_.files[fsync.file].on_interrupt,
                                             .answer = fsync.answer});
  fuse_req_interrupt_func(
      request,
      [](fuse_req_t, void* data) {
        auto& interrupted = *static_cast<Reply*>(data);
        interrupted.interrupted = true;
        interrupted.state->interrupts.fetch_add(1);
      },
      &reply);
  if (hold != 0) state_.hold.SetHeld(hold);
}

void FuseWaiting::Wait(int device, int wake) const {
  absl::Duration soonest = absl::InfiniteDuration();
  if (state_.hold.let_go_at_ns() != FuseHold::kNever) {
    soonest = absl::Nanoseconds(state_.hold.let_go_at_ns() - MonotonicNanoseconds());
  }
  for (const Reply& reply : waiting_) {
    if (reply.hold == 0 || state_.hold.IsReleased(reply.hold)) {
      soonest = std::min(soonest, reply.delay - reply.waited.Elapsed());
    }
  }
  pollfd ready[] = {{.fd = device, .events = POLLIN}, {.fd = wake, .events = POLLIN}};
  const timespec patience = absl::ToTimespec(std::max(soonest, absl::ZeroDuration()));
  ppoll(ready, std::size(ready), soonest == absl::InfiniteDuration() ? nullptr : &patience,
        nullptr);
  uint64_t releases = 0;
  if ((ready[1].revents & POLLIN) != 0 && read(wake, &releases, sizeof(releases)) < 0) return;
}

bool FuseWaiting::IsBroken(const Reply& reply) {
  return reply.interrupted && reply.on_interrupt == OnInterrupt::kAnswersEintr;
}

bool FuseWaiting::IsDue(const Reply& reply) const {
  if (IsBroken(reply)) return true;
  return (reply.hold == 0 || state_.hold.IsReleased(reply.hold)) &&
         reply.waited.Elapsed() >= reply.delay;
}

void FuseWaiting::AnswerDue() {
  if (MonotonicNanoseconds() >= state_.hold.let_go_at_ns()) state_.hold.Release();
  for (auto reply = waiting_.begin(); reply != waiting_.end();) {
    if (!IsDue(*reply)) {
      ++reply;
      continue;
    }
    if (IsBroken(*reply)) {
      reply->answer = Errno::kEINTR;
      state_.log.SetAnswer(reply->logged, reply->answer);
    }
    fuse_reply_err(reply->request, static_cast<int>(reply->answer));
    reply = waiting_.erase(reply);
  }
}

}  // namespace msyncspec
