// SPDX-License-Identifier: MIT
#include "harness/scenario/parse.h"

#include <csignal>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/scenario/text_file.h"
#include "harness/scenario/text_line.h"
#include "harness/scenario/text_values.h"
#include "harness/scenario/words.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr size_t kMaxTextBytes = size_t{1} << 20;  // far above the largest valid scenario

void MapFrom(TextLine& line, Step& step) {
  step.sharing = line.TakeWord(words::kSharingWords);
  step.access = line.TakeWord(words::kAccessWords);
  const Token source = line.Take();
  if (source.text != words::kAnonymousWord) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(source.text, absl::MaxSplits('@', 1));
    step.file = FileIdFrom(line, {parts.first, source.column});
    step.file_page = PagesFrom(line, {parts.second, source.column + parts.first.size() + 1});
  }
  step.options = line.TakeOptions(words::kMapOptionWords);
}

// Reads "meanwhile 2" or "meanwhile any", if that comes next.
Moment MomentFrom(TextLine& line) {
  if (line.Peek().text != words::kMeanwhileWord) return {};
  line.Take();
  const Token which = line.Take();
  if (which.text == words::kAnyMomentWord) return Moment::Any();
  return Moment::During(
      CountFrom(line, which, Moment::kMaxFsync, "any, or the number of an fsync"));
}

void RemapFrom(TextLine& line, Step& step) {
  step.new_length = LengthFrom(line, line.Take());
  step.moves = line.NextIsField("to");
  if (step.moves) step.to = PositionFrom(line, line.TakeField("to"));
  step.keeps = step.moves && line.Peek().text == words::kKeepWord;
  if (step.keeps) line.Take();
}

// Reads the range of a step, and what stands behind it.
void RangeAndRestFrom(TextLine& line, Step& step) {
  step.at = PositionFrom(line, line.Take());
  step.length = LengthFrom(line, line.Take());
  if (step.kind == StepKind::kMap) MapFrom(line, step);
  if (step.kind == StepKind::kProtect) step.access = line.TakeWord(words::kAccessWords);
  if (step.kind == StepKind::kAdvise) step.advice = line.TakeWord(words::kAdviceWords);
  if (step.kind == StepKind::kRemap) RemapFrom(line, step);
}

Step StepFrom(TextLine& line) {
  Step step = {.moment = MomentFrom(line)};
  step.kind = line.TakeWord(words::kStepKindWords, "file, call, expect, meanwhile, ");
  switch (step.kind) {
    case StepKind::kLockAll:
      step.options = line.TakeOptions(words::kLockAllWords);
      break;
    case StepKind::kUnlockAll:
    case StepKind::kSignal:
    case StepKind::kFork:
      break;
    case StepKind::kReopen:
      step.file = FileIdFrom(line, line.Take());
      break;
    case StepKind::kTruncate:
      step.file = FileIdFrom(line, line.Take());
      step.length = LengthFrom(line, line.Take());
      break;
    default:
      RangeAndRestFrom(line, step);
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

// Reads "all" or "0,2p", what stands between the brackets.
void SyncedRangeFrom(TextLine& line, const Token& inside, ExpectedSync& sync) {
  sync.to_end_of_file = inside.text == "all";
  if (sync.to_end_of_file) return;
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(inside.text, absl::MaxSplits(',', 1));
  sync.begin = LengthFrom(line, {ends.first, inside.column});
  sync.end = LengthFrom(line, {ends.second, inside.column + ends.first.size() + 1});
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
  SyncedRangeFrom(line, {token.text.substr(open + 1, close - open - 1), token.column + open + 1},
                  sync);
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

absl::Status ParseFileLine(TextLine& line, Scenario& scenario) {
  if (!scenario.actions.empty()) line.Fail(line.first(), "files before the first step");
  if (scenario.files.size() == kMaxFiles) {
    line.Fail(line.first(), absl::StrCat("at most ", kMaxFiles, " files"));
  }
  line.Take();  // "file"
  const File file = ParseFile(line, scenario.files);
  const absl::Status valid = Validate(file, scenario.files);
  scenario.files.push_back(file);
  return valid;
}

absl::Status ParseAction(TextLine& line, Scenario& scenario) {
  if (scenario.actions.size() == kMaxActions) {
    line.Fail(line.first(), absl::StrCat("at most ", kMaxActions, " steps and calls"));
  }
  if (line.first().text == "call") {
    scenario.actions.push_back(CallFrom(line));
    return absl::OkStatus();
  }
  const Step step = StepFrom(line);
  scenario.actions.push_back(step);
  return Validate(step, scenario.files);
}

// Reads one line that is not empty into `annotated`.
absl::Status ParseLine(TextLine& line, AnnotatedScenario& annotated) {
  Scenario& scenario = annotated.scenario;
  absl::Status valid;
  if (line.first().text == "file") {
    valid = ParseFileLine(line, scenario);
  } else if (line.first().text != "expect") {
    valid = ParseAction(line, scenario);
  } else if (!scenario.actions.empty()) {
    annotated.expectations.push_back(ExpectationFrom(line, scenario.actions));
  } else {
    line.Fail(line.first(), "a step or call above what is expected of it");
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

std::vector<int> ActionLines(absl::string_view text) {
  std::vector<int> lines;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripLeadingAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    if (absl::StartsWith(line, "file") || absl::StartsWith(line, "expect")) continue;
    lines.push_back(number);
  }
  return lines;
}

}  // namespace msyncspec
