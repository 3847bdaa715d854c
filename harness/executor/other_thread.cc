// SPDX-License-Identifier: MIT
#include "harness/executor/other_thread.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "harness/executor/stopwatch.h"
#include "harness/executor/system_calls.h"

namespace msyncspec {
namespace {

// How long a step that waits for the answer is let wait before the answer comes: long enough that
// one that does not wait has come back.
constexpr absl::Duration kPatience = absl::Milliseconds(30);

constexpr absl::Duration kSignalPatience = absl::Seconds(2);
constexpr useconds_t kNap = 50;  // microseconds, while nothing is to be done

// A signal that interrupts and does nothing else.
void TakeSignals() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  sigaction(SIGUSR1, &action, nullptr);
}

}  // namespace

OtherThread::OtherThread(Performer& performer, ReplyGate& gate)
    : performer_(performer), gate_(gate), caller_(static_cast<pid_t>(syscall(SYS_gettid))) {
  TakeSignals();
  thread_ = std::thread([this] { Run(); });
}

OtherThread::~OtherThread() {
  state_ = State::kEnding;
  thread_.join();
}

void OtherThread::BeforeCall(std::span<const MeanwhileStep> steps) {
  steps_ = steps;
  call_ended_ = false;
  gate_.Hold(steps.front().step->moment.number());
  state_ = State::kWaiting;
}

void OtherThread::AfterCall() {
  call_ended_ = true;
  while (state_ != State::kIdle) sched_yield();
}

void OtherThread::Run() {
  while (state_ != State::kEnding) {
    if (state_ == State::kWaiting) {
      PerformSteps();
      state_ = State::kIdle;
    }
    usleep(kNap);
  }
}

void OtherThread::PerformSteps() {
  std::span<const MeanwhileStep> left = steps_;
  while (!left.empty()) {
    const int moment = left.front().step->moment.number();
    while (!gate_.IsHeld() && !call_ended_) sched_yield();
    signalled_ = false;
    // What no wait came for any more happens after the call.
    const bool held = gate_.IsHeld();
    for (; !left.empty() && left.front().step->moment.number() == moment; left = left.subspan(1)) {
      PerformStep(left.front(), held);
    }
    if (left.empty()) {
      gate_.Release();
    } else {
      gate_.ReleaseThenHold(left.front().step->moment.number() - moment);
    }
  }
}

void OtherThread::PerformStep(const MeanwhileStep& each, bool held) {
  if (each.observed->state == ActionObservation::State::kNotPerformed) return;
  each.observed->state = ActionObservation::State::kBegun;
  if (each.step->kind == StepKind::kSignal) {
    const uint64_t before = gate_.Interrupts();
    each.observed->answer = RawCall(SYS_tgkill, getpid(), caller_, SIGUSR1);
    // The server is to know of it before it may answer. It is told of the first alone.
    const Stopwatch waited;
    while (held && !signalled_ && gate_.Interrupts() == before && !call_ended_ &&
           waited.Elapsed() < kSignalPatience) {
      sched_yield();
    }
    signalled_ = true;
  } else {
    // What may wait for the answer must not be waited for by the answer. Whatever else waits does
    // so for ever, and is found out by that.
    const bool may_wait = held && each.object != kNoFile && each.object == gate_.HeldFile();
    if (may_wait) gate_.ReleaseAfter(kPatience);
    each.observed->answer = performer_.Perform(*each.step, each.stored);
    each.observed->waited = may_wait && !gate_.IsHeld();
  }
  each.observed->state = ActionObservation::State::kDone;
}

}  // namespace msyncspec
