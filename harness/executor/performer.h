// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_PERFORMER_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_PERFORMER_H_

#include <span>

#include "harness/executor/opened_file.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/userfault.h"
#include "harness/scenario/scenario.h"
#include "model/errno.h"
#include "model/machine.h"

namespace msyncspec {

// Performs steps and calls in this process with raw system calls, without allocating.
class Performer {
 public:
  // The arena is empty, and `files`, which outlive the performer, are those of the scenario.
  Performer(const Machine& machine, Address arena, std::span<const OpenedFile* const> files)
      : machine_(machine), arena_(arena), files_(files) {}

  // Performs `step` and returns its answer. A store that faults kills the process; others leave
  // the byte `stored`. A fork returns in the child.
  Errno Perform(const Step& step, uint8_t stored = 1);

  // Makes the call and returns its answer.
  Errno Perform(const SymbolicCall& call) const;

  // Empties the arena.
  void Clear() const;

  // Returns the system call that performs `step`, which is no store, fork or userfault.
  SystemCall SystemCallFor(const Step& step) const;

 private:
  SystemCall MapCall(const Step& step, Address at, Bytes length) const;
  void Write(const Step& step, uint8_t stored) const;
  Errno Reopen(const Step& step) const;
  Errno Fork();

  const Machine& machine_;
  const Address arena_;
  std::span<const OpenedFile* const> files_;
  UserfaultDescriptor userfault_;
};

// Returns a place below 2 GiB where kArenaPages pages and what stacks keep free around them are
// unmapped. ResourceExhausted if none is.
absl::StatusOr<Address> FindArena(Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_PERFORMER_H_
