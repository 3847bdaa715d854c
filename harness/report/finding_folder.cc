// SPDX-License-Identifier: MIT
#include "harness/report/finding_folder.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "harness/report/explanation.h"
#include "harness/report/text.h"
#include "harness/scenario/reproducer.h"

namespace msyncspec {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

absl::Status CannotWrite(const std::string& path, const std::string& why) {
  return absl::InternalError(absl::StrCat(path, ": ", why));
}

absl::Status WriteFile(const std::string& path, const std::string& text) {
  FILE* file = fopen(path.c_str(), "wxe");
  if (file == nullptr) return CannotWrite(path, strerror(errno));
  int error = fwrite(text.data(), 1, text.size(), file) == text.size() ? 0 : errno;
  // What was only buffered so far may fail now.
  if (fclose(file) != 0 && error == 0) error = errno;
  return error == 0 ? absl::OkStatus() : CannotWrite(path, strerror(error));
}

std::string Environment(const Finding& finding, const FindingContext& context) {
  const Disagreement& what = finding.disagreement;
  const KernelIdentity& kernel = context.kernel;
  const Json json = {
      {"schema", "msyncspec-finding-1"},
      {"key", KeyOf(what)},
      {"subject", std::string(SubjectName(what.subject))},
      {"rule", what.rule},
      {"expected", what.expected},
      {"observed", what.observed},
      {"confirmations", finding.confirmations},
      {"stable", finding.confirmed()},
      {"origin", finding.origin},
      {"seed", context.seed.has_value() ? Json(*context.seed) : Json()},
      {"command", finding.command},
      {"profile", std::string(context.profile.name)},
      {"kernel",
       {{"release", kernel.release}, {"build", kernel.build}, {"machine", kernel.machine}}},
      {"page_size", ThisMachine().page_size.count},
      {"root", geteuid() == 0},
      {"msyncspec", MSYNCSPEC_VERSION},
      {"date", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone())}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// What of `subject` no program sees that compares answers; empty where it sees all.
std::string UnseenOf(Subject subject) {
  switch (subject) {
    case Subject::kLayout:
      return "the kernel's own view of the layout";
    case Subject::kEffect:
      return "what is done to files";
    case Subject::kExpectation:
      return "what the scenario's author expects";
    case Subject::kDeviation:
      return "that a known deviation is none any more";
    case Subject::kCall:
    case Subject::kStep:
    case Subject::kCrash:
    case Subject::kHang:
      break;
  }
  return "";
}

std::string ReproducerOf(const Finding& finding, const FindingContext& context) {
  const Disagreement& what = finding.disagreement;
  Reproduction reproduction = {
      .about = {absl::StrCat("Finding ", KeyOf(what), ", on Linux ", context.kernel.release),
                absl::StrCat("expected  ", what.expected),
                absl::StrCat("observed  ", what.observed), absl::StrCat("rule      ", what.rule)},
      .unseen = UnseenOf(what.subject)};
  if (what.subject == Subject::kStep) reproduction.step = what.action;
  return ReproducerC(AsCalledBy(context.profile, finding.scenario), context.profile, reproduction);
}

absl::Status WriteFiles(const Finding& finding, const FindingContext& context,
                        const std::string& folder) {
  const Profile& profile = context.profile;
  const std::pair<const char*, std::string> files[] = {
      {"scenario.msync",
       ScenarioFileText(finding, profile, absl::StrCat("Linux ", context.kernel.release))},
      {"explanation.txt", absl::StrCat(FindingText(finding, profile, Colour::kOff), "\n",
                                       ExplanationText(finding.scenario, profile, nullptr))},
      {"repro.c", ReproducerOf(finding, context)},
      {"env.json", Environment(finding, context)}};
  for (const auto& [name, text] : files) {
    absl::Status status = WriteFile(absl::StrCat(folder, "/", name), text);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

std::string FolderOf(const Finding& finding, const std::string& parent) {
  return absl::StrCat(parent, "/", KeyOf(finding.disagreement));
}

absl::StatusOr<FindingFolder> WriteFindingFolder(const Finding& finding,
                                                 const FindingContext& context,
                                                 const std::string& parent) {
  const std::string key = KeyOf(finding.disagreement);
  FindingFolder folder = {.path = FolderOf(finding, parent)};
  std::error_code error;
  if (fs::is_directory(folder.path, error)) return folder;
  fs::create_directories(parent, error);
  if (error) return CannotWrite(parent, error.message());
  // It gets its name last, so that whoever is ended meanwhile leaves no half of one behind it.
  const std::string unfinished = absl::StrCat(parent, "/.", key, ".", getpid());
  fs::remove_all(unfinished, error);
  fs::create_directory(unfinished, error);
  if (error) return CannotWrite(unfinished, error.message());
  absl::Status status = WriteFiles(finding, context, unfinished);
  if (status.ok()) {
    fs::rename(unfinished, folder.path, error);
    folder.is_new = !error;
    // Another process may have made the same meanwhile.
    std::error_code ignored;
    if (error && !fs::is_directory(folder.path, ignored)) {
      status = CannotWrite(folder.path, error.message());
    }
  }
  if (!folder.is_new) fs::remove_all(unfinished, error);
  if (!status.ok()) return status;
  return folder;
}

}  // namespace msyncspec
