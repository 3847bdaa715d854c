// SPDX-License-Identifier: MIT
#include "harness/scenario/text_line.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"

namespace msyncspec {
namespace {

bool IsSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

}  // namespace

TextLine::TextLine(absl::string_view text, size_t number) : number_(number) {
  const size_t comment = text.find('#');
  if (comment != absl::string_view::npos) text = text.substr(0, comment);
  size_t at = 0;
  while (true) {
    while (at < text.size() && IsSpace(text[at])) ++at;
    if (at == text.size()) break;
    const size_t begin = at;
    while (at < text.size() && !IsSpace(text[at])) ++at;
    tokens_.push_back({text.substr(begin, at - begin), begin + 1});
  }
  end_ = {"", at + 1};
  text_ = absl::StripAsciiWhitespace(text);
}

Token TextLine::Take() {
  const Token token = Peek();
  if (!AtEnd()) ++next_;
  return token;
}

void TextLine::Fail(const Token& token, absl::string_view expected) {
  if (!status_.ok()) return;
  const std::string found = token.column >= end_.column
                                ? std::string("the end of the line")
                                : absl::StrCat("\"", absl::Utf8SafeCEscape(token.text), "\"");
  status_ = absl::InvalidArgumentError(
      absl::StrCat(number_, ":", token.column, ": expected ", expected, ", found ", found));
}

Token TextLine::TakeField(absl::string_view name) {
  const Token token = Take();
  const std::string prefix = absl::StrCat(name, "=");
  if (!absl::StartsWith(token.text, prefix)) {
    Fail(token, absl::StrCat("\"", prefix, "…\""));
    return token;
  }
  return {token.text.substr(prefix.size()), token.column + prefix.size()};
}

bool TextLine::NextIsField(absl::string_view name) const {
  return !AtEnd() && absl::StartsWith(Peek().text, absl::StrCat(name, "="));
}

}  // namespace msyncspec
