// SPDX-License-Identifier: MIT
#include "harness/scenario/text_file.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/scenario/print.h"
#include "harness/scenario/text_values.h"
#include "harness/scenario/words.h"

namespace msyncspec {
namespace {

// A token, of which what has been read is taken away from the end.
struct Rest {
  const Token& token;
  absl::string_view text = token.text;
};

// Reads how often a fault happens from the end of "EIO[0,2p)*1".
int TakeTimes(TextLine& line, Rest& rest) {
  const size_t star = rest.text.find('*');
  if (star == absl::string_view::npos) return 0;
  const Token times = {rest.text.substr(star + 1), rest.token.column + star + 1};
  rest.text = rest.text.substr(0, star);
  return CountFrom(line, times, kMaxFaultTimes, "how often, such as EIO*1");
}

// Reads the pages that a fault concerns from the end of "EIO[0,2p)".
void TakePages(TextLine& line, Rest& rest, Fault& fault) {
  const size_t open = rest.text.find('[');
  if (open == absl::string_view::npos) return;
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(rest.text.substr(open + 1), absl::MaxSplits(',', 1));
  absl::string_view end = ends.second;
  if (!absl::ConsumeSuffix(&end, ")")) line.Fail(rest.token, "a range of pages such as EIO[0,2p)");
  const size_t begins_at = rest.token.column + open + 1;
  fault.begin_page = PagesFrom(line, {ends.first, begins_at});
  fault.end_page = PagesFrom(line, {end, begins_at + ends.first.size() + 1});
  rest.text = rest.text.substr(0, open);
}

Fault FaultFrom(TextLine& line, const Token& token) {
  Fault fault;
  Rest rest = {.token = token};
  fault.times = TakeTimes(line, rest);
  TakePages(line, rest, fault);
  fault.error = ErrnoFrom(line, {rest.text, token.column});
  if (fault.error == Errno::kOk) line.Fail(token, "an error");
  return fault;
}

void OptionsFrom(TextLine& line, File& file) {
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

std::optional<Origin> OriginFromName(absl::string_view name) {
  for (const auto& origin : words::kOriginWords) {
    if (origin.text == name) return origin.value;
  }
  return std::nullopt;
}

// Reads "memfd 4p", whose first word is `kind`.
File NewFileFrom(TextLine& line, const Token& kind) {
  File file;
  if (const std::optional<Backing> backing = BackingFromName(kind.text); backing.has_value()) {
    file.backing = *backing;
  } else {
    line.Fail(kind, absl::StrCat(
                        "dup, open, or one of ",
                        absl::StrJoin(AllBackings(), ", ", [](std::string* out, const auto& row) {
                          absl::StrAppend(out, row.name);
                        })));
  }
  file.pages = PagesFrom(line, line.Take());
  return file;
}

// Returns " NAME=ENOSPC[0,2p)*1", or nothing where there is no fault.
std::string FaultText(absl::string_view name, const Fault& fault) {
  if (fault == Fault{}) return "";
  std::string text = absl::StrCat(" ", name, "=", ErrnoName(fault.error));
  if (fault.begin_page != 0 || fault.end_page != kMaxFilePages) {
    absl::StrAppend(&text, "[", Print(Length{.pages = fault.begin_page}), ",",
                    Print(Length{.pages = fault.end_page}), ")");
  }
  if (fault.times != 0) absl::StrAppend(&text, "*", fault.times);
  return text;
}

}  // namespace

File ParseFile(TextLine& line, std::span<const File> above) {
  const std::string expected = FileName(static_cast<FileId>(above.size()));
  if (const Token name = line.Take(); name.text != expected) {
    line.Fail(name, absl::StrCat("\"", expected, "\", the next file's name"));
  }
  const Token kind = line.Take();
  const std::optional<Origin> origin = OriginFromName(kind.text);
  File file = origin.has_value() ? DerivedFrom(above, FileIdFrom(line, line.Take()), *origin)
                                 : NewFileFrom(line, kind);
  OptionsFrom(line, file);
  return file;
}

std::string PrintFile(const File& file) {
  const bool derived = file.origin != Origin::kNew;
  std::string text = derived ? absl::StrCat(words::TextFor(words::kOriginWords, file.origin), " ",
                                            FileName(file.of))
                             : absl::StrCat(FactsOf(file.backing).name, " ", file.pages, "p");
  if (file.descriptor == Descriptor::kReadOnly && file.origin != Origin::kDup) {
    absl::StrAppend(&text, " ", words::kReadOnlyWord);
  }
  if (file.cache == ServerCache::kWriteback) absl::StrAppend(&text, " ", words::kWritebackWord);
  if (file.interrupts == Interrupts::kAnswered) {
    absl::StrAppend(&text, " ", words::kInterruptibleWord);
  }
  return absl::StrCat(text, FaultText("fsync", file.fsync), FaultText("write", file.write));
}

std::string FileName(FileId file) { return absl::StrCat("f", file); }

}  // namespace msyncspec
