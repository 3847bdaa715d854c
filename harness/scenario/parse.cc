// SPDX-License-Identifier: MIT
#include "harness/scenario/parse.h"

#include <csignal>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/scenario/text_line.h"
#include "harness/scenario/text_values.h"
#include "harness/scenario/words.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr size_t kMaxTextBytes = size_t{1} << 20;  // far above the largest valid scenario

// Reads the options of a file; those of its server may come with a new file alone.
void FileOptionsFrom(TextLine& line, File& file) {
  while (!line.AtEnd() && line.status().ok()) {
    if (line.NextIsField("fsync")) {
      file.fsync = FaultFrom(line, line.TakeField("fsync"));
    } else if (line.NextIsField("write")) {
      file.write = FaultFrom(line, line.TakeField("write"));
    } else if (const Token word = line.Take(); word.text == words::kReadOnlyWord) {
      file.descriptor = Descriptor::kReadOnly;
    } else if (word.text == words::kWritebackWord) {
      file.cache = ServerCache::kWriteback;
    } else if (word.text == words::kInterruptibleWord) {
      file.interrupts = Interrupts::kAnswered;
    } else {
      line.Fail(word, "readonly, writeback, interruptible, fsync=… or write=…");
    }
  }
}

File FileFrom(TextLine& line, const std::vector<File>& above) {
  const std::string expected = absl::StrCat("f", above.size());
  if (const Token name = line.Take(); name.text != expected) {
    line.Fail(name, absl::StrCat("\"", expected, "\", the next file's name"));
  }
  File file;
  const Token kind = line.Take();
  for (const auto& origin : words::kOriginWords) {
    if (kind.text != origin.text) continue;
    const Token of = line.Take();
    file = DerivedFrom(above, FileIdFrom(line, of), origin.value);
    FileOptionsFrom(line, file);
    return file;
  }
  if (const std::optional<Backing> backing = BackingFromName(kind.text); backing.has_value()) {
    file.backing = *backing;
  } else {
    line.Fail(kind, absl::StrCat(
                        "dup, open, or one of ",
                        absl::StrJoin(AllBackings(), ", ", [](std::string* out, const auto& row) {
                          absl::StrAppend(out, row.name);
                        })));
  }
  const Token size = line.Take();
  const Length length = LengthFrom(line, size);
  if (length.base != LengthBase::kZero || length.bytes != 0) line.Fail(size, "whole pages");
  file.pages = length.pages;
  FileOptionsFrom(line, file);
  return file;
}

void MapFrom(TextLine& line, Step& step) {
  step.sharing = line.TakeWord(words::kSharingWords);
  step.access = line.TakeWord(words::kAccessWords);
  const Token source = line.Take();
  if (source.text != words::kAnonymousWord) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(source.text, absl::MaxSplits('@', 1));
    step.file = FileIdFrom(line, {parts.first, source.column});
    const Token offset = {parts.second, source.column + parts.first.size() + 1};
    const Length at = LengthFrom(line, offset);
    if (at.base != LengthBase::kZero || at.bytes != 0) line.Fail(offset, "whole pages");
    step.file_page = at.pages;
  }
  step.options = line.TakeOptions(words::kMapOptionWords);
}

// Reads "meanwhile 2" or "meanwhile any", if that comes next.
Moment MomentFrom(TextLine& line) {
  if (line.Peek().text != words::kMeanwhileWord) return {};
  line.Take();
  const Token which = line.Take();
  if (which.text == words::kAnyMomentWord) return Moment::Any();
  int fsync = 0;
  if (!absl::SimpleAtoi(which.text, &fsync) || fsync < 1 || fsync > Moment::kMaxFsync) {
    line.Fail(which, absl::StrCat("any, or the number of an fsync, 1 to ", Moment::kMaxFsync));
    return {};
  }
  return Moment::During(fsync);
}

Step StepFrom(TextLine& line) {
  Step step = {.moment = MomentFrom(line)};
  step.kind = line.TakeWord(words::kStepKindWords, "file, call, expect, meanwhile, ");
  if (step.kind == StepKind::kLockAll) {
    step.options = line.TakeOptions(words::kLockAllWords);
    return step;
  }
  if (step.kind == StepKind::kUnlockAll || step.kind == StepKind::kSignal ||
      step.kind == StepKind::kFork) {
    return step;
  }
  if (step.kind == StepKind::kReopen) {
    const Token name = line.Take();
    step.file = FileIdFrom(line, name);
    return step;
  }
  if (step.kind == StepKind::kTruncate) {
    const Token name = line.Take();
    step.file = FileIdFrom(line, name);
  } else {
    step.at = PositionFrom(line, line.Take());
  }
  step.length = LengthFrom(line, line.Take());
  if (step.kind == StepKind::kMap) MapFrom(line, step);
  if (step.kind == StepKind::kProtect) step.access = line.TakeWord(words::kAccessWords);
  if (step.kind == StepKind::kAdvise) step.advice = line.TakeWord(words::kAdviceWords);
  if (step.kind == StepKind::kRemap) {
    step.new_length = LengthFrom(line, line.Take());
    step.moves = line.NextIsField("to");
    if (step.moves) step.to = PositionFrom(line, line.TakeField("to"));
    step.keeps = step.moves && line.Peek().text == words::kKeepWord;
    if (step.keeps) line.Take();
  }
  return step;
}

SymbolicCall CallFrom(TextLine& line) {
  line.Take();  // "call"
  SymbolicCall call;
  call.addr = PositionFrom(line, line.TakeField("addr"));
  call.length = LengthFrom(line, line.TakeField("len"));
  call.flags = FlagsFrom(line, line.TakeField("flags"));
  if (line.NextIsField("caller")) {
    const Token value = line.TakeField("caller");
    for (const auto& word : words::kCallerWords) {
      if (word.text == value.text) {
        call.caller = word.value;
        return call;
      }
    }
    line.Fail(value, "native or compat");
  }
  return call;
}

// Reads one "f0[0,2p)", "f0[all)+metadata" or "f0[0,1p)!EIO".
ExpectedSync SyncFrom(TextLine& line, const Token& token) {
  constexpr absl::string_view kForm = "a synced range such as f0[0,2p)";
  const size_t open = token.text.find('['), close = token.text.find(')');
  ExpectedSync sync;
  if (open == absl::string_view::npos || close == absl::string_view::npos || close < open) {
    line.Fail(token, kForm);
    return sync;
  }
  sync.file = FileIdFrom(line, {token.text.substr(0, open), token.column});
  const absl::string_view inside = token.text.substr(open + 1, close - open - 1);
  if (inside == "all") {
    sync.to_end_of_file = true;
  } else {
    const std::pair<absl::string_view, absl::string_view> ends =
        absl::StrSplit(inside, absl::MaxSplits(',', 1));
    sync.begin = LengthFrom(line, {ends.first, token.column + open + 1});
    sync.end = LengthFrom(line, {ends.second, token.column + open + 2 + ends.first.size()});
  }
  absl::string_view rest = token.text.substr(close + 1);
  for (const auto& word : words::kSyncKindWords) {
    if (!absl::ConsumePrefix(&rest, absl::StrCat("+", word.text))) continue;
    sync.kind = word.value;
    break;
  }
  if (absl::ConsumePrefix(&rest, absl::StrCat("+", words::kUnaskedWord))) sync.asked = false;
  if (absl::ConsumePrefix(&rest, "!")) {
    sync.answer = ErrnoFrom(line, {rest, token.column + token.text.size() - rest.size()});
    rest = "";
  }
  if (!rest.empty()) line.Fail(token, kForm);
  return sync;
}

std::vector<ExpectedSync> SyncsFrom(TextLine& line, const Token& token) {
  std::vector<ExpectedSync> syncs;
  if (token.text == "none") return syncs;
  // A comma separates ranges as well as the ends of one: each range ends behind its bracket.
  size_t begin = 0;
  while (begin <= token.text.size() && line.status().ok()) {
    const size_t close = token.text.find(')', begin);
    size_t end = token.text.find(',', close == absl::string_view::npos ? begin : close);
    if (end == absl::string_view::npos) end = token.text.size();
    syncs.push_back(SyncFrom(line, {token.text.substr(begin, end - begin), token.column + begin}));
    begin = end + 1;
  }
  return syncs;
}

// Reads "linux-6.18" or "linux-3.16..linux-6.18".
void ProfilesFrom(TextLine& line, const Token& token, Expectation& expectation) {
  const size_t dots = token.text.find("..");
  const absl::string_view first = token.text.substr(0, dots);
  expectation.profile = std::string(first);
  if (dots == absl::string_view::npos) {
    if (FindProfile(first) == nullptr) line.Fail(token, "the name of a profile");
    return;
  }
  const absl::string_view last = token.text.substr(dots + 2);
  expectation.last_profile = std::string(last);
  const Profile* const last_profile = FindProfile(last);
  if (first == last || last_profile == nullptr || !IsAbout(expectation, *last_profile)) {
    line.Fail(token, "two kernel profiles, the older one first, such as linux-3.16..linux-6.18");
  }
}

// A store can be expected to raise a signal; a call is decided by a rule and syncs ranges.
Expectation ExpectationFrom(TextLine& line, const std::vector<Action>& actions) {
  const bool about_call = std::holds_alternative<SymbolicCall>(actions.back());
  line.Take();  // "expect"
  Expectation expectation = {.action = actions.size() - 1};
  ProfilesFrom(line, line.Take(), expectation);
  const Token outcome = line.Take();
  if (!about_call && outcome.text == "SIGSEGV") {
    expectation.signal = SIGSEGV;
  } else if (!about_call && outcome.text == "SIGBUS") {
    expectation.signal = SIGBUS;
  } else {
    expectation.outcomes = OutcomesFrom(line, outcome);
  }
  if (about_call && line.NextIsField("by")) {
    const Token rule = line.TakeField("by");
    if (FindRule(rule.text) == nullptr) line.Fail(rule, "the id of a rule");
    expectation.rule = std::string(rule.text);
  }
  if (about_call && line.NextIsField("synced")) {
    expectation.synced = SyncsFrom(line, line.TakeField("synced"));
  }
  return expectation;
}

// Reads one line that is not empty into `annotated`.
absl::Status ParseLine(TextLine& line, AnnotatedScenario& annotated) {
  Scenario& scenario = annotated.scenario;
  const Token keyword = line.first();
  absl::Status valid;
  if (keyword.text == "file") {
    if (!scenario.actions.empty()) line.Fail(keyword, "files before the first step");
    if (scenario.files.size() == kMaxFiles) {
      line.Fail(keyword, absl::StrCat("at most ", kMaxFiles, " files"));
    }
    line.Take();
    const File file = FileFrom(line, scenario.files);
    valid = Validate(file, scenario.files);
    scenario.files.push_back(file);
  } else if (keyword.text == "expect") {
    if (scenario.actions.empty()) {
      line.Fail(keyword, "a step or call above what is expected of it");
      return line.status();
    }
    annotated.expectations.push_back(ExpectationFrom(line, scenario.actions));
  } else {
    if (scenario.actions.size() == kMaxActions) {
      line.Fail(keyword, absl::StrCat("at most ", kMaxActions, " steps and calls"));
    }
    if (keyword.text == "call") {
      scenario.actions.push_back(CallFrom(line));
    } else {
      const Step step = StepFrom(line);
      valid = Validate(step, scenario.files);
      scenario.actions.push_back(step);
    }
  }
  if (!line.AtEnd()) line.Fail(line.Peek(), "the end of the line");
  if (!valid.ok()) line.Fail(line.whole(), valid.message());
  return line.status();
}

}  // namespace

absl::StatusOr<AnnotatedScenario> Parse(absl::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("1:1: expected at most ", kMaxTextBytes, " bytes, found ", text.size()));
  }
  AnnotatedScenario annotated;
  size_t number = 0;
  for (absl::string_view line_text : absl::StrSplit(text, '\n')) {
    TextLine line(line_text, ++number);
    if (line.empty()) continue;
    if (absl::Status status = ParseLine(line, annotated); !status.ok()) return status;
  }
  if (absl::Status status = Validate(annotated.scenario); !status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(number, ":1: expected ", status.message(), ", found the end of the scenario"));
  }
  return annotated;
}

}  // namespace msyncspec
