// SPDX-License-Identifier: MIT
#include "harness/effects/dax.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

constexpr size_t kMountPointField = 4;
constexpr size_t kFieldsAfterDash = 3;  // type, source, options of the filesystem

bool IsOctal(char digit) { return digit >= '0' && digit <= '7'; }

// Undoes the kernel's "\040" for a space.
std::string Unescaped(absl::string_view text) {
  constexpr size_t kDigits = 3;
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '\\' && at + kDigits < text.size() && IsOctal(text[at + 1]) &&
                        IsOctal(text[at + 2]) && IsOctal(text[at + 3]);
    if (!escape) {
      plain += text[at];
      continue;
    }
    plain += static_cast<char>((text[at + 1] - '0') * 64 + (text[at + 2] - '0') * 8 +
                               (text[at + 3] - '0'));
    at += kDigits;
  }
  return plain;
}

}  // namespace

std::optional<std::string> DaxMountPoint(absl::string_view mountinfo_line) {
  const std::vector<absl::string_view> halves =
      absl::StrSplit(mountinfo_line, absl::MaxSplits(" - ", 1));
  if (halves.size() != 2) return std::nullopt;
  const std::vector<absl::string_view> mount = absl::StrSplit(halves[0], ' ');
  const std::vector<absl::string_view> filesystem = absl::StrSplit(halves[1], ' ');
  if (mount.size() <= kMountPointField || filesystem.size() != kFieldsAfterDash) {
    return std::nullopt;
  }
  for (const absl::string_view option : absl::StrSplit(filesystem.back(), ',')) {
    if (option == "dax" || option == "dax=always") return Unescaped(mount[kMountPointField]);
  }
  return std::nullopt;
}

absl::StatusOr<OpenedFile> OpenDaxFile(uint64_t bytes) {
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    const std::optional<std::string> folder = DaxMountPoint(line);
    if (!folder.has_value()) continue;
    const int descriptor = open(folder->c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) return Failure(absl::StrCat("a file in ", *folder));
    OpenedFile file = OpenedFile::FromDescriptor(descriptor);
    if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) return Failure("ftruncate");
    return file;
  }
  return absl::UnimplementedError("no filesystem is mounted with dax");
}

}  // namespace msyncspec
