// SPDX-License-Identifier: MIT
#include "harness/executor/make_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace msyncspec {

absl::Status Failure(absl::string_view what) {
  const int error = errno;
  const std::string message = absl::StrCat(what, ": ", strerror(error));
  switch (error) {
    case EPERM:
    case EACCES:
      return absl::PermissionDeniedError(message);
    case ENOSYS:
    case ENOTTY:
    case ENODEV:
    case ENXIO:
    case ENOENT:
    case EINVAL:
    case EOPNOTSUPP:
    case EROFS:
    case EISDIR:
    case ENOMEM:
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case EAGAIN:
    case EBUSY:
      return absl::UnimplementedError(message);
    default:
      return absl::InternalError(message);
  }
}

uint64_t SizeOf(const File& file, Bytes page_size) {
  return static_cast<uint64_t>(file.pages) * page_size.count;
}

absl::StatusOr<OpenedFile> Finish(int descriptor, const File& file, Bytes page_size) {
  OpenedFile writable = OpenedFile::FromDescriptor(descriptor);
  if (ftruncate(descriptor, static_cast<off_t>(SizeOf(file, page_size))) != 0) {
    return Failure("ftruncate");
  }
  // A full filesystem would show as a store that kills. What cannot be reserved is not looked at.
  if (fallocate(descriptor, 0, 0, static_cast<off_t>(SizeOf(file, page_size))) != 0 &&
      (errno == ENOSPC || errno == EDQUOT)) {
    return Failure("room for the file");
  }
  return OpenedAsAsked(std::move(writable), file);
}

absl::StatusOr<OpenedFile> OpenedAsAsked(OpenedFile writable, const File& file) {
  if (file.descriptor == Descriptor::kReadWrite) return writable;
  const std::string link = absl::StrCat("/proc/self/fd/", writable.descriptor());
  const int read_only = open(link.c_str(), O_RDONLY | O_CLOEXEC);
  if (read_only < 0) return Failure("opening it through /proc/self/fd for reading only");
  return OpenedFile::FromDescriptor(read_only);
}

absl::StatusOr<OpenedFile> OpenDerived(const File& file, const OpenedFile& original) {
  if (file.origin == Origin::kDup) {
    const int duplicate = fcntl(original.descriptor(), F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) return Failure("dup");
    return OpenedFile::FromDescriptor(duplicate);
  }
  const std::string link = absl::StrCat("/proc/self/fd/", original.descriptor());
  const int access = file.descriptor == Descriptor::kReadOnly ? O_RDONLY : O_RDWR;
  const int again = open(link.c_str(), access | O_CLOEXEC);
  if (again < 0) return Failure("opening it again through /proc/self/fd");
  return OpenedFile::FromDescriptor(again);
}

}  // namespace msyncspec
