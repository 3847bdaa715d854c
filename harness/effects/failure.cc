// SPDX-License-Identifier: MIT
#include "harness/effects/failure.h"

#include <cerrno>
#include <cstring>

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
    case ENOMEM:
    case ENOSPC:
    case EFBIG:
    case EAGAIN:
    case EBUSY:
      return absl::UnimplementedError(message);
    default:
      return absl::InternalError(message);
  }
}

}  // namespace msyncspec
