// SPDX-License-Identifier: MIT
#include "harness/executor/performer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include <array>
#include <cstdio>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/executor/kernel_numbers.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

// Below 2 GiB, where 32-bit callers reach it, and above the places of programs and their heaps.
constexpr uint64_t kArenas[] = {0x10000000, 0x20000000, 0x30000000, 0x40000000, 0x60000000};

// A descriptor as a register holds it.
uint64_t Register(int value) { return static_cast<uint64_t>(int64_t{value}); }

uint64_t Protection(Access access) {
  return (Allows(access, Access::kRead) ? uint64_t{PROT_READ} : 0) |
         (Allows(access, Access::kWrite) ? uint64_t{PROT_WRITE} : 0);
}

uint64_t LockAllFlags(uint8_t options) {
  return ((options & kLockCurrent) != 0 ? uint64_t{MCL_CURRENT} : 0) |
         ((options & kLockFuture) != 0 ? uint64_t{MCL_FUTURE} : 0) |
         ((options & kLockAllOnFault) != 0 ? uint64_t{MCL_ONFAULT} : 0);
}

uint64_t MapType(const Step& step) {
  if ((step.options & kMapDroppable) != 0) return kMapDroppableFlag;
  return step.sharing == MapSharing::kShared ? MAP_SHARED : MAP_PRIVATE;
}

uint64_t RemapFlags(const Step& step) {
  if (!step.moves) return 0;
  return uint64_t{MREMAP_MAYMOVE | MREMAP_FIXED} |
         (step.keeps ? uint64_t{kMremapDontUnmapFlag} : 0);
}

uint64_t AdviceNumber(Advice advice) {
  constexpr int kNumbers[] = {MADV_DONTNEED, kMadvGuardInstall, kMadvGuardRemove, MADV_DONTFORK,
                              MADV_DOFORK};
  static_assert(std::size(kNumbers) == kAdvices);
  return static_cast<uint64_t>(kNumbers[static_cast<size_t>(advice)]);
}

}  // namespace

Errno Performer::Perform(const Step& step, uint8_t stored) {
  const Address at = Resolve(step.at, machine_, arena_);
  switch (step.kind) {
    case StepKind::kWrite:
      Write(step, stored);
      return Errno::kOk;
    case StepKind::kReopen:
      return Reopen(step);
    case StepKind::kFork:
      return Fork();
    case StepKind::kUserfault:
      return userfault_.Register(at, Resolve(step.length, machine_, at));
    default:
      return SystemCallFor(step).Make();
  }
}

Errno Performer::Fork() {
  const Errno answer = ContinueInChild();
  if (answer == Errno::kOk) userfault_.Close();
  return answer;
}

// Puts a new open file of the same object in the place of the descriptor.
Errno Performer::Reopen(const Step& step) const {
  const int descriptor = files_[static_cast<size_t>(step.file)]->descriptor();
  std::array<char, 32> link{};
  snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
  const int access = fcntl(descriptor, F_GETFL) & O_ACCMODE;
  const int again = open(link.data(), access | O_CLOEXEC);
  if (again < 0) return static_cast<Errno>(errno);
  const Errno answer =
      dup3(again, descriptor, O_CLOEXEC) < 0 ? static_cast<Errno>(errno) : Errno::kOk;
  close(again);
  return answer;
}

SystemCall Performer::SystemCallFor(const Step& step) const {
  const Address at = Resolve(step.at, machine_, arena_);
  const Bytes length = Resolve(step.length, machine_, at);
  switch (step.kind) {
    case StepKind::kMap:
      return MapCall(step, at, length);
    case StepKind::kUnmap:
      return {SYS_munmap, {at.value, length.count}};
    case StepKind::kProtect:
      return {SYS_mprotect, {at.value, length.count, Protection(step.access)}};
    case StepKind::kLock:
      return {SYS_mlock, {at.value, length.count}};
    case StepKind::kLockOnFault:
      return {SYS_mlock2, {at.value, length.count, MLOCK_ONFAULT}};
    case StepKind::kUnlock:
      return {SYS_munlock, {at.value, length.count}};
    case StepKind::kLockAll:
      return {SYS_mlockall, {LockAllFlags(step.options)}};
    case StepKind::kUnlockAll:
      return {SYS_munlockall, {}};
    case StepKind::kRemap:
      return {SYS_mremap,
              {at.value, length.count, Resolve(step.new_length, machine_, at).count,
               RemapFlags(step), Resolve(step.to, machine_, arena_).value}};
    case StepKind::kTruncate:
      return {SYS_ftruncate,
              {Register(files_[static_cast<size_t>(step.file)]->descriptor()), length.count}};
    case StepKind::kAdvise:
      return {SYS_madvise, {at.value, length.count, AdviceNumber(step.advice)}};
    case StepKind::kSeal:
      return {kMsealNumber, {at.value, length.count}};
    case StepKind::kWrite:
    case StepKind::kReopen:
    case StepKind::kSignal:
    case StepKind::kFork:
    case StepKind::kUserfault:
      break;
  }
  return {};
}

SystemCall Performer::MapCall(const Step& step, Address at, Bytes length) const {
  const OpenedFile* file = step.file == kNoFile ? nullptr : files_[static_cast<size_t>(step.file)];
  if (file != nullptr && file->segment() >= 0) {
    const bool writes = Allows(step.access, Access::kWrite);
    return {SYS_shmat,
            {Register(file->segment()), at.value,
             uint64_t{SHM_REMAP} | (writes ? 0 : uint64_t{SHM_RDONLY})}};
  }
  if (file != nullptr && file->home().begin < file->home().end) {
    return {SYS_mremap,
            {file->home().begin.value, length.count, length.count,
             uint64_t{MREMAP_MAYMOVE | MREMAP_FIXED}, at.value}};
  }
  uint64_t flags = MAP_FIXED | MapType(step);
  if (file == nullptr) flags |= MAP_ANONYMOUS;
  if ((step.options & kMapLocked) != 0) flags |= MAP_LOCKED;
  if ((step.options & kMapGrowsDown) != 0) flags |= MAP_GROWSDOWN;
  if ((step.options & kMapPopulate) != 0) flags |= MAP_POPULATE;
  return {SYS_mmap,
          {at.value, length.count, Protection(step.access), flags,
           Register(file == nullptr ? -1 : file->descriptor()),
           static_cast<uint64_t>(step.file_page) * machine_.page_size.count}};
}

// The byte is the first of its page: what observers look at.
void Performer::Write(const Step& step, uint8_t stored) const {
  const uint64_t page_size = machine_.page_size.count;
  const Address at = Resolve(step.at, machine_, arena_);
  const Address end = at + Resolve(step.length, machine_, at);
  if (at == end) return;
  for (uint64_t page = at.value & ~(page_size - 1); page < end.value; page += page_size) {
    *reinterpret_cast<volatile uint8_t*>(page) = stored;
  }
}

Errno Performer::Perform(const SymbolicCall& call) const {
  const Call registers = Resolve(call, machine_, arena_);
  return call.caller == Caller::kNative ? RawMsync(registers) : RawCompatMsync(registers);
}

void Performer::Clear() const {
  RawCall(SYS_munmap, arena_.value, kArenaPages * machine_.page_size.count);
}

absl::StatusOr<Address> FindArena(Bytes page_size) {
  // On both sides as much again stays free, so that no neighbour's growth or guard gap shows.
  const uint64_t pages = static_cast<uint64_t>(kArenaPages) * page_size.count;
  for (const uint64_t place : kArenas) {
    void* const wanted = reinterpret_cast<void*>(place - pages);
    void* const got =
        mmap(wanted, 3 * pages, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == MAP_FAILED) continue;
    munmap(got, 3 * pages);
    if (got == wanted) return Address{place};
  }
  return absl::ResourceExhaustedError(
      absl::StrCat("no room for the arena at any of ",
                   absl::StrJoin(kArenas, ", ", [](std::string* out, uint64_t place) {
                     absl::StrAppend(out, "0x", absl::Hex(place));
                   })));
}

}  // namespace msyncspec
