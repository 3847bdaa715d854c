// SPDX-License-Identifier: MIT
#include "harness/differ/verdict.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace msyncspec {
namespace {

// How long a key may be: short enough for a line and a folder, with room for the hash.
constexpr size_t kMaxReadable = 72;

bool IsPlain(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-';
}

// FNV-1a with 32 bits, which gives the same number on every machine.
uint32_t Hash(absl::string_view text) {
  uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

// What a key begins with: a call's rule, or what else it is about.
std::string PrefixOf(const Disagreement& what) {
  if (what.subject == Subject::kCall && !what.rule.empty()) return what.rule;
  const absl::string_view subject = SubjectName(what.subject);
  return what.rule.empty() ? std::string(subject) : absl::StrCat(subject, ".", what.rule);
}

}  // namespace

absl::string_view SubjectName(Subject subject) {
  switch (subject) {
    case Subject::kCall:
      return "call";
    case Subject::kStep:
      return "step";
    case Subject::kLayout:
      return "layout";
    case Subject::kCrash:
      return "crash";
    case Subject::kHang:
      return "hang";
    case Subject::kEffect:
      return "effect";
    case Subject::kExpectation:
      return "expectation";
    case Subject::kDeviation:
      return "deviation";
  }
  return "?";
}

std::string KeyOf(const Disagreement& what) {
  std::string key = absl::StrCat(PrefixOf(what), "-", what.expected, "-got-", what.observed);
  const bool is_whole = key.size() <= kMaxReadable && std::all_of(key.begin(), key.end(), IsPlain);
  if (is_whole) return key;
  // What is cut or replaced is still told apart.
  const uint32_t hash = Hash(absl::StrJoin(
      {std::string(SubjectName(what.subject)), what.rule, what.expected, what.observed}, "\n"));
  std::replace_if(
      key.begin(), key.end(), [](char c) { return !IsPlain(c); }, '_');
  key.erase(
      std::unique(key.begin(), key.end(), [](char a, char b) { return a == '_' && b == '_'; }),
      key.end());
  return absl::StrFormat("%s-%08x", key.substr(0, kMaxReadable), hash);
}

}  // namespace msyncspec
