// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_MAKE_FILE_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_MAKE_FILE_H_

#include <csignal>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Says that `what` failed with the current errno. A refusal means that this place cannot make the
// object; anything else that the harness is at fault.
absl::Status Failure(absl::string_view what);

uint64_t SizeOf(const File& file, Bytes page_size);

// Gives `descriptor`, which it takes, the file's size and, where the file is to be open for reading
// only, opens it once more so.
absl::StatusOr<OpenedFile> Finish(int descriptor, const File& file, Bytes page_size);

// Returns `writable`, or the same file open for reading only where that is asked for.
absl::StatusOr<OpenedFile> OpenedAsAsked(OpenedFile writable, const File& file);

// Returns a descriptor that comes from `original` as `file` says: a duplicate, or opened again.
absl::StatusOr<OpenedFile> OpenDerived(const File& file, const OpenedFile& original);

// Keeps the parent's death, which arrives as SIGTERM, from falling between the making of a thing
// that outlives the process and the taking away of its name.
class TerminationShield {
 public:
  TerminationShield() {
    sigset_t terminate;
    sigemptyset(&terminate);
    sigaddset(&terminate, SIGTERM);
    sigprocmask(SIG_BLOCK, &terminate, &before_);
  }
  ~TerminationShield() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  TerminationShield(const TerminationShield&) = delete;
  TerminationShield& operator=(const TerminationShield&) = delete;

 private:
  sigset_t before_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_MAKE_FILE_H_
