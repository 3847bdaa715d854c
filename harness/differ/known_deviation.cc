// SPDX-License-Identifier: MIT
#include "harness/differ/known_deviation.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "harness/scenario/parse.h"

namespace msyncspec {
namespace {

constexpr std::array<absl::string_view, 5> kFields = {"key", "systems", "reason", "link", "date"};

// A value of the head, and the line where it stands.
struct Field {
  std::string value;
  int line = 0;
};

absl::Status Wrong(const std::string& path, int line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ":", line, ": ", what));
}

// Reads the comment before the first line of the scenario.
absl::StatusOr<std::map<std::string, Field>> ReadHead(const std::string& path,
                                                      absl::string_view text) {
  std::map<std::string, Field> fields;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (!absl::ConsumePrefix(&line, "#")) break;
    const std::pair<absl::string_view, absl::string_view> split =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    const std::string name(absl::StripAsciiWhitespace(split.first));
    if (std::find(kFields.begin(), kFields.end(), name) == kFields.end()) continue;
    const std::string value(absl::StripAsciiWhitespace(split.second));
    if (value.empty()) return Wrong(path, number, absl::StrCat("expected a value for ", name));
    if (!fields.emplace(name, Field{value, number}).second) {
      return Wrong(path, number, absl::StrCat(name, " is there twice"));
    }
  }
  for (const absl::string_view name : kFields) {
    if (fields.count(std::string(name)) > 0) continue;
    return Wrong(path, number, absl::StrCat("expected a line \"# ", name, ": …\" above this one"));
  }
  return fields;
}

// "linux-6.18" is every kernel of that name; "linux-6.18.3" is one.
std::optional<DeviatingSystem> ReadKernels(absl::string_view word) {
  KernelVersion version;
  int end = 0;
  const std::string text(word);
  int parts = sscanf(text.c_str(), "linux-%d.%d%n.%d%n", &version.major, &version.minor, &end,
                     &version.patch, &end);
  if (parts < 2 || static_cast<size_t>(end) != text.size()) return std::nullopt;
  DeviatingSystem system = {.first = version, .last = version};
  if (parts == 2) system.last.patch = INT_MAX;
  return system;
}

std::optional<DeviatingSystem> ReadSystem(absl::string_view word) {
  if (word == "gvisor") return DeviatingSystem{.gvisor = true};
  const std::vector<absl::string_view> ends = absl::StrSplit(word, "..");
  if (ends.size() > 2) return std::nullopt;
  const std::optional<DeviatingSystem> first = ReadKernels(ends.front());
  const std::optional<DeviatingSystem> last = ReadKernels(ends.back());
  if (!first.has_value() || !last.has_value() || last->last < first->first) return std::nullopt;
  return DeviatingSystem{.first = first->first, .last = last->last};
}

absl::Status ReadSystems(const std::string& path, const Field& field,
                         std::vector<DeviatingSystem>& systems) {
  for (const absl::string_view word :
       absl::StrSplit(field.value, absl::ByAnyChar(", "), absl::SkipEmpty())) {
    const std::optional<DeviatingSystem> system = ReadSystem(word);
    if (!system.has_value()) {
      return Wrong(path, field.line,
                   absl::StrCat("expected gvisor, linux-6.18 or linux-6.4..linux-6.6, found \"",
                                word, "\""));
    }
    systems.push_back(*system);
  }
  return absl::OkStatus();
}

bool IsDate(const std::string& text) {
  absl::CivilDay day;
  return text.size() == 10 && absl::ParseCivilTime(text, &day);
}

}  // namespace

bool DeviatingSystem::Is(const KernelIdentity& kernel) const {
  if (gvisor || kernel.IsGvisor()) return gvisor && kernel.IsGvisor();
  return first <= kernel.version && kernel.version <= last;
}

bool KnownDeviation::HasKey(const std::string& key_of_finding) const {
  return fnmatch(key.c_str(), key_of_finding.c_str(), 0) == 0;
}

std::string KnownDeviation::Name() const { return path.substr(path.rfind('/') + 1); }

bool KnownDeviation::Concerns(const KernelIdentity& kernel) const {
  return std::any_of(systems.begin(), systems.end(),
                     [&kernel](const DeviatingSystem& system) { return system.Is(kernel); });
}

absl::StatusOr<KnownDeviation> ParseKnownDeviation(const std::string& path,
                                                   absl::string_view text) {
  absl::StatusOr<std::map<std::string, Field>> fields = ReadHead(path, text);
  if (!fields.ok()) return fields.status();
  absl::StatusOr<AnnotatedScenario> annotated = Parse(text);
  if (!annotated.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ":", annotated.status().message()));
  }
  KnownDeviation deviation = {.path = path,
                              .scenario = std::move(annotated->scenario),
                              .key = (*fields)["key"].value,
                              .reason = (*fields)["reason"].value,
                              .link = (*fields)["link"].value,
                              .date = (*fields)["date"].value};
  if (!absl::StrContains(deviation.key, "-got-")) {
    return Wrong(path, (*fields)["key"].line, "expected a key such as range.wraps-ENOMEM-got-0");
  }
  if (!absl::StartsWith(deviation.link, "https://")) {
    return Wrong(path, (*fields)["link"].line, "expected a link that begins with https://");
  }
  if (!IsDate(deviation.date)) {
    return Wrong(path, (*fields)["date"].line, "expected a date such as 2026-01-31");
  }
  absl::Status status = ReadSystems(path, (*fields)["systems"], deviation.systems);
  if (!status.ok()) return status;
  return deviation;
}

std::vector<KnownDeviation> Concerning(const KernelIdentity& kernel,
                                       const std::vector<KnownDeviation>& deviations) {
  std::vector<KnownDeviation> concerning;
  std::copy_if(deviations.begin(), deviations.end(), std::back_inserter(concerning),
               [&kernel](const KnownDeviation& each) { return each.Concerns(kernel); });
  return concerning;
}

void SetApartKnown(const std::vector<KnownDeviation>& deviations, StageResult& result) {
  std::vector<Finding> others;
  for (Finding& finding : result.findings) {
    const std::string key = KeyOf(finding.disagreement);
    const auto known =
        std::find_if(deviations.begin(), deviations.end(),
                     [&key](const KnownDeviation& each) { return each.HasKey(key); });
    if (known == deviations.end()) {
      others.push_back(std::move(finding));
    } else {
      result.known.push_back({std::move(finding), known->reason, known->link});
    }
  }
  result.findings = std::move(others);
  const auto is_crash = [](const Finding& finding) {
    return finding.disagreement.subject == Subject::kCrash ||
           finding.disagreement.subject == Subject::kHang;
  };
  const bool explained =
      std::any_of(result.known.begin(), result.known.end(),
                  [&](const KnownFinding& each) { return is_crash(each.finding); }) &&
      std::none_of(result.findings.begin(), result.findings.end(), is_crash);
  if (result.died && explained) result.status = absl::OkStatus();
}

}  // namespace msyncspec
