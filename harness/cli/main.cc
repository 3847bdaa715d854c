// SPDX-License-Identifier: MIT
#include <csignal>
#include <cstdio>
#include <exception>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/cli/command.h"

namespace msyncspec {
namespace {

constexpr absl::string_view kVersion = MSYNCSPEC_VERSION;

std::string OverviewText() {
  std::string text =
      "msyncspec: an executable specification of Linux msync(2), held against real systems\n\n"
      "  msyncspec VERB [--FLAG=VALUE …] [FILE…]\n\n"
      "Verbs:\n";
  for (const Command& command : AllCommands()) {
    absl::StrAppendFormat(&text, "  %-10s %s\n", command.name, command.summary);
  }
  return text +
         "\nmsyncspec VERB --help says more. The first thing to try: msyncspec check\n\n"
         "Exit codes: 0 agree, 1 findings, 2 usage or bad input, 3 the harness broke,\n"
         "4 nothing could be run.\n";
}

int Main(std::span<const char* const> words) {
  if (words.empty()) {
    absl::FPrintF(stderr, "%s", OverviewText());
    return kExitUsage;
  }
  const absl::string_view verb = words[0];
  if (verb == "--help" || verb == "-h" || verb == "help") {
    absl::PrintF("%s", OverviewText());
    return kExitAgree;
  }
  if (verb == "--version") {
    absl::PrintF("msyncspec %s\n", kVersion);
    return kExitAgree;
  }
  std::vector<absl::string_view> names;
  const std::vector<Command> commands = AllCommands();
  for (const Command& command : commands) {
    names.push_back(command.name);
    if (command.name != verb) continue;
    const absl::StatusOr<std::vector<std::string>> arguments =
        ParseFlags(command, words.subspan(1));
    if (absl::IsFailedPrecondition(arguments.status())) {
      absl::PrintF("%s", HelpText(command));
      return kExitAgree;
    }
    if (!arguments.ok()) return UsageError(arguments.status().message());
    return command.run(*arguments);
  }
  return UsageError(absl::StrCat("no such verb: ", verb, "; did you mean ", Nearest(verb, names),
                                 "? See msyncspec --help"));
}

}  // namespace
}  // namespace msyncspec

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is an error, not an end
  int code = msyncspec::kExitBroken;
  try {
    const size_t count = argc > 0 ? static_cast<size_t>(argc) - 1 : 0;
    code = msyncspec::Main({argv + (argc > 0 ? 1 : 0), count});
  } catch (const std::exception& error) {
    absl::FPrintF(stderr, "msyncspec: the harness broke: %s\n", error.what());
  }
  // A report that nobody received is not a report.
  if (fflush(stdout) != 0 || ferror(stdout) != 0) {
    absl::FPrintF(stderr, "msyncspec: standard output cannot be written\n");
    return msyncspec::kExitBroken;
  }
  return code;
}
