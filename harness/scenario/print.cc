// SPDX-License-Identifier: MIT
#include "harness/scenario/print.h"

#include <csignal>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/text_file.h"
#include "harness/scenario/words.h"

namespace msyncspec {
namespace {

// Appends " word" for each bit of `options` that is set.
template <typename Words>
std::string OptionWords(const Words& words, uint8_t options) {
  std::string text;
  for (const auto& word : words) {
    if ((options & word.value) != 0) absl::StrAppend(&text, " ", word.text);
  }
  return text;
}

// Numbers too long to read at a glance are printed in base 16.
std::string Number(uint64_t magnitude) {
  return magnitude < 65536 ? absl::StrCat(magnitude) : absl::StrFormat("0x%x", magnitude);
}

std::string Signed(int64_t value, absl::string_view unit) {
  const uint64_t bits = static_cast<uint64_t>(value);
  return value < 0 ? absl::StrCat("-", Number(~bits + 1), unit)
                   : absl::StrCat("+", Number(bits), unit);
}

// Returns "+2p-1" and the like, without what is 0.
std::string Terms(int64_t pages, int64_t bytes) {
  std::string text;
  if (pages != 0) absl::StrAppend(&text, Signed(pages, "p"));
  if (bytes != 0) absl::StrAppend(&text, Signed(bytes, ""));
  return text;
}

// A sum without a base: its first term has no plus sign, and a lone count of bytes no sign at all.
std::string BareTerms(int64_t pages, int64_t bytes) {
  if (pages == 0) return Number(static_cast<uint64_t>(bytes));
  std::string text = Terms(pages, bytes);
  return text[0] == '+' ? text.substr(1) : text;
}

std::string MomentText(const Moment& moment) {
  if (moment.InTurn()) return "";
  return absl::StrCat(
      words::kMeanwhileWord, " ",
      moment.IsAny() ? std::string(words::kAnyMomentWord) : absl::StrCat(moment.number()), " ");
}

std::string PrintMap(const Step& step) {
  const std::string source =
      step.file == kNoFile
          ? std::string(words::kAnonymousWord)
          : absl::StrCat(FileName(step.file), "@", Print(Length{.pages = step.file_page}));
  return absl::StrCat(" ", words::TextFor(words::kSharingWords, step.sharing), " ",
                      words::TextFor(words::kAccessWords, step.access), " ", source,
                      OptionWords(words::kMapOptionWords, step.options));
}

}  // namespace

std::string Print(const Position& position) {
  switch (position.anchor) {
    case Anchor::kArena:
      // The page number belongs to the anchor: p0, p1 …, and p0-1p for the page before the arena.
      return position.pages >= 0 ? absl::StrCat("p", position.pages, Terms(0, position.bytes))
                                 : absl::StrCat("p0", Terms(position.pages, position.bytes));
    case Anchor::kZero:
      return position.pages == 0 ? absl::StrFormat("0x%x", static_cast<uint64_t>(position.bytes))
                                 : absl::StrCat("0x0", Terms(position.pages, position.bytes));
    case Anchor::kLastPage:
      return absl::StrCat("last", Terms(position.pages, position.bytes));
  }
  return "?";
}

std::string Print(const Length& length) {
  switch (length.base) {
    case LengthBase::kZero:
      return BareTerms(length.pages, length.bytes);
    case LengthBase::kMax:
      return absl::StrCat("max", Terms(length.pages, length.bytes));
    case LengthBase::kToLast:
      return absl::StrCat("to-last", Terms(length.pages, length.bytes));
  }
  return "?";
}

std::string Print(SyncFlags flags) {
  std::vector<std::string> parts;
  for (const auto& word : words::kFlagWords) {
    if (flags.Has(word.value)) parts.emplace_back(word.text);
  }
  const uint64_t unknown = flags.UnknownBits(kGenericFlagNumbers);
  if (unknown != 0) parts.push_back(absl::StrFormat("0x%x", unknown));
  return parts.empty() ? "0" : absl::StrJoin(parts, "|");
}

std::string Print(const Step& step) {
  std::string text =
      absl::StrCat(MomentText(step.moment), words::TextFor(words::kStepKindWords, step.kind));
  const std::string range = absl::StrCat(" ", Print(step.at), " ", Print(step.length));
  switch (step.kind) {
    case StepKind::kMap:
      return absl::StrCat(text, range, PrintMap(step));
    case StepKind::kProtect:
      return absl::StrCat(text, range, " ", words::TextFor(words::kAccessWords, step.access));
    case StepKind::kLockAll:
      return absl::StrCat(text, OptionWords(words::kLockAllWords, step.options));
    case StepKind::kUnlockAll:
    case StepKind::kSignal:
    case StepKind::kFork:
      return text;
    case StepKind::kReopen:
      return absl::StrCat(text, " ", FileName(step.file));
    case StepKind::kRemap:
      absl::StrAppend(&text, range, " ", Print(step.new_length));
      if (step.moves) absl::StrAppend(&text, " to=", Print(step.to));
      return step.keeps ? absl::StrCat(text, " ", words::kKeepWord) : text;
    case StepKind::kTruncate:
      return absl::StrCat(text, " ", FileName(step.file), " ", Print(step.length));
    case StepKind::kAdvise:
      return absl::StrCat(text, range, " ", words::TextFor(words::kAdviceWords, step.advice));
    default:
      return absl::StrCat(text, range);
  }
}

std::string Print(const SymbolicCall& call) {
  std::string text = absl::StrCat("call addr=", Print(call.addr), " len=", Print(call.length),
                                  " flags=", Print(call.flags));
  if (call.caller != Caller::kNative) {
    absl::StrAppend(&text, " caller=", words::TextFor(words::kCallerWords, call.caller));
  }
  return text;
}

std::string SignalName(int signal) {
  if (signal == SIGSEGV) return "SIGSEGV";
  if (signal == SIGBUS) return "SIGBUS";
  return absl::StrCat("signal:", signal);
}

std::string PrintSyncs(const std::vector<ExpectedSync>& syncs) {
  if (syncs.empty()) return "none";
  return absl::StrJoin(syncs, ",", [](std::string* out, const ExpectedSync& sync) {
    absl::StrAppend(out, FileName(sync.file), "[");
    if (sync.to_end_of_file) {
      absl::StrAppend(out, "all)");
    } else {
      absl::StrAppend(out, Print(sync.begin), ",", Print(sync.end), ")");
    }
    if (sync.kind != SyncKind::kDataOnly) {
      absl::StrAppend(out, "+", words::TextFor(words::kSyncKindWords, sync.kind));
    }
    if (!sync.asked) absl::StrAppend(out, "+", words::kUnaskedWord);
    if (sync.answer != Errno::kOk) absl::StrAppend(out, "!", ErrnoName(sync.answer));
  });
}

std::string Print(const Expectation& expectation) {
  std::string text = absl::StrCat(
      "expect ", expectation.profile, expectation.last_profile.empty() ? "" : "..",
      expectation.last_profile, " ",
      expectation.signal != 0 ? SignalName(expectation.signal) : Text(expectation.outcomes));
  if (!expectation.rule.empty()) absl::StrAppend(&text, " by=", expectation.rule);
  if (expectation.synced.has_value()) {
    absl::StrAppend(&text, " synced=", PrintSyncs(*expectation.synced));
  }
  return text;
}

std::string Print(const Scenario& scenario) { return Print(AnnotatedScenario{scenario, {}}); }

std::string Print(const AnnotatedScenario& annotated) {
  std::string text;
  const Scenario& scenario = annotated.scenario;
  for (size_t i = 0; i < scenario.files.size(); ++i) {
    absl::StrAppend(&text, "file ", FileName(static_cast<FileId>(i)), " ",
                    PrintFile(scenario.files[i]), "\n");
  }
  size_t next = 0;
  for (size_t i = 0; i < scenario.actions.size(); ++i) {
    absl::StrAppend(
        &text, std::visit([](const auto& action) { return Print(action); }, scenario.actions[i]),
        "\n");
    for (; next < annotated.expectations.size() && annotated.expectations[next].action == i;
         ++next) {
      absl::StrAppend(&text, Print(annotated.expectations[next]), "\n");
    }
  }
  return text;
}

}  // namespace msyncspec
