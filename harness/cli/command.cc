// SPDX-License-Identifier: MIT
#include "harness/cli/command.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace msyncspec {
namespace {

// The number of letters to change, add or leave out between two words.
size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

bool Takes(const Command& command, absl::string_view flag) {
  return std::find(command.flags.begin(), command.flags.end(), flag) != command.flags.end();
}

}  // namespace

std::vector<Command> AllCommands() {
  return {CheckCommand(),    RunCommand(),       PredictCommand(), ExplainCommand(),
          MinimizeCommand(), ReproduceCommand(), DiffCommand(),    MatrixCommand(),
          ClausesCommand(),  DriftCommand(),     PrintCommand(),   ProfilesCommand(),
          VectorsCommand()};
}

// Abseil's own parser ends the program with status 1 where a flag is wrong, which here means
// findings; so the words are taken apart here, and only their values left to Abseil.
absl::StatusOr<std::vector<std::string>> ParseFlags(const Command& command,
                                                    std::span<const char* const> words) {
  std::vector<std::string> arguments;
  std::set<absl::string_view> given;
  for (size_t i = 0; i < words.size(); ++i) {
    absl::string_view word = words[i];
    if (word == "--help" || word == "-h") return absl::FailedPreconditionError("help");
    if (word == "--") {
      for (++i; i < words.size(); ++i) arguments.emplace_back(words[i]);
      break;
    }
    if (!absl::ConsumePrefix(&word, "--")) {
      if (word.size() > 1 && word[0] == '-') {
        return absl::InvalidArgumentError(absl::StrCat("no such flag: ", word));
      }
      arguments.emplace_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const absl::string_view name = word.substr(0, equals);
    absl::CommandLineFlag* flag = Takes(command, name) ? absl::FindCommandLineFlag(name) : nullptr;
    if (flag == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("no such flag: --", name,
                       command.flags.empty()
                           ? absl::StrCat("; ", command.name, " takes none")
                           : absl::StrCat("; did you mean ", Nearest(name, command.flags), "?"),
                       " See msyncspec ", command.name, " --help"));
    }
    std::string value;
    const bool is_switch = flag->IsOfType<bool>();
    if (is_switch && equals == absl::string_view::npos) {
      value = "true";
    } else if (equals != absl::string_view::npos) {
      value = std::string(word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      value = words[++i];
    } else {
      return absl::InvalidArgumentError(absl::StrCat("--", name, " needs a value: --", name, "=…"));
    }
    // A list that is given again goes on.
    if (!given.insert(name).second && flag->IsOfType<std::vector<std::string>>()) {
      value = absl::StrCat(flag->CurrentValue(), ",", value);
    }
    std::string error;
    if (!flag->ParseFrom(value, &error)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--", name, "=", value, ": expected ", flag->Help()));
    }
  }
  return arguments;
}

std::string HelpText(const Command& command) {
  std::string text = absl::StrCat(
      "msyncspec ", command.name, " ", command.arguments, command.arguments.empty() ? "" : " ",
      command.flags.empty() ? "" : "[--FLAG=VALUE …]", "\n\n", command.summary, "\n");
  if (!command.details.empty()) absl::StrAppend(&text, "\n", command.details, "\n");
  if (!command.flags.empty()) absl::StrAppend(&text, "\nFlags:\n");
  for (const absl::string_view name : command.flags) {
    const absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
    const std::string initial = flag->DefaultValue();
    absl::StrAppendFormat(&text, "  --%-10s %s%s\n", name, flag->Help(),
                          initial.empty() ? "" : absl::StrCat(" (default: ", initial, ")"));
  }
  return text;
}

int ExitCodeFor(const std::vector<Verdict>& verdicts) {
  const auto any = [&verdicts](Verdict verdict) {
    return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
  };
  if (any(Verdict::kBroken)) return kExitBroken;
  if (any(Verdict::kDisagree)) return kExitFindings;
  return any(Verdict::kAgree) ? kExitAgree : kExitNothingRun;
}

int ExitCodeFor(const absl::Status& denied) {
  return absl::IsUnavailable(denied) ? kExitNothingRun : kExitBroken;
}

int UsageError(absl::string_view message) {
  absl::FPrintF(stderr, "msyncspec: %s\n", message);
  return kExitUsage;
}

std::string Nearest(absl::string_view wrong, const std::vector<absl::string_view>& names) {
  std::vector<absl::string_view> sorted = names;
  // Who leaves out the end of a name comes nearest to it.
  const auto distance = [wrong](absl::string_view name) {
    return absl::StartsWith(name, wrong) ? 0 : Distance(wrong, name);
  };
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [&distance](absl::string_view a, absl::string_view b) { return distance(a) < distance(b); });
  sorted.resize(std::min<size_t>(sorted.size(), 3));
  std::string text;
  for (size_t i = 0; i < sorted.size(); ++i) {
    const absl::string_view comma = i == 0 ? "" : i + 1 == sorted.size() ? " or " : ", ";
    absl::StrAppend(&text, comma, sorted[i]);
  }
  return text;
}

}  // namespace msyncspec
