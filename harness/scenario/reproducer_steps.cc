// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer_steps.h"

#include <iterator>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/print.h"
#include "harness/scenario/reproducer_files.h"
#include "harness/scenario/reproducer_lines.h"
#include "harness/scenario/text_file.h"

namespace msyncspec {
namespace {

using Arguments = std::vector<std::string>;

std::string Begin(absl::string_view text) { return Statement("begin(", {Quoted(text)}, ");"); }

std::string ProtectionInC(Access access) {
  Arguments bits;
  if (Allows(access, Access::kRead)) bits.emplace_back("PROT_READ");
  if (Allows(access, Access::kWrite)) bits.emplace_back("PROT_WRITE");
  return bits.empty() ? "PROT_NONE" : absl::StrJoin(bits, " | ");
}

std::string MapFlagsInC(const Step& step) {
  std::string flags = (step.options & kMapDroppable) != 0   ? "MAP_DROPPABLE"
                      : step.sharing == MapSharing::kShared ? "MAP_SHARED"
                                                            : "MAP_PRIVATE";
  if (step.file == kNoFile) absl::StrAppend(&flags, " | MAP_ANONYMOUS");
  absl::StrAppend(&flags, " | MAP_FIXED");
  if ((step.options & kMapLocked) != 0) absl::StrAppend(&flags, " | MAP_LOCKED");
  if ((step.options & kMapGrowsDown) != 0) absl::StrAppend(&flags, " | MAP_GROWSDOWN");
  if ((step.options & kMapPopulate) != 0) absl::StrAppend(&flags, " | MAP_POPULATE");
  return flags;
}

std::string LockAllFlagsInC(uint8_t options) {
  Arguments bits;
  if ((options & kLockCurrent) != 0) bits.emplace_back("MCL_CURRENT");
  if ((options & kLockFuture) != 0) bits.emplace_back("MCL_FUTURE");
  if ((options & kLockAllOnFault) != 0) bits.emplace_back("MCL_ONFAULT");
  return bits.empty() ? "0" : absl::StrJoin(bits, " | ");
}

absl::string_view AdviceInC(Advice advice) {
  constexpr absl::string_view kNames[] = {"MADV_DONTNEED", "MADV_GUARD_INSTALL",
                                          "MADV_GUARD_REMOVE", "MADV_DONTFORK", "MADV_DOFORK"};
  static_assert(std::size(kNames) == kAdvices);
  return kNames[static_cast<size_t>(advice)];
}

// Returns a statement that makes a call of libc and takes its answer.
std::string Take(absl::string_view function, const Arguments& arguments) {
  return Statement(absl::StrCat("got = ANSWER(", function, "("), arguments, "));");
}

std::string MapStatement(const Step& step, std::span<const File> files) {
  const std::string at = AddressInC(step.at);
  const std::string length = LengthInC(step.length, step.at);
  const std::string name = step.file == kNoFile ? "-1" : FileName(step.file);
  const HeldAs held =
      step.file == kNoFile ? HeldAs::kDescriptor : HowHeld(files[static_cast<size_t>(step.file)]);
  switch (held) {
    case HeldAs::kSegment:
      return Take(
          "shmat",
          {name, at, Allows(step.access, Access::kWrite) ? "SHM_REMAP" : "SHM_REMAP | SHM_RDONLY"});
    case HeldAs::kMapping:
      return Take("mremap", {name, length, length, "MREMAP_MAYMOVE | MREMAP_FIXED", at});
    case HeldAs::kDescriptor:
      break;
  }
  return Take("mmap", {at, length, ProtectionInC(step.access), MapFlagsInC(step), name,
                       LengthInC({.pages = step.file_page}, {})});
}

std::string RemapStatement(const Step& step) {
  Arguments arguments = {AddressInC(step.at), LengthInC(step.length, step.at),
                         LengthInC(step.new_length, step.at)};
  if (step.moves) {
    arguments.push_back(
        absl::StrCat("MREMAP_MAYMOVE | MREMAP_FIXED", step.keeps ? " | MREMAP_DONTUNMAP" : ""));
    arguments.push_back(AddressInC(step.to));
  } else {
    arguments.emplace_back("0");
  }
  return Take("mremap", arguments);
}

// musl's mprotect rounds its range to pages by itself.
std::string ProtectStatement(const Step& step) {
  const Arguments arguments = {AddressInC(step.at), LengthInC(step.length, step.at),
                               ProtectionInC(step.access)};
  if (step.at.bytes == 0) return Take("mprotect", arguments);
  return Take("syscall", {"SYS_mprotect", arguments[0], arguments[1], arguments[2]});
}

std::string TruncateStatement(const Step& step, std::span<const File> files) {
  const bool has_descriptor = HowHeld(files[static_cast<size_t>(step.file)]) == HeldAs::kDescriptor;
  return Take("ftruncate",
              {has_descriptor ? FileName(step.file) : "-1", LengthInC(step.length, {})});
}

// Returns the statements that perform `step` and put its answer into `got`, if it has any.
std::string Perform(const Step& step, std::span<const File> files) {
  const std::string at = AddressInC(step.at);
  const std::string length = LengthInC(step.length, step.at);
  switch (step.kind) {
    case StepKind::kMap:
      return MapStatement(step, files);
    case StepKind::kUnmap:
      return Take("munmap", {at, length});
    case StepKind::kProtect:
      return ProtectStatement(step);
    case StepKind::kLock:
      return Take("mlock", {at, length});
    case StepKind::kLockOnFault:
      return Take("syscall", {"SYS_mlock2", at, length, "MLOCK_ONFAULT"});
    case StepKind::kUnlock:
      return Take("munlock", {at, length});
    case StepKind::kLockAll:
      return Take("mlockall", {LockAllFlagsInC(step.options)});
    case StepKind::kUnlockAll:
      return Take("munlockall", {});
    case StepKind::kRemap:
      return RemapStatement(step);
    case StepKind::kWrite:
      return Statement("store(", {at, length}, ");");
    case StepKind::kTruncate:
      return TruncateStatement(step, files);
    case StepKind::kAdvise:
      return Take("madvise", {at, length, std::string(AdviceInC(step.advice))});
    case StepKind::kReopen:
      return Statement("got = reopen(", {FileName(step.file)}, ");");
    case StepKind::kFork:
      return "\tgo_on_in_child();\n";
    case StepKind::kSeal:
      return Take("syscall", {"SYS_mseal", at, length, "0"});
    case StepKind::kUserfault:
      return Statement("got = userfault(", {at, length}, ");");
    case StepKind::kSignal:
      return "\tgot = signal_caller();\n";
  }
  return "";
}

bool HasAnswer(const Step& step) {
  return step.kind != StepKind::kWrite && step.kind != StepKind::kFork;
}

// Returns a statement that says whether `got` is one of `outcomes`.
std::string Compare(const Outcomes& outcomes, absl::string_view by) {
  Arguments names;
  Arguments conditions;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    names.push_back(absl::StrCat(ErrnoName(outcomes[i])));
    conditions.push_back(absl::StrCat("got == ", ErrnoInC(outcomes[i])));
  }
  if (outcomes.latitude() == Latitude::kSomeError) {
    names.emplace_back("an error");
    conditions.emplace_back("got != 0");
  }
  return Statement("compare(",
                   {Quoted(absl::StrCat(absl::StrJoin(names, " or "), by)), "got",
                    absl::StrJoin(conditions, " || ")},
                   ");");
}

std::string Leave(absl::string_view why) { return Statement("leave(", {Quoted(why), "got"}, ");"); }

// Whether the C library's msync passes on what it is given.
bool FitsInt(SyncFlags flags) { return flags.word() <= 0x7fffffff; }

std::string FlagsArgument(SyncFlags flags) {
  return absl::StrCat(FlagsInC(flags), (flags.word() >> 32) != 0 ? "UL" : "");
}

}  // namespace

std::string StepStatements(const Step& step, std::span<const File> files,
                           const StepPrediction& said, OnAnother on_another) {
  const std::string text = Print(step);
  if (said.kind == StepPrediction::Kind::kFaults) {
    return absl::StrCat("\t/* ", text, ": left out, it would raise ", SignalName(said.signal),
                        " */\n");
  }
  std::string statements =
      absl::StrCat(Begin(text), said.waits ? "\trelease_later();\n" : "", Perform(step, files));
  if (!HasAnswer(step)) return statements;
  if (on_another == OnAnother::kDiffers) {
    return absl::StrCat(statements, Compare(Outcomes(said.result), ""));
  }
  return absl::StrCat(statements, Statement("layout(", {"got", ErrnoInC(said.result)}, ");"));
}

std::string CallStatements(const SymbolicCall& call, const Prediction& said, OnAnother on_another,
                           const BesideCall& beside) {
  std::string statements = absl::StrCat(Begin(Print(call)), beside.before);
  const std::string addr = AddressInC(call.addr);
  const std::string length = LengthInC(call.length, call.addr);
  const std::string flags = FlagsArgument(call.flags);
  if (call.caller == Caller::kCompat32) {
    absl::StrAppend(&statements, Statement("got = compat_msync(", {addr, length, flags}, ");"));
  } else if (FitsInt(call.flags)) {
    absl::StrAppend(&statements, Take("msync", {addr, length, flags}));
  } else {
    absl::StrAppend(&statements, Take("syscall", {"SYS_msync", addr, length, flags}));
  }
  absl::StrAppend(&statements, beside.behind);
  if (on_another == OnAnother::kIsPrinted) {
    return absl::StrCat(statements, Leave("it depends on what else the process has mapped"));
  }
  const Latitude latitude = said.outcomes.latitude();
  if (latitude != Latitude::kDetermined && latitude != Latitude::kSomeError) {
    return absl::StrCat(statements, Leave("the profile allows anything"));
  }
  return absl::StrCat(statements, Compare(said.outcomes, absl::StrCat(" by ", said.rule->id)));
}

}  // namespace msyncspec
