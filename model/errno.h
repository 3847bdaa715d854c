// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_ERRNO_H_
#define MSYNCSPEC_MODEL_ERRNO_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace msyncspec {

// What a system call answers: 0 or an error number. Any number from 0 to 4095 may come out of a
// filesystem; those that the specification itself speaks of have a name here. Numbers are Linux's
// (include/uapi/asm-generic/errno-base.h).
enum class Errno : uint16_t {
  kOk = 0,
  kEPERM = 1,
  kEINTR = 4,
  kEIO = 5,
  kEBADF = 9,
  kEAGAIN = 11,
  kENOMEM = 12,
  kEACCES = 13,
  kEFAULT = 14,
  kEBUSY = 16,
  kENODEV = 19,
  kEINVAL = 22,
  kENOSPC = 28,
  kENOSYS = 38,
};

inline constexpr uint16_t kMaxErrno = 4095;

// Returns "0", a symbolic name such as "EBUSY", or "errno:N" for a number without a name.
std::string ErrnoName(Errno value);

// Returns the value that ErrnoName prints as `name`, or nothing if no value does.
std::optional<Errno> ErrnoFromName(absl::string_view name);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_ERRNO_H_
