// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_COMMAND_H_
#define MSYNCSPEC_HARNESS_CLI_COMMAND_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/differ/verdict.h"

namespace msyncspec {

// The exit codes of every verb. The worst of several outcomes is the one that is returned.
inline constexpr int kExitAgree = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitBroken = 3;
inline constexpr int kExitNothingRun = 4;

// One verb of the command.
struct Command {
  absl::string_view name;
  absl::string_view arguments;           // "FILE…", as help shows it
  absl::string_view summary;             // one line
  absl::string_view details;             // what help says besides
  std::vector<absl::string_view> flags;  // the names of those it takes
  int (*run)(const std::vector<std::string>& arguments);
};

// Each verb is a file of its own.
Command CheckCommand();
Command ClausesCommand();
Command DiffCommand();
Command DriftCommand();
Command MatrixCommand();
Command MinimizeCommand();
Command RunCommand();
Command PredictCommand();
Command ExplainCommand();
Command ProfilesCommand();
Command PrintCommand();
Command ReproduceCommand();
Command VectorsCommand();

std::vector<Command> AllCommands();

// Sets the flags of `command` from `words` and returns what else is there. A flag that is a list
// may be given several times; one that is true or false needs no value. InvalidArgument says what
// is wrong; FailedPrecondition means that --help was asked for.
absl::StatusOr<std::vector<std::string>> ParseFlags(const Command& command,
                                                    std::span<const char* const> words);

std::string HelpText(const Command& command);

// Returns the exit code for a number of scenarios: broken is worse than findings, findings than
// agreement, and any of these than nothing run.
int ExitCodeFor(const std::vector<Verdict>& verdicts);

// Returns the exit code where `denied`, which TryOneCall returned, keeps everything from being run:
// unsupported here, or broken.
int ExitCodeFor(const absl::Status& denied);

// Writes "msyncspec: MESSAGE" to standard error and returns kExitUsage.
int UsageError(absl::string_view message);

// Returns those of `names` that are most like `wrong`, the best first, as "a, b or c".
std::string Nearest(absl::string_view wrong, const std::vector<absl::string_view>& names);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_COMMAND_H_
