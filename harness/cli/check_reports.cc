// SPDX-License-Identifier: MIT
#include "harness/cli/check_reports.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "harness/report/check_cases.h"
#include "harness/report/json.h"
#include "harness/report/junit.h"
#include "harness/report/ktap.h"
#include "harness/report/place.h"
#include "harness/report/sarif.h"

ABSL_FLAG(
    std::vector<std::string>, report, {},
    "FORMAT:PATH, a report to write besides, of the format ktap, junit, sarif or json; may be "
    "given several times; - is standard output, and then the text goes to standard error");

namespace msyncspec {
namespace {

constexpr mode_t kReadableByAll = 0644;

absl::StatusOr<ReportTarget> Open(absl::string_view word) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(word, absl::MaxSplits(':', 1));
  const auto& [format, path] = parts;
  const absl::string_view formats[] = {"ktap", "junit", "sarif", "json"};
  const bool known = std::find(std::begin(formats), std::end(formats), format) != std::end(formats);
  if (!known || path.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--report=", word, ": expected ktap:PATH, junit:PATH, sarif:PATH or json:PATH"));
  }
  const int descriptor =
      path == "-" ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                  : open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kReadableByAll);
  if (descriptor < 0) {
    return absl::InvalidArgumentError(absl::StrCat("--report: ", path, ": ", strerror(errno)));
  }
  return ReportTarget{format, path, OpenedFile::FromDescriptor(descriptor)};
}

std::string TextOf(const std::string& format, const CheckResult& result, int exit_code) {
  if (format == "ktap") return CheckKtap(result);
  if (format == "junit") return CheckJunit(result);
  if (format == "sarif") return CheckSarif(result, MSYNCSPEC_VERSION, exit_code);
  return CheckJson(result);
}

absl::Status WriteAll(const ReportTarget& target, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(target.file.descriptor(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      return absl::InternalError(
          absl::StrCat("the report ", target.path, " cannot be written: ", strerror(errno)));
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

// What a runner would take for the end of a message or of a property.
std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(text, {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

std::string EscapedProperty(const std::string& text) {
  return absl::StrReplaceAll(Escaped(text), {{",", "%2C"}, {":", "%3A"}});
}

}  // namespace

absl::StatusOr<std::vector<ReportTarget>> OpenReports() {
  std::vector<ReportTarget> targets;
  for (const std::string& word : absl::GetFlag(FLAGS_report)) {
    absl::StatusOr<ReportTarget> target = Open(word);
    if (!target.ok()) return target.status();
    for (const ReportTarget& other : targets) {
      if (other.path != target->path) continue;
      return absl::InvalidArgumentError(absl::StrCat("--report: ", other.path, " is there twice"));
    }
    targets.push_back(*std::move(target));
  }
  return targets;
}

bool TakesStandardOutput(const std::vector<ReportTarget>& targets) {
  return std::any_of(targets.begin(), targets.end(),
                     [](const ReportTarget& target) { return target.path == "-"; });
}

absl::Status WriteReports(const std::vector<ReportTarget>& targets, const CheckResult& result,
                          int exit_code) {
  absl::Status all;
  for (const ReportTarget& target : targets) {
    all.Update(WriteAll(target, TextOf(target.format, result, exit_code)));
  }
  return all;
}

std::string GithubAnnotations(const CheckResult& result) {
  std::string lines;
  for (const StageResult& stage : result.stages) {
    for (const Finding& finding : stage.findings) {
      const Place place = PlaceOf(finding);
      absl::StrAppend(&lines, "::error file=", EscapedProperty(place.file), ",line=", place.line,
                      ",title=", KeyOf(finding.disagreement),
                      "::", Escaped(absl::StrJoin(FindingLines(finding, *result.profile), "\n")),
                      "\n");
    }
  }
  return lines;
}

}  // namespace msyncspec
