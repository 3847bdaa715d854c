# SPDX-License-Identifier: MIT
"""Faults in how documents are read, and in the tables of what they say."""

from planted_fault import CLAUSES, DOCUMENT_ROWS, LINUX_DOCUMENTS, OTHER_DOCUMENTS, Fault

ADD = "prediction.outcomes.Add(clause.error);"
FIRST_PASS = "return clause.of.empty() && clause.when(situation);"


def without(name, file, row, source):
    """The table is read as if it had no such row."""
    return Fault(name, file, f"Cite({row}, {{{source}",
                 f'Cite(Of("linux-1.3.21", {row}), {{{source}')


def changed(name, file, row, source, change):
    """The row of that table is another."""
    return Fault(name, file, f"Cite({row}, {{{source}",
                 f"Cite([] {{ DocumentRule row = {row}; {change}; return row; }}(), {{{source}")


READING = [
    Fault("only the first clause that demands an error counts", CLAUSES, ADD,
          "if (prediction.rule == nullptr) " + ADD),
    Fault("an error that a document allows is not allowed", CLAUSES,
          "clause.force == Force::kFails || clause.force == Force::kMayFail", "clause.force == "
          "Force::kFails"),
    Fault("an error that a document allows is demanded", CLAUSES,
          "bool DemandsAnError(Force force) { return ",
          "bool DemandsAnError(Force force) { return force == Force::kMayFail || "),
    Fault("an error without a number is no error", CLAUSES,
          "bool DemandsAnError(Force force) { return force == Force::kFails || force == "
          "Force::kFailsSomehow;", "bool DemandsAnError(Force force) { return force == "
          "Force::kFails;"),
    Fault("what a document leaves open is determined", CLAUSES,
          "prediction.outcomes.Widen(fails && silent ? Latitude::kSomeError : clause.latitude)",
          "(void)silent"),
    Fault("silence makes a success of an error that is demanded", CLAUSES,
          "fails && silent ? Latitude::kSomeError : clause.latitude", "clause.latitude"),
    Fault("all that a document leaves open is silence", CLAUSES,
          "fails && silent ? Latitude::kSomeError : clause.latitude",
          "silent ? Latitude::kSilent : Latitude::kSilent"),
    Fault("what callers are told not to do is as good as any call", CLAUSES,
          "force == Force::kForbids || force == Force::kLeavesOpen", "force == Force::kLeavesOpen"),
    Fault("the last clause that decides is named", CLAUSES,
          "Decides(clause) && prediction.rule == nullptr", "Decides(clause)"),
    Fault("what a document says of another system is said of its own", CLAUSES, FIRST_PASS,
          "return clause.when(situation);"),
    Fault("files are synced although the call fails", CLAUSES,
          "(fails && (force == Force::kSucceeds || force == Force::kSyncs))", "false"),
    Fault("what is synced beside an error is not", CLAUSES,
          "force == Force::kSyncs || force == Force::kSyncsAnyway",
          "force == Force::kSyncs"),
    Fault("a closed range is open", CLAUSES, "clause.closed && call.length",
          "false && call.length"),
    Fault("every range is closed", CLAUSES, "clause.closed && call.length", "call.length"),
    Fault("documents know no private memory", CLAUSES,
          "mapping.file < 0 || mapping.sharing != clause.sharing", "mapping.file < 0"),
    Fault("a document rounds the address down to a page, and the end with it", CLAUSES,
          "(call.addr.value + call.length.count + in_page) & ~in_page",
          "(begin + call.length.count + in_page) & ~in_page"),
    Fault("a document lets the end of a range wrap", CLAUSES,
          "  if (ReachesTheLastPage(machine, call)) return {{begin}, machine.LastPage()};\n", ""),
]

SITUATIONS = [
    Fault("a hole before a mapping is not one to a document", CLAUSES,
          "situation.unmapped |= reached < mapping.begin;", ";"),
    Fault("a hole at the end is not one to a document", CLAUSES,
          "situation.unmapped |= reached < range.end || situation.at_the_end;", ";"),
    Fault("the last page is mapped to a document", CLAUSES,
          "reached < range.end || situation.at_the_end", "reached < range.end"),
    Fault("no memory is locked to a document", CLAUSES, "situation.locked |= mapping.locked();",
          ""),
    Fault("no memory is private to a document", CLAUSES,
          "situation.is_private |= mapping.sharing == Sharing::kPrivate;", ""),
    Fault("every file can be synced to a document", CLAUSES,
          "situation.unsyncable |= file.fsync == Fsync::kNone;", ""),
    Fault("a private mapping shows that its file fails", CLAUSES,
          "if (mapping.sharing != Sharing::kPrivate && mapping.file >= 0) {",
          "if (mapping.file >= 0) {"),
    Fault("no length is negative", CLAUSES,
          ".negative = (call.length.count >> (machine.argument_bits - 1)) != 0",
          ".negative = false"),
    Fault("length 0 is like any other", CLAUSES, ".empty = call.length == Bytes{0}",
          ".empty = false"),
]

TABLES = [
    without("3.53 knows no EBUSY", LINUX_DOCUMENTS, "kLocked", "k353"),
    without("6.03 accepts unknown flags", LINUX_DOCUMENTS, "kUnknownFlag", "k603"),
    without("Love permits neither flag", LINUX_DOCUMENTS, "kNeither", "kLove"),
    without("Love says nothing of the rest of a range with a hole", LINUX_DOCUMENTS,
            "kSyncedBesideHoles", "kLove"),
    without("Love forgets mappings of read-only descriptors", LINUX_DOCUMENTS,
            "kSyncWaitsReadOnly", "kLove"),
    without("POSIX requires alignment of nobody", OTHER_DOCUMENTS, "MayFail(kUnaligned)", "kPosix"),
    Fault("Symbian accepts MS_ASYNC with MS_INVALIDATE", OTHER_DOCUMENTS,
          "return s.async && s.invalidate;", "return s.async && s.invalidate && s.unknown_flag;"),
    without("Symbian takes any length", OTHER_DOCUMENTS, "kTooLong", "kSymbian"),
    without("HP-UX takes any range", OTHER_DOCUMENTS, "kNotARegion", "kHpUx"),
    changed("the Russian page answers EFAULT to a hole", LINUX_DOCUMENTS, "kUnmapped", "kRu",
            "row.error = Errno::kEFAULT"),
    changed("6.03 leaves a call without flags open", LINUX_DOCUMENTS, "kOneIsAskedFor", "k603",
            "row.latitude = Latitude::kUnspecified"),
    changed("Symbian supports EBUSY", OTHER_DOCUMENTS, "kLockedUnsupported", "kSymbian",
            "row.force = Force::kFails"),
    changed("HP-UX says EINVAL where it names no error", OTHER_DOCUMENTS, "kNotARegion", "kHpUx",
            "row.force = Force::kFails; row.error = Errno::kEINVAL"),
    changed("HP-UX is merely silent about anonymous memory", OTHER_DOCUMENTS,
            "kAnonymousOrPrivate", "kHpUx", "row.latitude = Latitude::kSilent"),
    changed("HP-UX ends what it schedules before addr + length", OTHER_DOCUMENTS, "kClosedAsync",
            "kHpUx", "row.closed = false"),
    Fault("POSIX accepts neither flag", OTHER_DOCUMENTS, "return s.async == s.sync || ",
          "return (s.async && s.sync) || "),
    Fault("no document is silent about length 0", DOCUMENT_ROWS, "return s.empty;",
          "return s.empty && !s.empty;"),
    Fault("no document is silent about errors of files", DOCUMENT_ROWS, "s.sync && s.failing",
          "s.sync && !s.sync"),
    Fault("documents are silent about errors of files whatever the flags", DOCUMENT_ROWS,
          "s.sync && s.failing", "s.failing"),
    Fault("documents mean MS_SYNC when they say MS_ASYNC", DOCUMENT_ROWS,
          ".sync = SyncKind::kScheduled", ".sync = SyncKind::kUpdated"),
]

DOCUMENT_FAULTS = READING + SITUATIONS + TABLES
