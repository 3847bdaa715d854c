// SPDX-License-Identifier: MIT
#include "harness/executor/disk_files.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

bool IsInMemory(const std::string& folder) {
  struct statfs facts = {};
  if (statfs(folder.c_str(), &facts) != 0) return true;
  return facts.f_type == TMPFS_MAGIC || facts.f_type == RAMFS_MAGIC;
}

// Returns the first folder that takes new files and whose kind (in memory or not) is `in_memory`.
absl::StatusOr<std::string> FindFolder(bool in_memory) {
  std::vector<std::string> folders;
  if (const char* chosen = getenv("TMPDIR"); chosen != nullptr) folders.emplace_back(chosen);
  for (const char* usual : {"/var/tmp", "/tmp", "/dev/shm", "/run"}) folders.emplace_back(usual);
  for (const std::string& folder : folders) {
    if (access(folder.c_str(), W_OK | X_OK) == 0 && IsInMemory(folder) == in_memory) return folder;
  }
  return absl::NotFoundError(absl::StrCat("no writable folder ", in_memory ? "on tmpfs" : "on disk",
                                          " among ", absl::StrJoin(folders, ", ")));
}

// Makes a file in `folder` and takes its name away at once. Returns its descriptor, or -1.
int MakeNameless(const std::string& folder) {
  std::string path = absl::StrCat(folder, "/msyncspec.XXXXXX");
  const TerminationShield shield;
  const int descriptor = mkostemp(path.data(), O_CLOEXEC);
  if (descriptor >= 0) unlink(path.c_str());
  return descriptor;
}

absl::StatusOr<OpenedFile> OpenUnnamed(bool in_memory, const File& file, Bytes page_size) {
  const absl::StatusOr<std::string> folder = FindFolder(in_memory);
  if (!folder.ok()) return absl::UnimplementedError(folder.status().message());
  int descriptor = open(folder->c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) descriptor = MakeNameless(*folder);  // not every filesystem knows O_TMPFILE
  if (descriptor < 0) return Failure(absl::StrCat("a file in ", *folder));
  return Finish(descriptor, file, page_size);
}

}  // namespace

absl::StatusOr<std::string> DiskFolder() { return FindFolder(/*in_memory=*/false); }

absl::StatusOr<OpenedFile> OpenTmpfs(const File& file, Bytes page_size) {
  return OpenUnnamed(/*in_memory=*/true, file, page_size);
}

absl::StatusOr<OpenedFile> OpenDisk(const File& file, Bytes page_size) {
  return OpenUnnamed(/*in_memory=*/false, file, page_size);
}

absl::StatusOr<OpenedFile> OpenDeleted(const File& file, Bytes page_size) {
  const absl::StatusOr<std::string> folder = DiskFolder();
  if (!folder.ok()) return absl::UnimplementedError(folder.status().message());
  const int descriptor = MakeNameless(*folder);
  if (descriptor < 0) return Failure(absl::StrCat("a file in ", *folder));
  return Finish(descriptor, file, page_size);
}

}  // namespace msyncspec
