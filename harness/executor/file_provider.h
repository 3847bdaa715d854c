// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_FILE_PROVIDER_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_FILE_PROVIDER_H_

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "harness/executor/observed_effects.h"
#include "harness/executor/opened_file.h"
#include "harness/scenario/scenario.h"
#include "model/address_space.h"
#include "model/call.h"
#include "model/errno.h"
#include "model/units.h"

namespace msyncspec {

// Holds back what a file server answers to fsync, so that something can happen meanwhile. Used by
// the threads of the process that makes the calls.
class ReplyGate {
 public:
  virtual ~ReplyGate() = default;

  // From now on the `n`-th fsync, counted from 1, is not answered before Release.
  virtual void Hold(int n) = 0;
  // Whether an answer is being held.
  virtual bool IsHeld() = 0;
  // The file with whose object the fsync is concerned that is held, or was last.
  virtual FileId HeldFile() = 0;
  // How often the server has been told that whoever waits has received a signal.
  virtual uint64_t Interrupts() = 0;
  // Answers what is held, or lets the one pass that was to be held.
  virtual void Release() = 0;
  // Does so later by itself, whatever the caller does meanwhile.
  virtual void ReleaseAfter(absl::Duration time) = 0;
  // Answers what is held, and holds the `n`-th fsync after that one.
  virtual void ReleaseThenHold(int n) = 0;
};

// Stands between a kernel's answers and whoever believes them, so that faults can be planted.
class AnswerFilter {
 public:
  virtual ~AnswerFilter() = default;

  // Returns what is to count as the answer to `call`, made in the layout `space`, to which the
  // kernel answered `answer`. Allocates nothing.
  virtual Errno Pass(const Call& call, const AddressSpace& space, Errno answer) = 0;
};

// Makes a scenario's files real, and sees what becomes of them.
class FileProvider {
 public:
  virtual ~FileProvider() = default;

  // Makes ready what `files` need besides the process that uses them: a server, a mounted
  // filesystem. Called before that process starts. What this machine or user cannot have is
  // Unimplemented or PermissionDenied, with the reason; anything else is broken.
  virtual absl::Status Prepare(std::span<const File> files, Bytes page_size) = 0;

  // Opens `files[i]`, which has an object of its own, in the process that uses it. Errors as above.
  virtual absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i,
                                          Bytes page_size) = 0;

  // Who holds back the answers of the server of prepared files, or null where there is none.
  virtual ReplyGate* gate() { return nullptr; }

  // What every answer of msync passes through, or null where it counts as it is.
  virtual AnswerFilter* answers() { return nullptr; }

  // The following see what actions do to the prepared files. All are called in the process that
  // uses them, but for the last; from Begin on nothing is allocated.
  virtual void Begin(std::span<const OpenedFile* const> /*opened*/) {}
  virtual void Before(size_t /*action*/) {}
  virtual void After(size_t /*action*/, bool /*is_call*/) {}
  // Called when that process has ended, however it did.
  virtual ObservedEffects TakeEffects() { return {}; }
};

// Returns the provider of everything that a kernel makes without help; it sees nothing.
FileProvider& KernelFiles();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_FILE_PROVIDER_H_
