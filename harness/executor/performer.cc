// SPDX-License-Identifier: MIT
#include "harness/executor/performer.h"

#include <sys/mman.h>
#include <sys/shm.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/executor/system_calls.h"

namespace msyncspec {
namespace {

// Below 2 GiB, where 32-bit callers reach it, and above the places of programs and their heaps.
constexpr uint64_t kArenas[] = {0x10000000, 0x20000000, 0x30000000, 0x40000000, 0x60000000};

int Protection(Access access) {
  return (Allows(access, Access::kRead) ? PROT_READ : 0) |
         (Allows(access, Access::kWrite) ? PROT_WRITE : 0);
}

int LockAllFlags(uint8_t options) {
  return ((options & kLockCurrent) != 0 ? MCL_CURRENT : 0) |
         ((options & kLockFuture) != 0 ? MCL_FUTURE : 0) |
         ((options & kLockAllOnFault) != 0 ? MCL_ONFAULT : 0);
}

}  // namespace

Errno Performer::Perform(const Step& step) const {
  const Address at = Resolve(step.at, machine_, arena_);
  const Bytes length = Resolve(step.length, machine_, at);
  switch (step.kind) {
    case StepKind::kMap:
      return Map(step, at, length);
    case StepKind::kUnmap:
      return RawCall(SYS_munmap, at.value, length.count);
    case StepKind::kProtect:
      return RawCall(SYS_mprotect, at.value, length.count, Protection(step.access));
    case StepKind::kLock:
      return RawCall(SYS_mlock, at.value, length.count);
    case StepKind::kLockOnFault:
      return RawCall(SYS_mlock2, at.value, length.count, MLOCK_ONFAULT);
    case StepKind::kUnlock:
      return RawCall(SYS_munlock, at.value, length.count);
    case StepKind::kLockAll:
      return RawCall(SYS_mlockall, LockAllFlags(step.options));
    case StepKind::kUnlockAll:
      return RawCall(SYS_munlockall);
    case StepKind::kRemap: {
      const Address to = Resolve(step.to, machine_, arena_);
      const int flags = step.moves ? MREMAP_MAYMOVE | MREMAP_FIXED : 0;
      return RawCall(SYS_mremap, at.value, length.count,
                     Resolve(step.new_length, machine_, at).count, flags, to.value);
    }
    case StepKind::kWrite:
      return Write(at, length);
    case StepKind::kTruncate:
      return RawCall(SYS_ftruncate, files_[static_cast<size_t>(step.file)]->descriptor(),
                     length.count);
    case StepKind::kAdvise:
      return RawCall(SYS_madvise, at.value, length.count, MADV_DONTNEED);
  }
  return kStrangeAnswer;
}

Errno Performer::Map(const Step& step, Address at, Bytes length) const {
  const OpenedFile* file = step.file == kNoFile ? nullptr : files_[static_cast<size_t>(step.file)];
  if (file != nullptr && file->segment() >= 0) {
    const int flags = SHM_REMAP | (Allows(step.access, Access::kWrite) ? 0 : SHM_RDONLY);
    return RawCall(SYS_shmat, file->segment(), at.value, flags);
  }
  int flags = MAP_FIXED | (step.sharing == MapSharing::kShared ? MAP_SHARED : MAP_PRIVATE);
  if (file == nullptr) flags |= MAP_ANONYMOUS;
  if ((step.options & kMapLocked) != 0) flags |= MAP_LOCKED;
  if ((step.options & kMapGrowsDown) != 0) flags |= MAP_GROWSDOWN;
  if ((step.options & kMapPopulate) != 0) flags |= MAP_POPULATE;
  return RawCall(SYS_mmap, at.value, length.count, Protection(step.access), flags,
                 file == nullptr ? -1 : file->descriptor(),
                 static_cast<uint64_t>(step.file_page) * machine_.page_size.count);
}

Errno Performer::Write(Address at, Bytes length) const {
  const uint64_t in_page = machine_.page_size.count - 1;
  const uint64_t end = at.value + length.count;
  for (uint64_t place = at.value; place < end; place = (place | in_page) + 1) {
    *reinterpret_cast<volatile char*>(place) = 1;
  }
  return Errno::kOk;
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
