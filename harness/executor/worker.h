// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_WORKER_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_WORKER_H_

#include <sys/mman.h>
#include <sys/types.h>

#include <new>
#include <optional>
#include <type_traits>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "model/errno.h"

namespace msyncspec {

// One value in memory that a worker and its parent share. What a worker wrote before it died stays.
template <typename Value>
class SharedMemory {
 public:
  SharedMemory() {
    void* place =
        mmap(nullptr, sizeof(Value), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED) throw std::bad_alloc();
    value_ = new (place) Value();
  }
  ~SharedMemory() { munmap(value_, sizeof(Value)); }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  Value* operator->() const { return value_; }
  Value& operator*() const { return *value_; }

 private:
  static_assert(std::is_trivially_destructible_v<Value>);
  Value* value_;
};

// How a worker ended: by itself with an exit status, or by a signal.
struct WorkerEnd {
  int exit_status = 0;
  int signal = 0;  // 0 if it ended by itself
};

// A child process that does what may crash or hang. It dies with its parent. Destroying a Worker
// ends the process and whatever it started.
class Worker {
 public:
  // Starts a process that runs `body` and ends with status 0. ResourceExhausted where it cannot.
  static absl::StatusOr<Worker> Start(absl::FunctionRef<void()> body);

  Worker(Worker&& other) noexcept;
  Worker& operator=(Worker&&) = delete;
  ~Worker();

  // Returns the number of the process: no other's until Wait has returned its end.
  pid_t pid() const { return pid_; }

  // Returns how the process ended, or nothing if it still runs after `patience`.
  std::optional<WorkerEnd> Wait(absl::Duration patience);

  // Whether it has been killed and has not ended yet: it waits for a file server, say, and ends
  // when that has. False where /proc does not tell.
  bool IsDying() const;

  // Kills the process and whatever it started, and waits a while for the end. Returns false if the
  // kernel does not let go of it.
  bool Kill();

 private:
  explicit Worker(pid_t pid, int pidfd) : pid_(pid), pidfd_(pidfd) {}

  pid_t pid_;
  int pidfd_;  // -1 where the kernel has none
  std::optional<WorkerEnd> end_;
};

// Forks this process, which is a worker, and goes on in the child: it returns 0 there alone. The
// worker waits for the child and ends as that ended. In the worker it returns the error of a fork
// that cannot be made.
Errno ContinueInChild();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_WORKER_H_
