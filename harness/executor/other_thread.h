// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_OTHER_THREAD_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_OTHER_THREAD_H_

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <span>
#include <thread>

#include "harness/executor/file_provider.h"
#include "harness/executor/performer.h"
#include "harness/executor/run_scenario.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// A step of another thread, and where what became of it is noted.
struct MeanwhileStep {
  const Step* step = nullptr;
  FileId object = kNoFile;  // the file with whose object the step is concerned by its descriptor
  uint8_t stored = 0;       // what a store leaves
  ActionObservation* observed = nullptr;
};

// The second thread of a scenario: it performs steps while a call waits for a file server, which
// does not answer before they are done. Made before anything is measured; allocates nothing later.
class OtherThread {
 public:
  // Everything outlives the thread.
  OtherThread(Performer& performer, ReplyGate& gate);
  ~OtherThread();
  OtherThread(const OtherThread&) = delete;
  OtherThread& operator=(const OtherThread&) = delete;

  // Gives it the steps that concern the next call, in their order.
  void BeforeCall(std::span<const MeanwhileStep> steps);
  // Lets it finish, now that the call has ended.
  void AfterCall();

 private:
  enum class State : int { kIdle, kWaiting, kEnding };

  void Run();
  void PerformSteps();
  void PerformStep(const MeanwhileStep& each, bool held);

  Performer& performer_;
  ReplyGate& gate_;
  const pid_t caller_;  // the thread that makes the calls
  std::span<const MeanwhileStep> steps_;
  bool signalled_ = false;  // whether what waits has been interrupted before
  std::atomic<State> state_ = State::kIdle;
  std::atomic<bool> call_ended_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_OTHER_THREAD_H_
