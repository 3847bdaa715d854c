// SPDX-License-Identifier: MIT
#include "harness/cli/deviation_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "corpus/known_deviations/known_deviations.h"
#include "harness/cli/scenario_files.h"

namespace msyncspec {
namespace {

absl::StatusOr<std::vector<std::string>> ScenariosIn(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  std::filesystem::directory_iterator each(folder, error);
  for (; !error && each != std::filesystem::directory_iterator(); each.increment(error)) {
    if (each->path().extension() == ".msync") paths.push_back(each->path().string());
  }
  if (error) return absl::InvalidArgumentError(absl::StrCat(folder, ": ", error.message()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

absl::StatusOr<std::vector<KnownDeviation>> EmbeddedDeviations() {
  std::vector<KnownDeviation> deviations;
  for (const KnownDeviationFile& file : KnownDeviationFiles()) {
    absl::StatusOr<KnownDeviation> deviation =
        ParseKnownDeviation(absl::StrCat("corpus/known_deviations/", file.path), file.text);
    if (!deviation.ok()) return deviation.status();
    deviations.push_back(*std::move(deviation));
  }
  return deviations;
}

absl::StatusOr<std::vector<KnownDeviation>> DeviationsIn(const std::string& folder) {
  const absl::StatusOr<std::vector<std::string>> paths = ScenariosIn(folder);
  if (!paths.ok()) return paths.status();
  std::vector<KnownDeviation> deviations;
  for (const std::string& path : *paths) {
    const absl::StatusOr<std::string> text = ReadScenarioFile(path);
    if (!text.ok()) return text.status();
    absl::StatusOr<KnownDeviation> deviation = ParseKnownDeviation(path, *text);
    if (!deviation.ok()) return deviation.status();
    deviations.push_back(*std::move(deviation));
  }
  return deviations;
}

}  // namespace msyncspec
