# SPDX-License-Identifier: MIT
"""Faults in the profiles of kernels: each era's differences, its layouts, the ABIs and the tags."""

from planted_fault import ABIS, HISTORY, LINUX, MACHINE, PREDICT, SPACE, Fault

ROWS = "  static const std::vector<ArgumentRule> kRows = {\n"
OF_1321 = '"1.3.21 order", "The first three all answer EINVAL"};\n' + ROWS
OF_2419 = '"2.4.19 errors", "all four answer EINVAL"};\n' + ROWS
OF_2523 = '"2.5.23 errors", "all three answer ENOMEM"};\n' + ROWS
OF_2526 = '"2.5.26 errors", "in today\'s order"};\n' + ROWS


def row(rule, errno, order="kOldOrder", error="kError"):
    return f'      Once("{rule}", Errno::{errno}, {order}, {error}),\n'


UNALIGNED = row("address.unaligned", "kEINVAL")
WRAPS = row("range.wraps", "kEINVAL")
UNKNOWN = row("flags.unknown", "kEINVAL")
BOTH = row("flags.async_and_sync", "kEINVAL")
EMPTY = '      Once("range.empty", Errno::kOk, kOldOrder, kEmpty)};\n'
EMPTY_FIRST = EMPTY.replace("};", ",")


def last(text):
    """The row `text` as the last one of its table."""
    return text.removesuffix(",\n") + "};\n"


EARLY_ARGUMENTS = [
    Fault("1.3.21 checks the wrap before alignment", HISTORY, OF_1321 + UNALIGNED + WRAPS,
          OF_1321 + WRAPS + UNALIGNED),
    Fault("1.3.21 lets an empty range succeed before it checks flags", HISTORY,
          OF_1321 + UNALIGNED + WRAPS + UNKNOWN + EMPTY,
          OF_1321 + UNALIGNED + WRAPS + EMPTY_FIRST + last(UNKNOWN)),
    Fault("1.3.21 refuses MS_ASYNC with MS_SYNC", HISTORY, OF_1321 + UNALIGNED + WRAPS + UNKNOWN,
          OF_1321 + UNALIGNED + WRAPS + UNKNOWN + BOTH),
    Fault("2.4.19 checks unknown flags first", HISTORY, OF_2419 + UNALIGNED + WRAPS + UNKNOWN,
          OF_2419 + UNKNOWN + UNALIGNED + WRAPS),
    Fault("2.4.19 checks MS_ASYNC with MS_SYNC before unknown flags", HISTORY,
          UNKNOWN + BOTH, BOTH + UNKNOWN),
    Fault("2.4.19 accepts MS_ASYNC with MS_SYNC", HISTORY, BOTH, ""),
    Fault("2.4.19 lets an empty range succeed before it checks MS_ASYNC with MS_SYNC", HISTORY,
          BOTH + EMPTY, EMPTY_FIRST + last(BOTH)),
    Fault("2.5.23 answers EINVAL to a misaligned address", HISTORY,
          row("address.unaligned", "kENOMEM"), UNALIGNED),
    Fault("2.5.23 has the arguments of 2.5.26", HISTORY,
          "  profile.arguments = Rules2523();\n", ""),
    Fault("2.5.26 checks alignment before unknown flags", HISTORY,
          row("flags.unknown", "kEINVAL", "kOrder", "{}") +
          row("address.unaligned", "kEINVAL", "kOrder", "{}"),
          row("address.unaligned", "kEINVAL", "kOrder", "{}") +
          row("flags.unknown", "kEINVAL", "kOrder", "{}")),
    Fault("2.5.26 answers EINVAL to a wrap", HISTORY,
          row("range.wraps", "kENOMEM", "kOrder", "{}"),
          row("range.wraps", "kEINVAL", "kOrder", "{}")),
    Fault("2.5.26 refuses MS_ASYNC with MS_SYNC", HISTORY,
          "  profile.arguments = Rules2526();\n", ""),
]

EARLY_WALKS = [
    Fault("a hole was ENOMEM from the start", HISTORY, "profile.walk.hole = Errno::kEFAULT",
          "profile.walk.hole = Errno::kENOMEM"),
    Fault("1.3.21 looks for locks", HISTORY,
          "Errno::kEFAULT;\n  profile.walk.lock_test = LockTest::kNone;\n", "Errno::kEFAULT;\n"),
    Fault("2.4.19 looks for no locks", HISTORY,
          "  profile.walk.lock_test = LockTest::kBeforeEachSync;\n", ""),
    Fault("2.5.26 looks for locks", HISTORY,
          "Rules2526();\n  profile.walk.lock_test = LockTest::kNone;\n", "Rules2526();\n"),
    Fault("1.3.21 starts writing for MS_ASYNC", HISTORY,
          "  profile.walk.unsynced = UnsyncedEffect::kMarksDirty;\n"
          "  profile.walk.sync = SyncKind::kFull;\n", "  profile.walk.sync = SyncKind::kFull;\n"),
    Fault("2.5.43 only marks pages for MS_ASYNC", HISTORY, "UnsyncedEffect::kStartsWriteback",
          "UnsyncedEffect::kMarksDirty"),
    Fault("MS_ASYNC did nothing before 2.6.19 either", HISTORY,
          "  profile.walk.unsynced = UnsyncedEffect::kMarksDirty;\n"
          "  profile.walk.faults = LoopFaults::kLosesHoles;\n",
          "  profile.walk.faults = LoopFaults::kLosesHoles;\n"),
    Fault("MS_ASYNC still marks pages", LINUX, ".walk = WalkBehaviour{}",
          ".walk = WalkBehaviour{.unsynced = UnsyncedEffect::kMarksDirty}"),
    Fault("2.6.17 loses no holes", HISTORY, "LoopFaults::kLosesHoles", "LoopFaults::kNone"),
    Fault("2.6.16 loses holes too", HISTORY, "  profile.walk.faults = LoopFaults::kNone;\n", ""),
    Fault("a file without fsync was EINVAL from the start", HISTORY,
          "  profile.walk.no_fsync = Errno::kOk;\n", ""),
    Fault("2.6.16 syncs the metadata as well", HISTORY,
          "  profile.walk.sync = SyncKind::kDataOnly;\n", ""),
    Fault("1.3.21 syncs the data alone", HISTORY, "  profile.walk.sync = SyncKind::kFull;\n", ""),
    Fault("2.6.19 syncs the data alone", LINUX, "  profile.walk.sync = SyncKind::kFull;\n", ""),
    Fault("only the range was synced from the start", LINUX,
          "  profile.walk.extent = SyncExtent::kWholeFile;\n", ""),
    Fault("MS_ASYNC has always stopped at a hole", LINUX,
          "  profile.walk.async_at_hole = AsyncAtHole::kGoesOn;\n", ""),
]

LAYOUTS = [
    Fault("mremap has always moved several mappings", LINUX, ".remap_moves_several = false",
          ".remap_moves_several = true"),
    Fault("mremap moves one mapping at a time", LINUX, ".layout = LayoutBehaviour{}",
          ".layout = LayoutBehaviour{.remap_moves_several = false}"),
    Fault("mremap left its target alone when it failed", LINUX,
          "profile.layout.remap_order = RemapOrder::kTargetFirst",
          "profile.layout.remap_order = RemapOrder::kChecksFirst"),
    Fault("mremap cleared its target before it looked at its source up to 6.16", LINUX,
          ".remap_order = RemapOrder::kSourceFirst", ".remap_order = RemapOrder::kTargetFirst"),
    Fault("a lock on fault always needed no access", LINUX,
          "profile.layout.lock_on_fault_needs_access = true",
          "profile.layout.lock_on_fault_needs_access = false"),
    Fault("what mmap made is never forgotten", SPACE,
          "return region.begin < range.end && range.begin < region.end;",
          "return (void)range, region.begin > region.end;"),
]

MACHINES = [
    Fault("tags are never taken out", MACHINE, "== 0 ? addr & ~tag.mask : addr",
          "== 0 ? addr : addr", sources=(PREDICT,)),
    Fault("the kernel's own addresses carry tags", MACHINE,
          "(addr >> tag.guard_bit & 1) == 0 ? addr & ~tag.mask : addr", "addr & ~tag.mask",
          sources=(PREDICT,)),
    Fault("the length carries a tag", MACHINE, "call.length.count & registers",
          "call.length.count & registers & ~tag.mask", sources=(PREDICT,)),
    Fault("arm64 tags were taken out before 5.4", LINUX,
          "  profile.abi.untagging = Untagging::kNone;\n", ""),
    Fault("x86 tags were taken out before 6.4", LINUX,
          "  profile.abi.untagging = Untagging::kTopByte;\n", ""),
    Fault("alpha has the flag numbers of parisc", ABIS, ".flags = kAlphaFlagNumbers",
          ".flags = kPariscFlagNumbers"),
    Fault("parisc has the flag numbers of alpha", ABIS, ".flags = kPariscFlagNumbers",
          ".flags = kAlphaFlagNumbers"),
    Fault("pages of 16 KiB are pages of 32 KiB", ABIS, "Bytes{16 << 10}", "Bytes{32 << 10}"),
    Fault("a 64-bit kernel counts in 32 bits for a 32-bit caller", ABIS,
          ".address_bits = 64", ".address_bits = 32"),
    Fault("a 32-bit kernel counts in 64 bits", ABIS, ".address_bits = 32", ".address_bits = 64"),
]

PROFILE_FAULTS = EARLY_ARGUMENTS + EARLY_WALKS + LAYOUTS + MACHINES
