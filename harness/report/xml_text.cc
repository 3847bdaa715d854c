// SPDX-License-Identifier: MIT
#include "harness/report/xml_text.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

constexpr absl::string_view kReplacement = "\xef\xbf\xbd";

// The first character of a text: its number, and how many bytes it takes; 0 where it is none.
struct Character {
  uint32_t number = 0;
  size_t bytes = 0;
};

Character FirstOf(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
  uint32_t number = lead & (0x7f >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    number = number << 6 | (byte(i) & 0x3f);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return number < kSmallest[bytes] ? Character{} : Character{number, bytes};
}

// The production Char of XML 1.0.
bool IsXml(uint32_t number) {
  if (number < 0x20) return number == '\t' || number == '\n' || number == '\r';
  const bool surrogate = number >= 0xd800 && number <= 0xdfff;
  return !surrogate && number != 0xfffe && number != 0xffff && number <= 0x10ffff;
}

}  // namespace

std::string XmlText(absl::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const Character first = FirstOf(text);
    const size_t bytes = first.bytes == 0 ? 1 : first.bytes;
    if (first.bytes == 0 || !IsXml(first.number)) {
      absl::StrAppend(&escaped, kReplacement);
    } else if (first.number == '&') {
      absl::StrAppend(&escaped, "&amp;");
    } else if (first.number == '<') {
      absl::StrAppend(&escaped, "&lt;");
    } else if (first.number == '>') {
      absl::StrAppend(&escaped, "&gt;");
    } else if (first.number == '"') {
      absl::StrAppend(&escaped, "&quot;");
    } else if (first.number == '\r') {
      absl::StrAppend(&escaped, "&#13;");
    } else {
      absl::StrAppend(&escaped, text.substr(0, bytes));
    }
    text.remove_prefix(bytes);
  }
  return escaped;
}

}  // namespace msyncspec
