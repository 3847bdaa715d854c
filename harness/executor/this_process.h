// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_THIS_PROCESS_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_THIS_PROCESS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/executor/kernel_view.h"
#include "harness/scenario/layout.h"
#include "model/profile.h"

namespace msyncspec {

// What the running kernel says of itself.
struct KernelIdentity {
  KernelVersion version;
  std::string release;  // "6.18.44-amd64"
  std::string machine;  // "x86_64"
  std::string build;    // "#1 SMP PREEMPT_DYNAMIC Debian 6.18.44-1"
  std::string host;     // the name of the machine

  // Whether it is gVisor, which calls itself Linux 4.4.0 of a certain second.
  bool IsGvisor() const;
};

KernelIdentity IdentifyKernel();

// Returns the profile of the era that `kernel` is of, or null if there is none. gVisor tells 4.4.0,
// but its mremap is that of 5.18: it looks at its source first, and moves one mapping.
const Profile* ProfileOf(const KernelIdentity& kernel);

// Returns the machine that this process runs on, as a native caller.
Machine ThisMachine();

// Whether what `profile` says can be held against this machine; Unimplemented says what its ABI has
// that this one has not.
absl::Status CanCheck(const Profile& profile);

// Returns how calls have to be made here that `profile`, which can be checked, is to predict.
Caller CallerOf(const Profile& profile);

// Returns `scenario` with its native calls made in that way.
Scenario AsCalledBy(const Profile& profile, const Scenario& scenario);

// Returns everything about this process and its kernel that layouts of `files` depend on, but for
// its mappings, which have to be read later, when nothing more is allocated.
absl::StatusOr<Surroundings> ReadSurroundings(const std::vector<File>& files);

// Takes the ambient mappings from `view`, read while the arena is empty; neighbours that msync and
// mlockall treat alike count as one. Allocates nothing if `surroundings.ambient` has room for them.
void SetAmbient(const KernelView& view, Surroundings& surroundings);

// Whether the prediction for `call`, as the kernel receives it, may depend on what is mapped beyond
// the arena where that is not known.
bool DependsOnUnknown(const Surroundings& surroundings, const Call& call);

// Makes one msync that succeeds on every kernel, in a child: 0 flags, on a mapped private page.
// Unavailable says how it was denied (a seccomp filter that answers or kills); anything else is
// broken.
absl::Status TryOneCall();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_THIS_PROCESS_H_
