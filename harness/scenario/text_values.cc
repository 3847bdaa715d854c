// SPDX-License-Identifier: MIT
#include "harness/scenario/text_values.h"

#include <charconv>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/scenario/scenario.h"
#include "harness/scenario/words.h"

namespace msyncspec {
namespace {

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

}  // namespace

Position PositionFrom(TextLine& line, const Token& token) {
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

Length LengthFrom(TextLine& line, const Token& token) {
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

int64_t PagesFrom(TextLine& line, const Token& token) {
  const Length length = LengthFrom(line, token);
  if (length.base != LengthBase::kZero || length.bytes != 0) line.Fail(token, "whole pages");
  return length.pages;
}

int CountFrom(TextLine& line, const Token& token, int most, absl::string_view expected) {
  absl::string_view text = token.text;
  uint64_t count = 0;
  const bool is_count = ConsumeNumber(text, count) && text.empty();
  if (is_count && 1 <= count && count <= static_cast<uint64_t>(most)) {
    return static_cast<int>(count);
  }
  line.Fail(token, absl::StrCat(expected, ", 1 to ", most));
  return 1;
}

SyncFlags FlagsFrom(TextLine& line, const Token& token) {
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

Errno ErrnoFrom(TextLine& line, const Token& token) {
  const std::optional<Errno> value = ErrnoFromName(token.text);
  if (!value.has_value()) line.Fail(token, "0, an error name such as EBUSY, or errno:N");
  return value.value_or(Errno::kOk);
}

// Reads "EBUSY", "EINVAL|ENOMEM", "undefined" or "0|silent".
Outcomes OutcomesFrom(TextLine& line, const Token& token) {
  Outcomes outcomes;
  for (const absl::string_view word : absl::StrSplit(token.text, '|')) {
    const std::optional<Latitude> latitude = LatitudeFromName(word);
    if (latitude.has_value()) {
      outcomes.Widen(*latitude);
    } else {
      outcomes.Add(ErrnoFrom(line, {word, token.column}));
    }
  }
  return outcomes;
}

FileId FileIdFrom(TextLine& line, const Token& token) {
  absl::string_view text = token.text;
  uint64_t number = 0;
  if (!absl::ConsumePrefix(&text, "f") || !ConsumeNumber(text, number) || !text.empty() ||
      number >= kMaxFiles) {
    line.Fail(token, absl::StrCat("a file, f0 to f", kMaxFiles - 1));
    return kNoFile;
  }
  return static_cast<FileId>(number);
}

}  // namespace msyncspec
