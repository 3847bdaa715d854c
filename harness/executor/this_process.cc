// SPDX-License-Identifier: MIT
#include "harness/executor/this_process.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/executor/kernel_features.h"
#include "harness/executor/learn_kernel.h"
#include "harness/executor/performer.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/worker.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kOneCallPatience = absl::Seconds(10);
constexpr int kNoPage = 1;

// Whether this process may lock more memory than RLIMIT_MEMLOCK says. Its capabilities do not tell:
// the kernel asks for those in the first user namespace. So a child with a limit of 0 tries.
bool MayExceedLockLimit() {
  SharedMemory<Errno> answer;
  *answer = Errno::kEPERM;
  absl::StatusOr<Worker> worker = Worker::Start([&answer] {
    const rlimit none = {0, 0};
    setrlimit(RLIMIT_MEMLOCK, &none);
    void* page = mmap(nullptr, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page != MAP_FAILED) *answer = RawCall(SYS_mlock, page, size_t{1});
  });
  if (!worker.ok() || !worker->Wait(kOneCallPatience).has_value()) return false;
  return *answer == Errno::kOk;
}

}  // namespace

bool KernelIdentity::IsGvisor() const {
  return build == "#1 SMP Sun Jan 10 15:06:54 PST 2016" && absl::StartsWith(release, "4.4.0");
}

KernelIdentity IdentifyKernel() {
  utsname name = {};
  uname(&name);
  KernelIdentity identity = {.release = name.release,
                             .machine = name.machine,
                             .build = name.version,
                             .host = name.nodename};
  sscanf(name.release, "%d.%d.%d", &identity.version.major, &identity.version.minor,
         &identity.version.patch);
  return identity;
}

const Profile* ProfileOf(const KernelIdentity& kernel) {
  return ProfileFor(kernel.IsGvisor() ? KernelVersion{5, 18, 0} : kernel.version);
}

Machine ThisMachine() {
  // A kernel of 64 bits says so in its name, whoever asks.
  const bool wide_kernel = absl::EndsWith(IdentifyKernel().machine, "64");
  return {.address_bits = wide_kernel ? 64 : int{8 * sizeof(void*)},
          .argument_bits = 8 * sizeof(void*),
          .page_size = {static_cast<uint64_t>(sysconf(_SC_PAGESIZE))},
          .flags = {.async = MS_ASYNC, .invalidate = MS_INVALIDATE, .sync = MS_SYNC}};
}

absl::Status CanCheck(const Profile& profile) {
  const Machine here = ThisMachine();
  const Machine wanted = profile.abi.On(here);
  const auto unsupported = [&profile](const auto&... words) {
    return absl::UnimplementedError(
        absl::StrCat(profile.name, " cannot be checked here: ", words...));
  };
  if (!(wanted.flags == here.flags)) {
    return unsupported("its MS_ASYNC, MS_INVALIDATE and MS_SYNC are ", wanted.flags.async, ", ",
                       wanted.flags.invalidate, " and ", wanted.flags.sync, ", this machine's ",
                       here.flags.async, ", ", here.flags.invalidate, " and ", here.flags.sync);
  }
  if (wanted.page_size != here.page_size) {
    return unsupported("its pages have ", wanted.page_size.count, " bytes, this machine's ",
                       here.page_size.count);
  }
  if (wanted.address_bits != here.address_bits) {
    return unsupported("its kernel has ", wanted.address_bits, " bits, this one ",
                       here.address_bits);
  }
  if (wanted.argument_bits > here.argument_bits) {
    return unsupported("its callers have ", wanted.argument_bits, " bits, this program ",
                       here.argument_bits);
  }
  if (wanted.argument_bits < here.argument_bits && !CanCallCompat()) {
    return unsupported("this kernel has no entry for callers of ", wanted.argument_bits, " bits");
  }
  return absl::OkStatus();
}

Caller CallerOf(const Profile& profile) {
  const Machine here = ThisMachine();
  return profile.abi.On(here).argument_bits < here.argument_bits ? Caller::kCompat32
                                                                 : Caller::kNative;
}

Scenario AsCalledBy(const Profile& profile, const Scenario& scenario) {
  Scenario called = scenario;
  if (CallerOf(profile) == Caller::kNative) return called;
  for (Action& action : called.actions) {
    if (SymbolicCall* call = std::get_if<SymbolicCall>(&action)) call->caller = Caller::kCompat32;
  }
  return called;
}

absl::StatusOr<Surroundings> ReadSurroundings(const std::vector<File>& files) {
  Surroundings surroundings = {.machine = ThisMachine()};
  absl::StatusOr<Address> arena = FindArena(surroundings.machine.page_size);
  if (!arena.ok()) return arena.status();
  surroundings.arena = *arena;
  surroundings.stack_gap = {256 * surroundings.machine.page_size.count};
  rlimit limit = {};
  if (getrlimit(RLIMIT_STACK, &limit) == 0) surroundings.stack_limit = {limit.rlim_cur};
  static const bool may_exceed_lock_limit = MayExceedLockLimit();
  if (!may_exceed_lock_limit && getrlimit(RLIMIT_MEMLOCK, &limit) == 0 &&
      limit.rlim_cur != RLIM_INFINITY) {
    surroundings.lock_limit = Bytes{limit.rlim_cur};
  }
  surroundings.features = FeaturesOfThisKernel();
  surroundings.kernel = LearnKernelFacts(files);
  return surroundings;
}

void SetAmbient(const KernelView& view, Surroundings& surroundings) {
  std::vector<Mapping>& ambient = surroundings.ambient;
  ambient.clear();
  for (Mapping mapping : view.mappings()) {
    // No scenario asks for the access of these; without it a library's parts look alike.
    mapping.access = Access::kRead;
    mapping.offset = {};
    if (!ambient.empty() && Continues(ambient.back(), mapping)) {
      ambient.back().end = mapping.end;
    } else {
      ambient.push_back(mapping);
    }
  }
  // Without smaps it is not known what of it is locked.
  surroundings.ambient_known = view.source() == KernelView::Source::kSmaps;
}

bool DependsOnUnknown(const Surroundings& surroundings, const Call& call) {
  if (surroundings.ambient_known) return false;
  const Machine& machine = surroundings.machine;
  const uint64_t arena = static_cast<uint64_t>(kArenaPages) * machine.page_size.count;
  const uint64_t into = call.addr.value - surroundings.arena.value;
  const uint64_t length = machine.RoundUpToPages(call.length).count;
  if (!surroundings.ambient_is_plain) return into >= arena || length > arena - into;
  // A hole before or behind the arena decides; plain mappings add nothing to it.
  const bool reaches_arena = call.addr.value < surroundings.arena.value &&
                             length >= surroundings.arena.value - call.addr.value;
  return into >= arena && !reaches_arena;
}

absl::Status TryOneCall() {
  SharedMemory<Errno> answer;
  absl::StatusOr<Worker> worker = Worker::Start([&answer] {
    void* page = mmap(nullptr, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) _exit(kNoPage);
    *answer = RawMsync({.addr = {reinterpret_cast<uint64_t>(page)}, .length = {1}});
  });
  if (!worker.ok()) return worker.status();
  const std::optional<WorkerEnd> end = worker->Wait(kOneCallPatience);
  if (!end.has_value()) {
    return absl::UnavailableError("an msync of one private page does not come back");
  }
  if (end->signal != 0) {
    return absl::UnavailableError(absl::StrFormat(
        "msync is denied here: the process that calls it is killed by signal %d (%s)", end->signal,
        strsignal(end->signal)));
  }
  if (end->exit_status == kNoPage) return absl::InternalError("not even one page can be mapped");
  if (*answer != Errno::kOk) {
    return absl::UnavailableError(absl::StrCat(
        "msync is denied here: for a mapped private page it answers ", ErrnoName(*answer)));
  }
  return absl::OkStatus();
}

}  // namespace msyncspec
