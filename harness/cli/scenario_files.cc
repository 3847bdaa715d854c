// SPDX-License-Identifier: MIT
#include "harness/cli/scenario_files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "harness/scenario/parse.h"

namespace msyncspec {
namespace {

constexpr size_t kMaxFileBytes = size_t{2} << 20;  // Parse takes less, but says so better

absl::StatusOr<std::string> ReadAll(const std::string& name) {
  const bool standard_input = name == "-";
  std::unique_ptr<FILE, int (*)(FILE*)> file(standard_input ? stdin : fopen(name.c_str(), "re"),
                                             standard_input ? [](FILE*) { return 0; } : &fclose);
  if (file == nullptr) return absl::InvalidArgumentError(strerror(errno));
  std::string text;
  char buffer[1 << 16];
  while (const size_t got = fread(buffer, 1, sizeof(buffer), file.get())) {
    text.append(buffer, got);
    if (text.size() > kMaxFileBytes) {
      return absl::InvalidArgumentError("longer than 2 MiB, which no scenario is");
    }
  }
  if (ferror(file.get()) != 0) return absl::InvalidArgumentError(strerror(errno));
  return text;
}

}  // namespace

absl::StatusOr<std::string> ReadScenarioFile(const std::string& file) {
  absl::StatusOr<std::string> text = ReadAll(file);
  if (text.ok()) return text;
  const std::string name = file == "-" ? "standard input" : file;
  return absl::InvalidArgumentError(absl::StrCat(name, ": ", text.status().message()));
}

absl::StatusOr<std::vector<NamedScenario>> ReadScenarios(const std::vector<std::string>& files) {
  if (files.empty()) {
    return absl::InvalidArgumentError("expected the name of a scenario file, or - to read one");
  }
  std::vector<NamedScenario> scenarios;
  for (const std::string& file : files) {
    const std::string name = file == "-" ? "standard input" : file;
    const absl::StatusOr<std::string> text = ReadScenarioFile(file);
    if (!text.ok()) return text.status();
    absl::StatusOr<AnnotatedScenario> annotated = Parse(*text);
    if (!annotated.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(name, ":", annotated.status().message()));
    }
    scenarios.push_back({name, *std::move(annotated)});
  }
  return scenarios;
}

}  // namespace msyncspec
