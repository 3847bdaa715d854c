// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_TEXT_LINE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_TEXT_LINE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace msyncspec {

// One word of a line, and the column at which it begins, counted from 1.
struct Token {
  absl::string_view text;
  size_t column = 0;
};

// The words of one line of a scenario's text, taken one after the other; a comment is none. The
// first failure is kept; after it every further Take returns something harmless, so that callers
// need not ask after each.
class TextLine {
 public:
  // `text`, which outlives the line, is line `number` of its file, counted from 1.
  TextLine(absl::string_view text, size_t number);

  bool empty() const { return tokens_.empty(); }
  bool AtEnd() const { return next_ >= tokens_.size(); }
  const Token& Peek() const { return AtEnd() ? end_ : tokens_[next_]; }
  Token Take();
  const Token& first() const { return tokens_.front(); }
  Token whole() const { return {text_, first().column}; }

  // Fails at `token` with "LINE:COLUMN: expected …, found …", unless the line has failed before.
  void Fail(const Token& token, absl::string_view expected);
  const absl::Status& status() const { return status_; }

  // Takes "NAME=VALUE" and returns a token of VALUE alone, at its own column.
  Token TakeField(absl::string_view name);
  bool NextIsField(absl::string_view name) const;

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

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_TEXT_LINE_H_
