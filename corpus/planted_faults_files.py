# SPDX-License-Identifier: MIT
"""Faults in what becomes of files while a scenario runs: pages, errors told once, other threads."""

from planted_fault import LINUX, MAPS, SCENARIOS, STATES, STORES, Fault

TOLD = "  waiting.unreported = Errno::kOk;\n"
TOLD_TO_ALL = "  if (report_ == ErrorReport::kOncePerOpenFile) return;\n"
LATER = "opened.unreported = of.error_seen ? Errno::kOk : of.error"
HOLDS = "fault.error != Errno::kOk && (fault.times == 0 || done < fault.times)"

TOLD_ONCE = [
    Fault("an error of writing back is told to the first open file alone", STATES, TOLD_TO_ALL,
          ""),
    Fault("errors of writing back were always told to each open file", LINUX,
          "  profile.layout.error_report = ErrorReport::kOncePerFile;\n", ""),
    Fault("an error of writing back is told twice", STATES, TOLD,
          "  if (written.error_seen) waiting.unreported = Errno::kOk;\n"),
    Fault("an error of writing back is told every time", STATES, TOLD, ""),
    Fault("an error of writing back is told to a duplicate as well", MAPS,
          "mapping.file = OpenFileOf(files_, step.file)", "mapping.file = step.file"),
    Fault("an error that nobody has been told of is forgotten at a reopening", STATES, LATER,
          "(void)of, opened.unreported = Errno::kOk"),
    Fault("an error is told to later descriptors though one has been told of it", STATES, LATER,
          "opened.unreported = of.error"),
    Fault("being told of an error leaves it unseen", STATES, "  written.error_seen = true;\n", ""),
    Fault("an error that nobody waits for counts as seen", STATES,
          "  failed.error_seen = false;\n", ""),
    Fault("an error that nobody waits for is told to nobody", STATES,
          "    if (opened.object == object) opened.unreported = error;\n",
          "    (void)opened;\n"),
    Fault("an error of one file is told to those of another", STATES,
          "    if (opened.object == object) opened.unreported",
          "    opened.unreported"),
]

PAGES = [
    Fault("the dirty pages of the whole file are written", STATES,
          "const bool whole = request.end", "const bool whole = true || request.end"),
    Fault("pages whose writing has failed stay dirty", STATES,
          "object.contents[page].dirty = false", "object.contents[page].dirty = fails"),
    Fault("clean pages are written as well", STATES,
          "if (!fails || !object.contents[page].dirty) continue;", "if (!fails) continue;"),
    Fault("the page before those that cannot be written fails", STATES,
          "object.write.begin_page <= place &&", "object.write.begin_page <= place + 1 &&"),
    Fault("the page behind those that cannot be written fails", STATES,
          "place < object.write.end_page;\n    if", "place <= object.write.end_page;\n    if"),
    Fault("a store makes the page dirty that is as far from the start of the file", STORES,
          "(mapping.offset + (page - mapping.begin)).count", "(page - mapping.begin).count"),
    Fault("a store in private memory makes the file dirty", STORES,
          "mapping.sharing != Sharing::kShared || mapping.file < 0", "mapping.file < 0"),
    Fault("what truncation cuts off is written later", STATES,
          "cut.contents[page] = {};", "(void)page;"),
    Fault("truncation of a FUSE file leaves the rest unwritten", STATES,
          "if (!changes || cut.backing != Backing::kFuse) return;", "return;"),
    Fault("truncation to the same size writes as well", STATES,
          "if (!changes || cut.backing != Backing::kFuse) return;",
          "(void)changes;\n  if (cut.backing != Backing::kFuse) return;"),
    Fault("munmap of a FUSE file writes nothing", STORES, "  if (!has_server_) return;\n",
          "  return;\n"),
    Fault("munmap of a FUSE file keeps the server's number", STATES,
          "if (unmap_error_ == UnmapError::kCoarse) Record(object, kept);", "(void)object;"),
    Fault("truncation of a FUSE file writes a run at once", STATES,
          "WriteRange(cut, 0, cut.contents.size(), Request::kOfAPage)",
          "WriteRange(cut, 0, cut.contents.size(), Request::kOfARun)"),
    Fault("close of a FUSE file writes nothing", STORES, "states_.WriteBackClosed(step.file);", ";"),
    Fault("a full disk takes whatever is written", STATES,
          "object.write.error = FactsOf(file.backing).write_error", ";"),
]

SERVERS = [
    Fault("a server that fails a number of times does so once more", STATES, HOLDS,
          HOLDS.replace("done <", "done <=")),
    Fault("a server that fails a number of times does so for ever", STATES, HOLDS,
          "fault.error != Errno::kOk && (done >= 0 || fault.times == 0)"),
    Fault("a request that is not sent counts as one that has failed", STATES,
          "  if (!request.asked) return;\n", ""),
    Fault("a write that succeeds counts as one that has failed", STATES,
          "object.writes_done += fails", "++object.writes_done"),
    Fault("ENOSYS holds for one file alone", STATES,
          "told.server_lacks_fsync = ((lacking_ >> shown.connection) & 1U) != 0",
          "told.server_lacks_fsync = ((lacking_ >> shown.connection) & 1U) != 0 && "
          "shown.fsyncs_done > 0"),
    Fault("one server without fsync stands for all", STATES,
          "lacking_ |= 1U << asked.connection", "lacking_ = ~0U"),
    Fault("a server that ignores signals answers EINTR", STATES,
          "waited_for.interrupted = waited_for.interrupts == Interrupts::kAnswered",
          "waited_for.interrupted = true"),
    Fault("a server that gives up at a signal does not tell", STATES,
          "waited_for.interrupted = waited_for.interrupts == Interrupts::kAnswered",
          "waited_for.interrupted = false"),
    Fault("a signal interrupts the next call too", STATES, "  asked.interrupted = false;\n", ""),
]

OTHER_THREADS = [
    Fault("other threads act before the call", SCENARIOS, "      meanwhile.push_back(i);\n",
          "      Take(layout.Apply(*step), i, prediction);\n"),
    Fault("other threads act when the call has ended", SCENARIOS,
          "if (step.moment.number() != fsyncs) break;", "if (step.moment.number() != 0) break;"),
    Fault("other threads all act at the first wait", SCENARIOS,
          "if (step.moment.number() != fsyncs) break;", "if (fsyncs == 0) break;"),
    Fault("other threads act while memory is synced", SCENARIOS,
          ".fsync !=\n            Fsync::kAsksServer) {\n",
          ".fsync ==\n            Fsync::kNone) {\n"),
    Fault("other threads act where the server is not asked", SCENARIOS,
          "if (!request.asked ||\n", "if (\n"),
    Fault("what other threads do too late is never done", SCENARIOS,
          "    Take(layout.Apply(std::get<Step>(scenario.actions[left])), left, prediction);\n",
          "    (void)left;\n"),
    Fault("a walk does not notice what other threads have done", SCENARIOS,
          "return meanwhile.size() != before;", "return (void)before, false;"),
    Fault("only the first moment is allowed", SCENARIOS,
          "        prediction.actions[i].call.prediction.outcomes.Add(outcomes[k]);\n", ""),
]

FILE_FAULTS = TOLD_ONCE + PAGES + SERVERS + OTHER_THREADS
