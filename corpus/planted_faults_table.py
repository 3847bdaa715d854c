# SPDX-License-Identifier: MIT
"""The faults that planted_faults.py plants: ways in which one gets msync wrong.

Those of the arguments and the walk stand here; those of what is synced, of the files, the profiles
and the documents in files of their own.

The original text occurs exactly once in its file. A change that no scenario could show (because no
rule depends on it) is not a fault, and has no place here.
"""

from planted_fault import (ARGUMENTS, LINUX, MACHINE, PREDICT, SPACE, SPACE_HEADER, TODAY, WALK,
                           Fault, today)
from planted_faults_documents import DOCUMENT_FAULTS
from planted_faults_effects import EFFECT_FAULTS
from planted_faults_files import FILE_FAULTS
from planted_faults_profiles import PROFILE_FAULTS

ORDER = ("kLinux = {kUnknownFlag, kUnalignedAddress, kAsyncAndSync, kWrappingRange,\n"
         "                               kEmptyRange}")
ROUNDING = (ARGUMENTS, PREDICT)  # who rounds lengths
SEARCH = (SPACE, WALK)  # who searches for mappings


def order(*rules):
    return "kLinux = {" + ", ".join(rules) + "}"


FAULTS = [
    # The order of the argument checks.
    Fault("alignment is checked before the flags", ARGUMENTS, ORDER,
          order("kUnalignedAddress", "kUnknownFlag", "kAsyncAndSync", "kWrappingRange",
                "kEmptyRange")),
    Fault("MS_ASYNC with MS_SYNC is checked before unknown flags", ARGUMENTS, ORDER,
          order("kAsyncAndSync", "kUnknownFlag", "kUnalignedAddress", "kWrappingRange",
                "kEmptyRange")),
    Fault("MS_ASYNC with MS_SYNC is checked before alignment", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kAsyncAndSync", "kUnalignedAddress", "kWrappingRange",
                "kEmptyRange")),
    Fault("the wrap is checked before MS_ASYNC with MS_SYNC", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kUnalignedAddress", "kWrappingRange", "kAsyncAndSync",
                "kEmptyRange")),
    Fault("an empty range succeeds before MS_ASYNC with MS_SYNC is checked", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kUnalignedAddress", "kEmptyRange", "kAsyncAndSync",
                "kWrappingRange")),
    Fault("an empty range succeeds before alignment is checked", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kEmptyRange", "kUnalignedAddress", "kAsyncAndSync",
                "kWrappingRange")),

    # The argument checks themselves.
    Fault("the sign bit of flags is not an unknown flag", ARGUMENTS,
          "call.flags.UnknownBits(machine.flags) != 0",
          "(call.flags.UnknownBits(machine.flags) & 0x7fffffff) != 0"),
    Fault("a misaligned address is never noticed", ARGUMENTS,
          "return !machine.IsPageAligned(call.addr)", "return (void)call, (void)machine, false"),
    Fault("neither MS_ASYNC nor MS_SYNC is refused", ARGUMENTS,
          "call.flags.Has(machine.flags.async) && call.flags.Has(machine.flags.sync)",
          "call.flags.Has(machine.flags.async) == call.flags.Has(machine.flags.sync)"),
    Fault("a wrap is never noticed", ARGUMENTS,
          "RoundUpToPages(call.length)) < call.addr", "RoundUpToPages(call.length)) < Address{0}"),
    Fault("an empty range counts as wrapping", ARGUMENTS,
          "RoundUpToPages(call.length)) < call.addr", "RoundUpToPages(call.length)) <= call.addr"),
    Fault("a range that ends exactly at the end of the address space does not wrap", ARGUMENTS,
          "machine.Add(call.addr, machine.RoundUpToPages(call.length)) < call.addr",
          "machine.Add(call.addr, machine.RoundUpToPages(call.length)) < call.addr && "
          "machine.Add(call.addr, machine.RoundUpToPages(call.length)) != Address{0}"),
    Fault("the wrap is looked for before the length is rounded", ARGUMENTS,
          "machine.Add(call.addr, machine.RoundUpToPages(call.length)) < call.addr",
          "machine.Add(call.addr, call.length) < call.addr"),
    Fault("a wrapping range is EINVAL", ARGUMENTS, ".then = Errno::kENOMEM",
          ".then = Errno::kEINVAL"),
    Fault("an empty range is EINVAL", ARGUMENTS, ".then = Errno::kOk}", ".then = Errno::kEINVAL}"),
    Fault("only length 0 is an empty range", ARGUMENTS,
          "return machine.RoundUpToPages(call.length) == Bytes{0}",
          "return (void)machine, call.length == Bytes{0}"),

    # Registers and rounding.
    Fault("flags is 64 bits wide", MACHINE, "call.flags.word() & Ones(32)",
          "call.flags.word() & Ones(64)", sources=(PREDICT,)),
    Fault("a 32-bit caller's length is 64 bits wide", MACHINE, "call.length.count & registers",
          "call.length.count", sources=(PREDICT,)),
    Fault("a 32-bit caller's address is 64 bits wide", MACHINE,
          "call.addr.value & registers;", "call.addr.value;", sources=(PREDICT,)),
    Fault("a 32-bit caller's length wraps when rounded", MACHINE,
          "~in_page & Ones(address_bits)", "~in_page & Ones(argument_bits)", sources=ROUNDING),
    Fault("lengths are rounded down", MACHINE, "(length.count + in_page) & ~in_page",
          "length.count & ~in_page", sources=ROUNDING),
    Fault("the walk takes the length as it is", PREDICT,
          "machine.RoundUpToPages(received.length))}", "received.length)}"),
    Fault("the checks see the registers uncut", PREDICT,
          "DecidingRow(profile, machine, received); row",
          "DecidingRow(profile, machine, call); row"),

    # Holes.
    Fault("the walk stops at the first hole", WALK, "        remembered = behaviour_.hole;\n",
          "        return Stop(kHoleRemembered, {start, mapping.begin}, behaviour_.hole);\n"),
    Fault("a hole is forgotten when a later mapping ends the range", WALK,
          ": Finish(remembered)",
          ": Finish(start > range_.begin ? Errno::kOk : remembered)"),
    Fault("the mapping just behind the range is looked at", WALK,
          "if (mapping.begin >= range_.end) {", "if (mapping.begin > range_.end) {"),
    Fault("a hole at the end of the range is not noticed", WALK,
          "return Stop(kHoleReachesEnd, {start, range_.end}, behaviour_.hole)",
          "return Finish(remembered)"),
    Fault("a hole with nothing behind it is not noticed", WALK,
          "return Stop(kHoleToTheEnd, {start, range_.end}, behaviour_.hole)",
          "return Finish(remembered)"),
    Fault("MS_ASYNC with MS_INVALIDATE stops at a hole", WALK,
          "flags_.word() == numbers_.async", "flags_.Has(numbers_.async)"),
    Fault("MS_ASYNC goes on behind a hole", LINUX, TODAY,
          today("async_at_hole", "AsyncAtHole::kGoesOn")),
    Fault("a hole is EFAULT", LINUX, TODAY, today("hole", "Errno::kEFAULT")),

    # Locks.
    Fault("locks are never looked for", LINUX, TODAY, today("lock_test", "LockTest::kNone")),
    Fault("a lock is EBUSY without MS_INVALIDATE", WALK,
          "flags_.Has(numbers_.invalidate) && mapping.locked()", "mapping.locked()"),
    Fault("the lock of private memory does not matter", WALK,
          "flags_.Has(numbers_.invalidate) && mapping.locked()",
          "flags_.Has(numbers_.invalidate) && mapping.sharing != Sharing::kPrivate && "
          "mapping.locked()"),
    Fault("a lock on fault is no lock", SPACE_HEADER, "lock != Lock::kUnlocked",
          "lock == Lock::kLocked", sources=(WALK,)),
    Fault("a locked mapping is synced before its lock is tested", WALK,
          "        return Stop(kLocked, part, Errno::kEBUSY);",
          "        if (const Errno error = Sync(mapping, part); error != Errno::kOk) {\n"
          "          return error;\n"
          "        }\n"
          "        return Stop(kLocked, part, Errno::kEBUSY);"),
    Fault("a lock is only remembered", WALK, "        return Stop(kLocked, part, Errno::kEBUSY);",
          "        remembered = Errno::kEBUSY;"),
    Fault("locks are looked for beforehand", WALK,
          "Errno Run() { return From(range_.begin, Errno::kOk); }",
          "Errno Run() {\n"
          "    for (const Mapping& mapping : space_.From(range_.begin)) {\n"
          "      if (mapping.begin >= range_.end) break;\n"
          "      if (flags_.Has(numbers_.invalidate) && mapping.locked() &&\n"
          "          behaviour_.lock_test == LockTest::kBeforeEachSync) {\n"
          "        return Stop(kLocked, range_, Errno::kEBUSY);\n"
          "      }\n"
          "    }\n"
          "    return From(range_.begin, Errno::kOk);\n"
          "  }"),

    # The address space.
    Fault("the walk begins with the mapping that ends where the range begins", WALK,
          "for (const Mapping& mapping : space_.From(start))",
          "for (const Mapping& mapping : space_.From(start - Bytes{1}))"),
    Fault("the walk begins with the mapping behind the first page", WALK,
          "for (const Mapping& mapping : space_.From(start))",
          "for (const Mapping& mapping : space_.From(start + Bytes{4096}))"),
    Fault("the search does not look at the last mapping that is left", SPACE_HEADER,
          "left = mappings_.size(); left > 0;)", "left = mappings_.size(); left > 1;)",
          sources=SEARCH),
    Fault("the search takes the mapping that ends where the range begins", SPACE_HEADER,
          "first[half].end <= address", "first[half].end < address", sources=SEARCH),
    Fault("a mapping that is cut keeps its file offset", SPACE,
          "if (mapping.file >= 0) mapping.offset =", "if (mapping.file < 0) mapping.offset ="),
    Fault("mappings of one file join whatever their offsets", SPACE,
          "expected.offset = left.offset + left.length()", "expected.offset = right.offset"),
    Fault("locked and unlocked mappings join", SPACE, "  expected.end = right.end;\n",
          "  expected.end = right.end;\n  expected.lock = right.lock;\n"),
    Fault("a new mapping that continues another stays apart", SPACE,
          "if (joining == Joining::kNever || joining == Joining::kNotFollowed) return;", "return;"),
    Fault("mappings that have become alike stay apart", SPACE,
          "if (joining == Joining::kJoins) return true;",
          "if (joining == Joining::kJoins) return false;"),
    Fault("mappings of a server's file that have become alike vanish", SPACE,
          "if (joining == Joining::kNotFollowed) return false;",
          "if (joining != Joining::kNotFollowed) return true;\n  return false;"),
    Fault("unmapping a part removes the rest behind it", SPACE,
          "void AddressSpace::Remove(AddressRange range) {\n"
          "  SplitAt(range.begin);\n  SplitAt(range.end);\n",
          "void AddressSpace::Remove(AddressRange range) {\n  SplitAt(range.begin);\n"),

    # The walk of 2.6.17 and 2.6.18.
    Fault("2.6.17 forgot a hole whatever the flags", WALK,
          "behaviour_.faults == LoopFaults::kLosesHoles && flags_.Has(numbers_.sync) &&",
          "behaviour_.faults == LoopFaults::kLosesHoles &&"),
    Fault("2.6.17 forgot a hole before a private mapping", WALK,
          "last.sharing == Sharing::kShared", "last.sharing != Sharing::kSharedReadOnlyFile"),
    Fault("2.6.17 told of a hole at the end of the range", WALK,
          "behaviour_.faults == LoopFaults::kLosesHoles && start > range_.begin", "false"),
    Fault("2.6.17 left the mapping behind the range alone", WALK,
          "          if (LosesHolesAt(mapping)) return SyncBehind(mapping, {start, range_.end});\n",
          ""),
    Fault("2.6.17 looked for the lock of the mapping behind the range", WALK,
          "if (LosesHolesAt(mapping)) return SyncBehind",
          "if (LosesHolesAt(mapping) && !(flags_.Has(numbers_.invalidate) && mapping.locked())) "
          "return SyncBehind"),
    Fault("2.6.17 swallowed the error of the mapping behind the range", WALK,
          "{mapping.begin, mapping.begin}); error != Errno::kOk) {",
          "{mapping.begin, mapping.begin}); false) {"),
    Fault("2.6.17 told of the hole after it had synced behind the range", WALK,
          "return Stop(kSyncedBehind, hole, Errno::kOk)",
          "return Stop(kSyncedBehind, hole, behaviour_.hole)"),
    Fault("a forgotten hole counts as covered", WALK,
          "Stop(remembered == Errno::kOk ? kCovered : kHoleForgotten",
          "Stop(remembered == Errno::kOk ? kCovered : kCovered"),

    # What MS_ASYNC did.
    Fault("MS_ASYNC once reached private memory", WALK,
          "    if (mapping.sharing == Sharing::kPrivate) return Pass(kPrivate, part);\n",
          "    if (!sync) return MarkDirty(mapping, part);\n"
          "    if (mapping.sharing == Sharing::kPrivate) return Pass(kPrivate, part);\n"),
    Fault("MS_ASYNC once synced", WALK, "    if (!sync) return MarkDirty(mapping, part);\n", ""),
    Fault("MS_ASYNC won over MS_SYNC where both were accepted", WALK,
          "if (!sync) return MarkDirty(mapping, part);",
          "if (flags_.Has(numbers_.async) && behaviour_.unsynced != UnsyncedEffect::kNothing) {\n"
          "      return MarkDirty(mapping, part);\n    }"),
    Fault("MS_ASYNC started what it marked, and the other way round", WALK,
          "starts ? SyncKind::kScheduled : SyncKind::kMarkedDirty",
          "starts ? SyncKind::kMarkedDirty : SyncKind::kScheduled"),
    Fault("MS_ASYNC was told of the error of a file", WALK,
          "starts ? SyncKind::kScheduled : SyncKind::kMarkedDirty;\n",
          "starts ? SyncKind::kScheduled : SyncKind::kMarkedDirty;\n"
          "      syncs_.back().answer = space_.file(mapping.file).fsync_error;\n"),
    Fault("what is marked as dirty is the whole file", WALK,
          "Request(mapping, part, SyncExtent::kMappedRange)",
          "Request(mapping, part, SyncExtent::kWholeFile)"),
    Fault("0 started writing as well as MS_ASYNC", WALK,
          "flags_.Has(numbers_.async) && behaviour_.unsynced", "behaviour_.unsynced"),
] + EFFECT_FAULTS + FILE_FAULTS + PROFILE_FAULTS + DOCUMENT_FAULTS
