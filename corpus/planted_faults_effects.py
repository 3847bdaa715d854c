# SPDX-License-Identifier: MIT
"""Faults in what a walk does to files: which parts of which are synced, how, and what comes of it.

A locked mapping that is synced before its lock is tested stands with the locks.
"""

from planted_fault import FILE_FACTS, LINUX, TODAY, WALK, Fault, today

SYNCS = "if (const Errno error = Sync(mapping, part); error != Errno::kOk) return error;"
ANSWER = "return Stop(request.asked ? kFsyncError : kWriteError, part, request.answer)"
PASSES_UNSYNCED = ("    if (!sync && behaviour_.unsynced == UnsyncedEffect::kNothing) "
                   "return Pass(kNoSync, part);\n")
PASSES_PRIVATE = "    if (mapping.sharing == Sharing::kPrivate) return Pass(kPrivate, part);\n"
ASKS = "request.asked = request.answer == Errno::kOk && !LacksFsync(file)"

WHICH_MAPPINGS = [
    Fault("MS_ASYNC syncs", WALK, "const bool sync = flags_.Has(numbers_.sync)",
          "const bool sync = flags_.Has(numbers_.sync | numbers_.async)"),
    Fault("MS_INVALIDATE syncs", WALK, "const bool sync = flags_.Has(numbers_.sync)",
          "const bool sync = flags_.Has(numbers_.sync | numbers_.invalidate)"),
    Fault("no flag at all syncs", WALK, "const bool sync = flags_.Has(numbers_.sync)",
          "const bool sync = flags_.Has(numbers_.sync) || flags_.word() == 0"),
    Fault("MS_INVALIDATE beside MS_SYNC takes the sync away", WALK,
          "const bool sync = flags_.Has(numbers_.sync)",
          "const bool sync = flags_.word() == numbers_.sync"),
    Fault("a private mapping is synced", WALK, PASSES_PRIVATE, ""),
    Fault("a mapping of a read-only descriptor is synced", WALK,
          "if (mapping.sharing == Sharing::kSharedReadOnlyFile)", "if (false)"),
    Fault("memory without write access is not synced", WALK,
          "if (mapping.sharing == Sharing::kPrivate)",
          "if (mapping.sharing == Sharing::kPrivate || !Allows(mapping.access, Access::kWrite))"),
    Fault("only the first mapping is synced", WALK, "if (mapping.file < 0) return",
          "if (mapping.file < 0 || !syncs_.empty()) return"),
    Fault("a file is synced only once", WALK, "if (mapping.file < 0) return",
          "if (mapping.file < 0 || std::any_of(syncs_.begin(), syncs_.end(), "
          "[&](const auto& one) { return one.file == mapping.file; })) return"),
    Fault("files are synced in reverse order", WALK, "syncs_.push_back(request)",
          "syncs_.insert(syncs_.begin(), request)"),
    Fault("the end of the range does not end the walk", WALK,
          "if (start >= range_.end) return", "if (start > range_.end) return"),
]

WHICH_BYTES = [
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
    Fault("offsets are counted from the start of the range", WALK,
          "request.begin = mapping.offset + (part.begin - mapping.begin)",
          "request.begin = mapping.offset + (part.begin - range_.begin)"),
    Fault("the whole file is synced", LINUX, TODAY, today("extent", "SyncExtent::kWholeFile")),
]

HOW = [
    Fault("the metadata are synced as well", LINUX, TODAY, today("sync", "SyncKind::kFull")),
]

ERRORS = [
    Fault("a file without fsync is passed over", LINUX, TODAY, today("no_fsync", "Errno::kOk")),
    Fault("a file without fsync is asked all the same", WALK, "if (file.fsync == Fsync::kNone) {",
          "if (false) {"),
    Fault("a file without fsync is EINVAL whatever the flags", WALK, PASSES_UNSYNCED,
          "    if (mapping.file >= 0 && mapping.sharing == Sharing::kShared &&\n"
          "        space_.file(mapping.file).fsync == Fsync::kNone) {\n"
          "      return Stop(kNoFsync, part, Errno::kEINVAL);\n"
          "    }\n" + PASSES_UNSYNCED),
    Fault("the error of an fsync is always EIO", WALK, ANSWER,
          ANSWER.replace("part, request.answer",
                         "part, request.asked ? Errno::kEIO : request.answer")),
    Fault("a large error number is EIO", WALK, ANSWER,
          ANSWER.replace("part, request.answer",
                         "part, static_cast<int>(request.answer) > 133 ? Errno::kEIO : "
                         "request.answer")),
    Fault("an ENOMEM of a file is only remembered, like a hole", WALK, SYNCS,
          "if (const Errno error = Sync(mapping, part); error == Errno::kENOMEM) remembered = "
          "error; else if (error != Errno::kOk) return error;"),
    Fault("the walk goes on after an error of a file", WALK, SYNCS,
          "if (const Errno error = Sync(mapping, part); error != Errno::kOk) remembered = error;"),
    Fault("errors of files are swallowed", WALK, SYNCS, "(void)Sync(mapping, part);"),
    Fault("the error of writing back is always EIO", WALK, ANSWER,
          ANSWER.replace("part, request.answer",
                         "part, request.asked ? request.answer : Errno::kEIO")),
    Fault("errors of writing back are swallowed", WALK, ANSWER,
          "if (!request.asked) return Pass(kSynced, part);\n    " + ANSWER),
]

WRITING_BACK = [
    Fault("fsync is asked although writing has failed", WALK, ASKS,
          "request.asked = !LacksFsync(file)"),
    Fault("a file of which a part cannot be written fails everywhere", FILE_FACTS,
          "  return file.unreported;\n",
          "  return file.unreported != Errno::kOk ? file.unreported : file.write_error;\n",
          sources=(WALK,)),
    Fault("what cannot be written outside the range matters", FILE_FACTS,
          "unwritable.begin < range.end && range.begin < unwritable.end", "true", sources=(WALK,)),
    Fault("what cannot be written just behind the range matters", FILE_FACTS,
          "unwritable.begin < range.end", "unwritable.begin <= range.end", sources=(WALK,)),
    Fault("what cannot be written just before the range matters", FILE_FACTS,
          "range.begin < unwritable.end", "range.begin <= unwritable.end", sources=(WALK,)),
    Fault("what cannot be written now does not matter", FILE_FACTS, "return file.write_error;",
          "break;", sources=(WALK,)),
    Fault("an error left by an earlier writing back is not told", FILE_FACTS,
          "return file.unreported;", "return Errno::kOk;", sources=(WALK,)),
    Fault("an error of writing back is told to a read-only descriptor", WALK,
          "if (mapping.sharing == Sharing::kSharedReadOnlyFile)",
          "if (mapping.sharing == Sharing::kSharedReadOnlyFile && (mapping.file < 0 || "
          "space_.file(mapping.file).unreported == Errno::kOk))"),
    Fault("an error of writing back is told to a private mapping", WALK, PASSES_PRIVATE,
          PASSES_PRIVATE.replace("::kPrivate)", "::kPrivate && (mapping.file < 0 || "
                                 "space_.file(mapping.file).unreported == Errno::kOk))")),
    Fault("MS_ASYNC is told of an error of writing back", WALK, PASSES_UNSYNCED,
          "    if (!sync && mapping.file >= 0 &&\n"
          "        space_.file(mapping.file).unreported != Errno::kOk) {\n"
          "      return Stop(kWriteError, part, space_.file(mapping.file).unreported);\n"
          "    }\n" + PASSES_UNSYNCED),
]

SERVERS = [
    Fault("the ENOSYS of a server is the answer", WALK,
          "    if (file.fsync_error != Errno::kENOSYS || file.fsync != Fsync::kAsksServer) {\n"
          "      return file.fsync_error;\n    }\n", "    return file.fsync_error;\n"),
    Fault("a server without fsync is asked again in the same call", WALK,
          "return file.server_lacks_fsync || ((lack_fsync_ >> file.connection) & 1U) != 0",
          "return file.server_lacks_fsync"),
    Fault("a server without fsync is asked again by the next call", WALK,
          "return file.server_lacks_fsync || ((lack_fsync_ >> file.connection) & 1U) != 0",
          "return ((lack_fsync_ >> file.connection) & 1U) != 0"),
    Fault("one server without fsync stands for all in the same call", WALK,
          "lack_fsync_ |= 1U << file.connection", "lack_fsync_ = ~0U"),
    Fault("what is sent to a server without fsync is not waited for", WALK,
          "request.answer = WritingBack(file, {request.begin, request.end})",
          "request.answer = LacksFsync(file) ? Errno::kOk : WritingBack(file, {request.begin, "
          "request.end})"),
]

MEANWHILE = [
    Fault("mappings are not looked up afresh after a sync", WALK,
          "  const AddressSpace& space_;\n", "  const AddressSpace space_;\n"),
    Fault("mappings are looked up from the start again", WALK,
          "    return From(start, remembered);\n", "    return From(range_.begin, remembered);\n"),
    Fault("a hole is forgotten when mappings are looked up afresh", WALK,
          "    return From(start, remembered);\n", "    return From(start, Errno::kOk);\n"),
    Fault("what is looked up afresh is skipped", WALK,
          "    return From(start, remembered);\n",
          "    return From(start + Bytes{4096}, remembered);\n"),
    Fault("the walk ends when another thread has changed mappings", WALK,
          "    return From(start, remembered);\n",
          "    return (void)start, Finish(remembered);\n"),
]

EFFECT_FAULTS = WHICH_MAPPINGS + WHICH_BYTES + HOW + ERRORS + WRITING_BACK + SERVERS + MEANWHILE
