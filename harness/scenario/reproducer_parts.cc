// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer_parts.h"

#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace msyncspec {
namespace {

struct Part {
  absl::string_view name;
  std::vector<absl::string_view> includes;
  std::string code;
};

std::vector<Part> PartsOf(absl::string_view text, absl::string_view functions) {
  std::vector<Part> parts;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (const size_t end = line.find(' '); end != line.npos && line.front() == '@') {
      if (!absl::StrContains(functions, line.substr(1, end - 1))) continue;
      line.remove_prefix(end + 1);
    }
    if (line.size() > 2 && line.front() == '@' && line.back() == '@') {
      parts.push_back({.name = line.substr(1, line.size() - 2)});
    } else if (absl::StartsWith(line, "#include ")) {
      parts.back().includes.push_back(line);
    } else if (!parts.empty()) {
      absl::StrAppend(&parts.back().code, line, "\n");
    }
  }
  for (Part& part : parts) {
    const absl::string_view code = absl::StripTrailingAsciiWhitespace(part.code);
    part.code = code.empty() ? "" : absl::StrCat(code, "\n");
  }
  return parts;
}

std::vector<Part> AllParts(absl::string_view functions) {
  std::vector<Part> parts;
  for (const ReproducerFile& file : ReproducerFiles()) {
    for (Part& part : PartsOf(file.text, functions)) parts.push_back(std::move(part));
  }
  return parts;
}

bool IsOfName(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Whether `text` names what `part` defines; a function only where code follows, since words of
// strings and comments may look like one.
bool Mentions(absl::string_view text, const Part& part) {
  const bool is_function = absl::StrContains(part.code, absl::StrCat(part.name, "("));
  for (size_t at = text.find(part.name); at != text.npos; at = text.find(part.name, at + 1)) {
    const size_t end = at + part.name.size();
    if (at > 0 && IsOfName(text[at - 1])) continue;
    if (is_function ? absl::StrContains("(,;)", text.substr(end, 1)) : !IsOfName(text[end])) {
      return true;
    }
  }
  return false;
}

// Whether a part is a variable, which stands with its like.
bool IsVariable(absl::string_view code) {
  return absl::StartsWith(code, "static ") && code.find('\n') == code.size() - 1;
}

}  // namespace

std::string WithParts(absl::string_view functions) {
  std::vector<Part> parts = AllParts(functions);
  const Part main = std::move(parts.back());
  parts.pop_back();
  std::string program = absl::StrCat(functions, "\n", main.code);
  std::set<absl::string_view> includes(main.includes.begin(), main.includes.end());
  bool below_is_variable = false;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (!Mentions(program, *part)) continue;
    includes.insert(part->includes.begin(), part->includes.end());
    if (part->code.empty()) continue;
    const bool joins = below_is_variable && IsVariable(part->code);
    below_is_variable = IsVariable(part->code);
    program = absl::StrCat(part->code, joins ? "" : "\n", program);
  }
  return absl::StrCat("#define _GNU_SOURCE\n", absl::StrJoin(includes, "\n"), "\n\n", program);
}

}  // namespace msyncspec
