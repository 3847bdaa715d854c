# SPDX-License-Identifier: MIT
"""The faults that planted_faults.py plants: ways in which one gets msync wrong.

The original text occurs exactly once in its file. A change that no scenario could show (because no
rule depends on it) is not a fault, and has no place here.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str  # says the fault in words
    file: str
    original: str
    replacement: str


ARGUMENTS = "model/argument_rules.cc"
WALK = "model/linux_walk.cc"
PREDICT = "model/predict.cc"
MACHINE = "model/machine.h"
SPACE = "model/address_space.cc"
SPACE_HEADER = "model/address_space.h"
LINUX = "model/profiles/linux.cc"

ORDER = ("kLinux = {kUnknownFlag, kUnalignedAddress, kAsyncAndSync, kWrappingRange,\n"
         "                               kEmptyRange}")
EARLY_UNALIGNED = """    Early(kUnalignedAddress, Errno::kEINVAL,
          {"linux-history", "1.3.21 order", "a misaligned address is looked for first"}),
"""
EARLY_WRAPS = """    Early(kWrappingRange, Errno::kEINVAL,
          {"linux-history", "1.3.21 wrap", "A wrapping range is EINVAL"}),
"""
EARLY_UNKNOWN = """    Early(kUnknownFlag, Errno::kEINVAL,
          {"linux-history", "1.3.21 order", "then an unknown flag bit"}),
"""
EARLY_EMPTY = """    Early(kEmptyRange, Errno::kOk,
          {"linux-history", "1.3.21 empty", "A length that rounds up to 0 succeeds"})};"""

TODAY = ".walk = WalkBehaviour{}"  # the newest profile, from which the others start


def today(field, value):
    return f".walk = WalkBehaviour{{.{field} = {value}}}"


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
    Fault("the wrap is checked before alignment", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kWrappingRange", "kUnalignedAddress", "kAsyncAndSync",
                "kEmptyRange")),
    Fault("an empty range succeeds before MS_ASYNC with MS_SYNC is checked", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kUnalignedAddress", "kEmptyRange", "kAsyncAndSync",
                "kWrappingRange")),
    Fault("an empty range succeeds before alignment is checked", ARGUMENTS, ORDER,
          order("kUnknownFlag", "kEmptyRange", "kUnalignedAddress", "kAsyncAndSync",
                "kWrappingRange")),
    Fault("an empty range succeeds before unknown flags are checked", ARGUMENTS, ORDER,
          order("kEmptyRange", "kUnknownFlag", "kUnalignedAddress", "kAsyncAndSync",
                "kWrappingRange")),
    Fault("1.3.21 checks the wrap before alignment", ARGUMENTS, EARLY_UNALIGNED + EARLY_WRAPS,
          EARLY_WRAPS + EARLY_UNALIGNED),
    Fault("1.3.21 checks unknown flags before the wrap", ARGUMENTS, EARLY_WRAPS + EARLY_UNKNOWN,
          EARLY_UNKNOWN + EARLY_WRAPS),
    Fault("1.3.21 lets an empty range succeed before it checks flags", ARGUMENTS,
          EARLY_UNKNOWN + EARLY_EMPTY,
          EARLY_EMPTY.removesuffix("};") + ",\n" + EARLY_UNKNOWN.rstrip(",\n") + "};"),
    Fault("1.3.21 refuses MS_ASYNC with MS_SYNC", ARGUMENTS, "kEarlyLinux = {\n",
          "kEarlyLinux = {kAsyncAndSync,\n"),

    # The argument checks themselves.
    Fault("only the lowest unknown flag is noticed", ARGUMENTS,
          "call.flags.UnknownBits(machine.flags) != 0",
          "(call.flags.UnknownBits(machine.flags) & 8) != 0"),
    Fault("the sign bit of flags is not an unknown flag", ARGUMENTS,
          "call.flags.UnknownBits(machine.flags) != 0",
          "(call.flags.UnknownBits(machine.flags) & 0x7fffffff) != 0"),
    Fault("unknown flags are ignored beside MS_SYNC", ARGUMENTS,
          "call.flags.UnknownBits(machine.flags) != 0",
          "call.flags.UnknownBits(machine.flags) != 0 && !call.flags.Has(machine.flags.sync)"),
    Fault("a misaligned address is never noticed", ARGUMENTS,
          "return !machine.IsPageAligned(call.addr)", "return (void)call, (void)machine, false"),
    Fault("any even address counts as aligned", MACHINE,
          "(address.value & (page_size.count - 1)) == 0", "(address.value & 1) == 0"),
    Fault("MS_ASYNC alone counts as MS_ASYNC with MS_SYNC", ARGUMENTS,
          "call.flags.Has(machine.flags.async) && call.flags.Has(machine.flags.sync)",
          "call.flags.Has(machine.flags.async)"),
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
          "call.flags.word() & Ones(64)"),
    Fault("flags is 31 bits wide", MACHINE, "call.flags.word() & Ones(32)",
          "call.flags.word() & Ones(31)"),
    Fault("a 32-bit caller's length is 64 bits wide", MACHINE, "call.length.count & registers",
          "call.length.count"),
    Fault("a 32-bit caller's address is 64 bits wide", MACHINE,
          "call.addr.value & registers & ~tag_mask", "call.addr.value & ~tag_mask"),
    Fault("a 32-bit caller's length wraps when rounded", MACHINE,
          "~in_page & Ones(address_bits)", "~in_page & Ones(argument_bits)"),
    Fault("lengths are rounded down", MACHINE, "(length.count + in_page) & ~in_page",
          "length.count & ~in_page"),
    Fault("whole lengths are rounded up by a page", MACHINE, "(length.count + in_page) & ~in_page",
          "(length.count + in_page + 1) & ~in_page"),
    Fault("the walk takes the length as it is", PREDICT,
          "machine.RoundUpToPages(received.length))}", "received.length)}"),
    Fault("the checks see the registers uncut", PREDICT,
          "DecidingRow(profile, machine, received); row",
          "DecidingRow(profile, machine, call); row"),

    # Holes.
    Fault("the walk stops at the first hole", WALK, "        remembered = behaviour_.hole;\n",
          "        return Stop(kHoleRemembered, {start, mapping.begin}, behaviour_.hole);\n"),
    Fault("a hole before a mapping is forgotten", WALK, "        remembered = behaviour_.hole;\n",
          ""),
    Fault("a hole is forgotten when a later mapping ends the range", WALK,
          "return Finish(remembered)",
          "return Finish(start > range_.begin ? Errno::kOk : remembered)"),
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
    Fault("a call without flags stops at a hole", WALK,
          "flags_.word() == numbers_.async", "flags_.word() <= numbers_.async"),
    Fault("MS_ASYNC goes on behind a hole", LINUX, TODAY,
          today("async_at_hole", "AsyncAtHole::kGoesOn")),
    Fault("a hole is EFAULT", LINUX, TODAY, today("hole", "Errno::kEFAULT")),
    Fault("a hole was ENOMEM from the start", LINUX, ".hole = Errno::kEFAULT",
          ".hole = Errno::kENOMEM"),

    # Locks.
    Fault("locks are never looked for", LINUX, TODAY, today("lock_test", "LockTest::kNone")),
    Fault("locks were looked for from the start", LINUX, ".lock_test = LockTest::kNone",
          ".lock_test = LockTest::kBeforeEachSync"),
    Fault("a lock is EBUSY without MS_INVALIDATE", WALK,
          "flags_.Has(numbers_.invalidate) && mapping.locked()", "mapping.locked()"),
    Fault("MS_INVALIDATE is EBUSY without a lock", WALK,
          "flags_.Has(numbers_.invalidate) && mapping.locked()", "flags_.Has(numbers_.invalidate)"),
    Fault("a lock matters only with MS_SYNC", WALK,
          "flags_.Has(numbers_.invalidate) && mapping.locked()",
          "flags_.Has(numbers_.invalidate) && flags_.Has(numbers_.sync) && mapping.locked()"),
    Fault("the lock of private memory does not matter", WALK,
          "flags_.Has(numbers_.invalidate) && mapping.locked()",
          "flags_.Has(numbers_.invalidate) && mapping.sharing != Sharing::kPrivate && "
          "mapping.locked()"),
    Fault("a lock on fault is no lock", SPACE_HEADER, "lock != Lock::kUnlocked",
          "lock == Lock::kLocked"),
    Fault("a locked mapping is synced before its lock is tested", WALK,
          "        return Stop(kLocked, part, Errno::kEBUSY);",
          "        if (const Errno error = Sync(mapping, part); error != Errno::kOk) {\n"
          "          return error;\n"
          "        }\n"
          "        return Stop(kLocked, part, Errno::kEBUSY);"),
    Fault("a lock is only remembered", WALK, "        return Stop(kLocked, part, Errno::kEBUSY);",
          "        remembered = Errno::kEBUSY;"),
    Fault("a remembered hole wins over a lock", WALK,
          "return Stop(kLocked, part, Errno::kEBUSY)",
          "return Stop(kLocked, part, remembered == Errno::kOk ? Errno::kEBUSY : remembered)"),
    Fault("locks are looked for beforehand", WALK, "    Errno remembered = Errno::kOk;\n",
          "    Errno remembered = Errno::kOk;\n"
          "    for (const Mapping& mapping : space_.From(start)) {\n"
          "      if (mapping.begin >= range_.end) break;\n"
          "      if (flags_.Has(numbers_.invalidate) && mapping.locked() &&\n"
          "          behaviour_.lock_test == LockTest::kBeforeEachSync) {\n"
          "        return Stop(kLocked, range_, Errno::kEBUSY);\n"
          "      }\n"
          "    }\n"),

    # What is synced.
    Fault("MS_ASYNC syncs", WALK, "if (!flags_.Has(numbers_.sync))",
          "if (!flags_.Has(numbers_.sync | numbers_.async))"),
    Fault("MS_INVALIDATE syncs", WALK, "if (!flags_.Has(numbers_.sync))",
          "if (!flags_.Has(numbers_.sync | numbers_.invalidate))"),
    Fault("no flag at all syncs", WALK, "if (!flags_.Has(numbers_.sync))",
          "if (!flags_.Has(numbers_.sync) && flags_.word() != 0)"),
    Fault("MS_INVALIDATE beside MS_SYNC takes the sync away", WALK,
          "if (!flags_.Has(numbers_.sync))", "if (flags_.word() != numbers_.sync)"),
    Fault("a private mapping is synced", WALK,
          "    if (mapping.sharing == Sharing::kPrivate) return Pass(kPrivate, part);\n", ""),
    Fault("a mapping of a read-only descriptor is synced", WALK,
          "if (mapping.sharing == Sharing::kSharedReadOnlyFile)", "if (false)"),
    Fault("memory without write access is not synced", WALK,
          "if (mapping.sharing == Sharing::kPrivate)",
          "if (mapping.sharing == Sharing::kPrivate || !Allows(mapping.access, Access::kWrite))"),
    Fault("only the first mapping is synced", WALK, "if (mapping.file < 0) return",
          "if (mapping.file < 0 || !fsyncs_.empty()) return"),
    Fault("a file is synced only once", WALK, "if (mapping.file < 0) return",
          "if (mapping.file < 0 || std::any_of(fsyncs_.begin(), fsyncs_.end(), "
          "[&](const auto& one) { return one.file == mapping.file; })) return"),
    Fault("a file that only lives in memory is not synced", WALK,
          "if (mapping.file < 0) return",
          "if (mapping.file < 0 || space_.file(mapping.file).fsync == Fsync::kSucceeds) return"),
    Fault("files are synced in reverse order", WALK, "fsyncs_.push_back(Request(",
          "fsyncs_.insert(fsyncs_.begin(), Request("),
    Fault("the first mapping is synced from its own start", WALK,
          "const AddressRange part = {start, std::min(mapping.end, range_.end)}",
          "const AddressRange part = {mapping.begin, std::min(mapping.end, range_.end)}"),
    Fault("the last mapping is synced to its own end", WALK,
          "const AddressRange part = {start, std::min(mapping.end, range_.end)}",
          "const AddressRange part = {start, mapping.end}"),
    Fault("the last page is left out", WALK,
          "request.end = request.begin + (part.end - part.begin);",
          "request.end = request.begin + (part.end - part.begin) - Bytes{4096};"),
    Fault("the file offset of a mapping is ignored", WALK,
          "request.begin = mapping.offset + (part.begin - mapping.begin)",
          "request.begin = part.begin - mapping.begin"),
    Fault("the part of a mapping before the range is ignored", WALK,
          "request.begin = mapping.offset + (part.begin - mapping.begin)",
          "request.begin = mapping.offset"),
    Fault("offsets are counted from the start of the range", WALK,
          "request.begin = mapping.offset + (part.begin - mapping.begin)",
          "request.begin = mapping.offset + (part.begin - range_.begin)"),
    Fault("the end of the range does not end the walk", WALK,
          "if (mapping.end >= range_.end) return", "if (mapping.end > range_.end) return"),
    Fault("the whole file is synced", LINUX, TODAY, today("extent", "SyncExtent::kWholeFile")),
    Fault("only the range was synced from the start", LINUX, ".extent = SyncExtent::kWholeFile",
          ".extent = SyncExtent::kMappedRange"),
    Fault("the metadata are synced as well", LINUX, TODAY, today("detail", "SyncDetail::kFull")),
    Fault("only the data were synced from the start", LINUX, ".detail = SyncDetail::kFull",
          ".detail = SyncDetail::kDataOnly"),

    # Errors of files.
    Fault("a file without fsync is passed over", LINUX, TODAY, today("no_fsync", "Errno::kOk")),
    Fault("a file without fsync was EINVAL from the start", LINUX, ".no_fsync = Errno::kOk",
          ".no_fsync = Errno::kEINVAL"),
    Fault("a file without fsync is asked all the same", WALK, "if (file.fsync == Fsync::kNone) {",
          "if (false) {"),
    Fault("a file without fsync is EINVAL whatever the flags", WALK,
          "    if (!flags_.Has(numbers_.sync)) return Pass(kNoSync, part);\n",
          "    if (mapping.file >= 0 && mapping.sharing == Sharing::kShared &&\n"
          "        space_.file(mapping.file).fsync == Fsync::kNone) {\n"
          "      return Stop(kNoFsync, part, Errno::kEINVAL);\n"
          "    }\n"
          "    if (!flags_.Has(numbers_.sync)) return Pass(kNoSync, part);\n"),
    Fault("the error of an fsync is swallowed", WALK,
          "return Stop(kFsyncError, part, file.fsync_error)", "return Pass(kSynced, part)"),
    Fault("the error of an fsync is always EIO", WALK,
          "return Stop(kFsyncError, part, file.fsync_error)",
          "return Stop(kFsyncError, part, Errno::kEIO)"),
    Fault("a large error number is EIO", WALK, "return Stop(kFsyncError, part, file.fsync_error)",
          "return Stop(kFsyncError, part, static_cast<int>(file.fsync_error) > 133 ? Errno::kEIO : "
          "file.fsync_error)"),
    Fault("an ENOMEM of a file is only remembered, like a hole", WALK,
          "if (const Errno error = Sync(mapping, part); error != Errno::kOk) return error;",
          "if (const Errno error = Sync(mapping, part); error == Errno::kENOMEM) remembered = "
          "error; else if (error != Errno::kOk) return error;"),
    Fault("the walk goes on after an error of a file", WALK,
          "if (const Errno error = Sync(mapping, part); error != Errno::kOk) return error;",
          "if (const Errno error = Sync(mapping, part); error != Errno::kOk) remembered = error;"),
    Fault("a remembered hole wins over the error of a file", WALK,
          "if (const Errno error = Sync(mapping, part); error != Errno::kOk) return error;",
          "if (const Errno error = Sync(mapping, part); error != Errno::kOk) return remembered == "
          "Errno::kOk ? error : remembered;"),

    # The address space.
    Fault("the walk begins with the mapping that ends where the range begins", WALK,
          "for (const Mapping& mapping : space_.From(start))",
          "for (const Mapping& mapping : space_.From(start - Bytes{1}))"),
    Fault("the walk begins with the mapping behind the first page", WALK,
          "for (const Mapping& mapping : space_.From(start))",
          "for (const Mapping& mapping : space_.From(start + Bytes{4096}))"),
    Fault("the search does not look at the last mapping that is left", SPACE_HEADER,
          "left = mappings_.size(); left > 0;)", "left = mappings_.size(); left > 1;)"),
    Fault("the search takes the mapping that ends where the range begins", SPACE_HEADER,
          "first[half].end <= address", "first[half].end < address"),
    Fault("a mapping that is cut keeps its file offset", SPACE,
          "if (mapping.file >= 0) mapping.offset =", "if (mapping.file < 0) mapping.offset ="),
    Fault("mappings of one file join whatever their offsets", SPACE,
          "expected.offset = left.offset + left.length()", "expected.offset = right.offset"),
    Fault("locked and unlocked mappings join", SPACE, "  expected.end = right.end;\n",
          "  expected.end = right.end;\n  expected.lock = right.lock;\n"),
    Fault("mappings that continue one another stay apart", SPACE,
          "mappings_[i].joining == Joining::kJoins &&", "false &&"),
    Fault("unmapping a part removes the rest behind it", SPACE,
          "void AddressSpace::Remove(AddressRange range) {\n"
          "  SplitAt(range.begin);\n  SplitAt(range.end);\n",
          "void AddressSpace::Remove(AddressRange range) {\n  SplitAt(range.begin);\n"),

    # Profiles.
    Fault("mremap has always moved several mappings", LINUX, ".remap_moves_several = false",
          ".remap_moves_several = true"),
    Fault("mremap moves one mapping at a time", LINUX, ".layout = LayoutBehaviour{}",
          ".layout = LayoutBehaviour{.remap_moves_several = false}"),
    Fault("mremap left its target alone when it failed", LINUX,
          "profile.layout.remap_order = RemapOrder::kTargetFirst",
          "profile.layout.remap_order = RemapOrder::kChecksFirst"),
    Fault("mremap has always looked at its source first", LINUX,
          "profile.layout.remap_order = RemapOrder::kTargetFirst",
          "profile.layout.remap_order = RemapOrder::kSourceFirst"),
    Fault("a lock on fault always needed no access", LINUX,
          "profile.layout.lock_on_fault_needs_access = true",
          "profile.layout.lock_on_fault_needs_access = false"),
    Fault("mremap cleared its target before it looked at its source up to 6.16", LINUX,
          ".remap_order = RemapOrder::kSourceFirst", ".remap_order = RemapOrder::kTargetFirst"),
]
