// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer_lines.h"

#include <algorithm>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr size_t kColumns = 79;
constexpr size_t kTab = 8;
constexpr size_t kContinued = 2 * kTab;  // where the place behind the bracket leaves no room

std::string Indentation(size_t columns) {
  return std::string(columns / kTab, '\t') + std::string(columns % kTab, ' ');
}

// Returns the pieces of a string too long for `room`, each a string of its own.
std::vector<std::string> StringPieces(absl::string_view quoted, size_t room) {
  std::vector<std::string> pieces;
  std::string piece;
  for (const absl::string_view word :
       absl::StrSplit(quoted.substr(1, quoted.size() - 2), absl::ByAnyChar(" "))) {
    if (!piece.empty() && piece.size() + word.size() + sizeof("\"\" ,") > room) {
      pieces.push_back(absl::StrCat("\"", piece, " \""));
      piece.clear();
    }
    absl::StrAppend(&piece, piece.empty() ? "" : " ", word);
  }
  pieces.push_back(absl::StrCat("\"", piece, "\""));
  return pieces;
}

// Returns the parts of an argument: itself, where there is room for it.
std::vector<std::string> PartsOf(const std::string& argument, size_t room) {
  if (argument.size() + 2 <= room) return {argument};
  if (argument[0] == '"') return StringPieces(argument, room);
  std::vector<std::string> parts;
  for (const absl::string_view word : absl::StrSplit(argument, ' ')) {
    const bool begins = parts.empty() || parts.back().back() == '|' || parts.back().back() == '+';
    if (begins) {
      parts.emplace_back(word);
    } else {
      absl::StrAppend(&parts.back(), " ", word);
    }
  }
  return parts;
}

// Returns what may not be broken, with what follows each.
std::vector<std::string> Pieces(const std::vector<std::string>& arguments, size_t room,
                                absl::string_view tail) {
  std::vector<std::string> pieces;
  for (const std::string& argument : arguments) {
    if (!pieces.empty()) pieces.back() += ",";
    for (std::string& part : PartsOf(argument, room)) pieces.push_back(std::move(part));
  }
  absl::StrAppend(&pieces.back(), tail);
  return pieces;
}

// A term of a sum, with its sign: "+ 2 * page".
std::string Term(int64_t count, absl::string_view unit) {
  const uint64_t size =
      count < 0 ? ~static_cast<uint64_t>(count) + 1 : static_cast<uint64_t>(count);
  const std::string number =
      size < 65536 ? absl::StrCat(size)
                   : absl::StrFormat("0x%x%s", size,
                                     size > std::numeric_limits<uint32_t>::max() ? "UL" : "");
  const absl::string_view sign = count < 0 ? "- " : "+ ";
  if (unit.empty()) return absl::StrCat(sign, number);
  return size == 1 ? absl::StrCat(sign, unit) : absl::StrCat(sign, number, " * ", unit);
}

// Returns "BASE + 2 * page + 1", without what is 0; without base and terms, "0".
std::string Sum(absl::string_view base, int64_t pages, int64_t bytes) {
  std::string text(base);
  if (pages != 0) absl::StrAppend(&text, " ", Term(pages, "page"));
  if (bytes != 0) absl::StrAppend(&text, " ", Term(bytes, ""));
  if (text.empty()) return "0";
  if (!base.empty()) return text;
  return text[1] == '+' ? text.substr(3) : absl::StrCat("-", text.substr(3));
}

bool IsSum(absl::string_view expression) { return expression.find(' ') != absl::string_view::npos; }

// Returns `line` in pieces of at most `columns`, broken at a blank where there is one.
std::vector<std::string> Broken(absl::string_view line, size_t columns) {
  std::vector<std::string> pieces;
  while (line.size() > columns) {
    const size_t blank = line.rfind(' ', columns);
    const bool at_blank = blank != absl::string_view::npos && blank > 0;
    pieces.emplace_back(line.substr(0, at_blank ? blank : columns));
    line.remove_prefix(at_blank ? blank + 1 : columns);
  }
  pieces.emplace_back(line);
  return pieces;
}

// Returns `text` without what begins or ends a comment, and without control characters.
std::string Harmless(absl::string_view text) {
  std::string harmless;
  for (const char c : text) {
    const char before = harmless.empty() ? ' ' : harmless.back();
    if ((before == '*' && c == '/') || (before == '/' && c == '*')) harmless += ' ';
    harmless += c >= 0 && c < ' ' ? '?' : c;
  }
  return harmless;
}

}  // namespace

std::string Statement(absl::string_view head, const std::vector<std::string>& arguments,
                      absl::string_view tail) {
  const std::string end = absl::StrCat(tail, "\n");
  if (arguments.empty()) return absl::StrCat("\t", head, end);
  size_t indent = kTab + head.size();
  std::vector<std::string> pieces = Pieces(arguments, kColumns - indent, tail);
  const auto longer = [](const std::string& a, const std::string& b) {
    return a.size() < b.size();
  };
  if (indent + std::max_element(pieces.begin(), pieces.end(), longer)->size() > kColumns) {
    indent = kContinued;
    pieces = Pieces(arguments, kColumns - indent, tail);
  }
  std::string text = absl::StrCat("\t", head);
  size_t column = kTab + head.size();
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool first = i == 0;
    const bool fits = column + (first ? 0 : 1) + pieces[i].size() <= kColumns;
    if (!fits) {
      absl::StrAppend(&text, "\n", Indentation(indent));
      column = indent;
    } else if (!first) {
      absl::StrAppend(&text, " ");
      ++column;
    }
    absl::StrAppend(&text, pieces[i]);
    column += pieces[i].size();
  }
  return absl::StrCat(text, "\n");
}

std::string BlockComment(const std::vector<std::string>& lines) {
  std::string text = "/*\n";
  for (absl::string_view line : lines) {
    const bool indented = absl::ConsumePrefix(&line, "\t");
    for (const std::string& piece : Broken(Harmless(line), kColumns - (indented ? kTab : 3))) {
      absl::StrAppend(&text, " *", piece.empty() ? "" : indented ? "\t" : " ", piece, "\n");
    }
  }
  return absl::StrCat(text, " */\n");
}

std::string Quoted(absl::string_view text) { return absl::StrCat("\"", text, "\""); }

std::string AddressInC(const Position& position) {
  switch (position.anchor) {
    case Anchor::kArena:
      return Sum("p", position.pages, position.bytes);
    case Anchor::kLastPage:
      return position.pages == 0 && position.bytes == 0
                 ? "(void *)-page"
                 : absl::StrCat("(void *)(", Sum("-page", position.pages, position.bytes), ")");
    case Anchor::kZero:
      break;
  }
  if (position.pages == 0 && position.bytes == 0) return "NULL";
  if (position.pages == 0) {
    return absl::StrFormat("(void *)0x%xUL", static_cast<uint64_t>(position.bytes));
  }
  return absl::StrCat("(void *)(", Sum("", position.pages, position.bytes), ")");
}

std::string LengthInC(const Length& length, const Position& position) {
  switch (length.base) {
    case LengthBase::kMax:
      return Sum("-1UL", length.pages, length.bytes);
    case LengthBase::kToLast: {
      const std::string start = AddressInC(position);
      return Sum(
          absl::StrCat("-page - (size_t)", IsSum(start) ? absl::StrCat("(", start, ")") : start),
          length.pages, length.bytes);
    }
    case LengthBase::kZero:
      break;
  }
  if (length.pages == 0 && length.bytes < 0) {
    return absl::StrFormat("0x%xUL", static_cast<uint64_t>(length.bytes));
  }
  return Sum("", length.pages, length.bytes);
}

std::string FlagsInC(SyncFlags flags) { return absl::StrReplaceAll(Print(flags), {{"|", " | "}}); }

std::string ErrnoInC(Errno value) {
  const std::string name = ErrnoName(value);
  return absl::StartsWith(name, "E") ? name : absl::StrCat(static_cast<int>(value));
}

}  // namespace msyncspec
