// SPDX-License-Identifier: MIT
#include "harness/effects/detached_mount.h"

#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

// Says that `what` failed, with what the filesystem itself says of it.
absl::Status MountFailure(int context, absl::string_view what) {
  const int error = errno;
  char words[256];
  const ssize_t got = read(context, words, sizeof(words));
  std::string all(what);
  if (got > 0) {
    const absl::string_view said(words, static_cast<size_t>(got));
    absl::StrAppend(&all, ": ", absl::StripSuffix(said, "\n"));
  }
  errno = error;
  return Failure(all);
}

}  // namespace

absl::StatusOr<OpenedFile> MountDetached(const char* type, std::span<const MountOption> options) {
  const OpenedFile context = OpenedFile::FromDescriptor(fsopen(type, FSOPEN_CLOEXEC));
  if (context.descriptor() < 0) return Failure(absl::StrCat("fsopen of ", type, " (Linux 5.2)"));
  for (const MountOption& option : options) {
    if (fsconfig(context.descriptor(), FSCONFIG_SET_STRING, option.key, option.value.c_str(), 0) !=
        0) {
      return MountFailure(context.descriptor(), absl::StrCat(type, " with ", option.key));
    }
  }
  if (fsconfig(context.descriptor(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
    return MountFailure(context.descriptor(), absl::StrCat("mounting ", type));
  }
  const int root = fsmount(context.descriptor(), FSMOUNT_CLOEXEC, 0);
  if (root < 0) return MountFailure(context.descriptor(), absl::StrCat("fsmount of ", type));
  return OpenedFile::FromDescriptor(root);
}

}  // namespace msyncspec
