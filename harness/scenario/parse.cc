// SPDX-License-Identifier: MIT
#include "harness/scenario/parse.h"

#include <charconv>
#include <csignal>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/scenario/words.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr size_t kMaxTextBytes = size_t{1} << 20;  // far above the largest valid scenario

// One word of a line, and the column at which it begins, counted from 1.
struct Token {
  absl::string_view text;
  size_t column = 0;
};

// The words of one line, taken one after the other. The first failure is kept; after it every
// further Take returns something harmless, so that callers need not ask after each.
class Line {
 public:
  Line(absl::string_view text, size_t number) : number_(number) {
    const size_t comment = text.find('#');
    if (comment != absl::string_view::npos) text = text.substr(0, comment);
    size_t at = 0;
    while (true) {
      while (at < text.size() && absl::ascii_isspace(static_cast<unsigned char>(text[at]))) ++at;
      if (at == text.size()) break;
      const size_t begin = at;
      while (at < text.size() && !absl::ascii_isspace(static_cast<unsigned char>(text[at]))) ++at;
      tokens_.push_back({text.substr(begin, at - begin), begin + 1});
    }
    end_ = {"", at + 1};
    text_ = absl::StripAsciiWhitespace(text);
  }

  bool empty() const { return tokens_.empty(); }
  bool AtEnd() const { return next_ >= tokens_.size(); }
  const Token& Peek() const { return AtEnd() ? end_ : tokens_[next_]; }
  Token Take() {
    const Token token = Peek();
    if (!AtEnd()) ++next_;
    return token;
  }
  const Token& first() const { return tokens_.front(); }
  Token whole() const { return {text_, first().column}; }

  // Fails at `token`, unless the line has failed before.
  void Fail(const Token& token, absl::string_view expected) {
    if (!status_.ok()) return;
    const std::string found = token.column >= end_.column
                                  ? std::string("the end of the line")
                                  : absl::StrCat("\"", absl::Utf8SafeCEscape(token.text), "\"");
    status_ = absl::InvalidArgumentError(
        absl::StrCat(number_, ":", token.column, ": expected ", expected, ", found ", found));
  }
  const absl::Status& status() const { return status_; }

  // Takes "NAME=VALUE" and returns a token of VALUE alone, at its own column.
  Token TakeField(absl::string_view name) {
    Token token = Take();
    const std::string prefix = absl::StrCat(name, "=");
    if (!absl::StartsWith(token.text, prefix)) {
      Fail(token, absl::StrCat("\"", prefix, "…\""));
      return token;
    }
    return {token.text.substr(prefix.size()), token.column + prefix.size()};
  }
  bool NextIsField(absl::string_view name) const {
    return !AtEnd() && absl::StartsWith(Peek().text, absl::StrCat(name, "="));
  }

  // Takes a word of `table` and returns its value. A failure names those of `also` besides.
  template <typename Table>
  auto TakeWord(const Table& table, absl::string_view also = "") {
    const Token token = Take();
    for (const auto& word : table) {
      if (word.text == token.text) return word.value;
    }
    Fail(token, ListOf(table, also));
    return table[0].value;
  }

  // Takes words of `table` as long as there are any, and returns their bits.
  template <typename Table>
  uint8_t TakeOptions(const Table& table) {
    uint8_t options = 0;
    while (!AtEnd() && status_.ok()) options |= TakeWord(table);
    return options;
  }

 private:
  template <typename Table>
  static std::string ListOf(const Table& table, absl::string_view also) {
    return absl::StrCat("one of ", also,
                        absl::StrJoin(table, ", ", [](std::string* out, const auto& w) {
                          absl::StrAppend(out, w.text);
                        }));
  }

  size_t number_;
  absl::string_view text_;
  std::vector<Token> tokens_;
  size_t next_ = 0;
  Token end_;
  absl::Status status_;
};

// Takes an unsigned number off the front of `text`, in base 10 or, after 0x, in base 16.
bool ConsumeNumber(absl::string_view& text, uint64_t& value) {
  const int base = absl::ConsumePrefix(&text, "0x") ? 16 : 10;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end == text.data()) return false;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return true;
}

// A sum of pages and bytes, modulo 2^64.
struct Sum {
  uint64_t pages = 0, bytes = 0;
};

// Takes "+2p-1" and the like, up to the end of `text`. Where `bare`, the first sign may be missing.
bool ConsumeTerms(absl::string_view text, bool bare, Sum& sum) {
  if (bare && text.empty()) return false;
  for (bool first = bare; !text.empty(); first = false) {
    const bool minus = absl::ConsumePrefix(&text, "-");
    if (!minus && !absl::ConsumePrefix(&text, "+") && !first) return false;
    uint64_t value = 0;
    if (!ConsumeNumber(text, value)) return false;
    if (minus) value = ~value + 1;
    (absl::ConsumePrefix(&text, "p") ? sum.pages : sum.bytes) += value;
  }
  return true;
}

constexpr absl::string_view kPositionForms = "a position such as p2, p2+1, last or 0x7000";
constexpr absl::string_view kLengthForms = "a length such as 4p, 4p-1, 100, max or to-last";

Position PositionFrom(Line& line, const Token& token) {
  absl::string_view text = token.text;
  Position position;
  Sum sum;
  bool bare = false;
  if (absl::ConsumePrefix(&text, "last")) {
    position.anchor = Anchor::kLastPage;
  } else if (absl::ConsumePrefix(&text, "p")) {
    if (text.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(text[0])) ||
        !ConsumeNumber(text, sum.pages)) {
      line.Fail(token, kPositionForms);
    }
  } else {
    position.anchor = Anchor::kZero;
    bare = true;
  }
  if (!ConsumeTerms(text, bare, sum)) line.Fail(token, kPositionForms);
  position.pages = static_cast<int64_t>(sum.pages);
  position.bytes = static_cast<int64_t>(sum.bytes);
  return position;
}

Length LengthFrom(Line& line, const Token& token) {
  absl::string_view text = token.text;
  Length length;
  if (absl::ConsumePrefix(&text, "max")) {
    length.base = LengthBase::kMax;
  } else if (absl::ConsumePrefix(&text, "to-last")) {
    length.base = LengthBase::kToLast;
  }
  Sum sum;
  if (!ConsumeTerms(text, length.base == LengthBase::kZero, sum)) line.Fail(token, kLengthForms);
  length.pages = static_cast<int64_t>(sum.pages);
  length.bytes = static_cast<int64_t>(sum.bytes);
  return length;
}

SyncFlags FlagsFrom(Line& line, const Token& token) {
  uint64_t bits = 0;
  for (absl::string_view part : absl::StrSplit(token.text, '|')) {
    bool known = false;
    for (const auto& word : words::kFlagWords) {
      if (word.text != part) continue;
      bits |= word.value;
      known = true;
    }
    if (known) continue;
    const bool minus = absl::ConsumePrefix(&part, "-");
    uint64_t value = 0;
    if (!ConsumeNumber(part, value) || !part.empty()) {
      line.Fail(token, "flags such as MS_SYNC|MS_INVALIDATE, 0, 0x8 or -1");
    }
    bits |= minus ? ~value + 1 : value;
  }
  return SyncFlags(bits);
}

Errno ErrnoFrom(Line& line, const Token& token) {
  const std::optional<Errno> value = ErrnoFromName(token.text);
  if (!value.has_value()) line.Fail(token, "0, an error name such as EBUSY, or errno:N");
  return value.value_or(Errno::kOk);
}

// Reads "f0" off `text` up to `end`, which is removed too.
FileId FileIdFrom(Line& line, const Token& token, absl::string_view text) {
  uint64_t number = 0;
  if (!absl::ConsumePrefix(&text, "f") || !ConsumeNumber(text, number) || !text.empty() ||
      number >= kMaxFiles) {
    line.Fail(token, absl::StrCat("a file, f0 to f", kMaxFiles - 1));
    return kNoFile;
  }
  return static_cast<FileId>(number);
}

File FileFrom(Line& line, size_t expected_number) {
  const std::string expected = absl::StrCat("f", expected_number);
  if (const Token name = line.Take(); name.text != expected) {
    line.Fail(name, absl::StrCat("\"", expected, "\", the next file's name"));
  }
  File file;
  const Token kind = line.Take();
  if (const std::optional<Backing> backing = BackingFromName(kind.text); backing.has_value()) {
    file.backing = *backing;
  } else {
    line.Fail(kind, absl::StrCat("one of ", absl::StrJoin(AllBackings(), ", ",
                                                          [](std::string* out, const auto& row) {
                                                            absl::StrAppend(out, row.name);
                                                          })));
  }
  const Token size = line.Take();
  const Length length = LengthFrom(line, size);
  if (length.base != LengthBase::kZero || length.bytes != 0) line.Fail(size, "whole pages");
  file.pages = length.pages;
  while (!line.AtEnd() && line.status().ok()) {
    if (line.NextIsField("fsync")) {
      file.fsync_error = ErrnoFrom(line, line.TakeField("fsync"));
    } else if (const Token word = line.Take(); word.text == words::kReadOnlyWord) {
      file.descriptor = Descriptor::kReadOnly;
    } else {
      line.Fail(word, "readonly or fsync=…");
    }
  }
  return file;
}

void MapFrom(Line& line, Step& step) {
  step.sharing = line.TakeWord(words::kSharingWords);
  step.access = line.TakeWord(words::kAccessWords);
  const Token source = line.Take();
  if (source.text != words::kAnonymousWord) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(source.text, absl::MaxSplits('@', 1));
    step.file = FileIdFrom(line, {parts.first, source.column}, parts.first);
    const Token offset = {parts.second, source.column + parts.first.size() + 1};
    const Length at = LengthFrom(line, offset);
    if (at.base != LengthBase::kZero || at.bytes != 0) line.Fail(offset, "whole pages");
    step.file_page = at.pages;
  }
  step.options = line.TakeOptions(words::kMapOptionWords);
}

Step StepFrom(Line& line) {
  Step step;
  step.kind = line.TakeWord(words::kStepKindWords, "file, call, expect, ");
  if (step.kind == StepKind::kLockAll) {
    step.options = line.TakeOptions(words::kLockAllWords);
    return step;
  }
  if (step.kind == StepKind::kUnlockAll) return step;
  if (step.kind == StepKind::kTruncate) {
    const Token name = line.Take();
    step.file = FileIdFrom(line, name, name.text);
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
  }
  return step;
}

SymbolicCall CallFrom(Line& line) {
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
ExpectedSync SyncFrom(Line& line, const Token& token) {
  constexpr absl::string_view kForm = "a synced range such as f0[0,2p)";
  const size_t open = token.text.find('['), close = token.text.find(')');
  ExpectedSync sync;
  if (open == absl::string_view::npos || close == absl::string_view::npos || close < open) {
    line.Fail(token, kForm);
    return sync;
  }
  sync.file = FileIdFrom(line, token, token.text.substr(0, open));
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
  if (absl::ConsumePrefix(&rest, "+metadata")) sync.detail = SyncDetail::kFull;
  if (absl::ConsumePrefix(&rest, "!")) {
    sync.answer = ErrnoFrom(line, {rest, token.column + token.text.size() - rest.size()});
    rest = "";
  }
  if (!rest.empty()) line.Fail(token, kForm);
  return sync;
}

std::vector<ExpectedSync> SyncsFrom(Line& line, const Token& token) {
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

// A store can be expected to raise a signal; a call is decided by a rule and syncs ranges.
Expectation ExpectationFrom(Line& line, const std::vector<Action>& actions) {
  const bool about_call = std::holds_alternative<SymbolicCall>(actions.back());
  line.Take();  // "expect"
  Expectation expectation = {.action = actions.size() - 1};
  const Token profile = line.Take();
  if (FindProfile(profile.text) == nullptr) line.Fail(profile, "the name of a profile");
  expectation.profile = std::string(profile.text);
  const Token outcome = line.Take();
  if (!about_call && outcome.text == "SIGSEGV") {
    expectation.signal = SIGSEGV;
  } else if (!about_call && outcome.text == "SIGBUS") {
    expectation.signal = SIGBUS;
  } else {
    expectation.outcome = ErrnoFrom(line, outcome);
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
absl::Status ParseLine(Line& line, AnnotatedScenario& annotated) {
  Scenario& scenario = annotated.scenario;
  const Token keyword = line.first();
  absl::Status valid;
  if (keyword.text == "file") {
    if (!scenario.actions.empty()) line.Fail(keyword, "files before the first step");
    if (scenario.files.size() == kMaxFiles) {
      line.Fail(keyword, absl::StrCat("at most ", kMaxFiles, " files"));
    }
    line.Take();
    scenario.files.push_back(FileFrom(line, scenario.files.size()));
    valid = Validate(scenario.files.back());
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
    Line line(line_text, ++number);
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
