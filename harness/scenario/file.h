// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_FILE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_FILE_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "harness/scenario/backing.h"
#include "harness/scenario/position.h"
#include "model/address_space.h"
#include "model/errno.h"

namespace msyncspec {

inline constexpr size_t kMaxFiles = 8;
inline constexpr int64_t kMaxFilePages = 64;  // of backings whose units are single pages
// The largest error that Linux takes from a FUSE server (fs/fuse/dev.c).
inline constexpr uint16_t kMaxServerErrno = 511;
// How often a fault may be limited to; 0 means that it is not.
inline constexpr int kMaxFaultTimes = 15;

enum class Descriptor : uint8_t { kReadWrite, kReadOnly };

// What a file server answers in place of success.
struct Fault {
  Errno error = Errno::kOk;                          // kOk: it does not
  int64_t begin_page = 0, end_page = kMaxFilePages;  // the part of the file concerned
  int times = 0;                                     // for so many requests; 0: for all

  friend bool operator==(const Fault&, const Fault&) = default;
};

// How a descriptor came about.
enum class Origin : uint8_t {
  kNew,       // with an object of its own
  kDup,       // dup(2) of another descriptor: one open file
  kReopened,  // open(2) of another descriptor's object: an open file of its own
};

// Whether the kernel keeps what is written to a server's file to itself for a while.
enum class ServerCache : uint8_t { kWriteThrough, kWriteback };

// Whether a server lets a signal end the fsync that it has not answered.
enum class Interrupts : uint8_t { kIgnored, kAnswered };

// A descriptor of an object that steps can map, as it is before the first step.
struct File {
  Backing backing = Backing::kMemfd;
  int64_t pages = 1;  // the object's size
  Descriptor descriptor = Descriptor::kReadWrite;
  Origin origin = Origin::kNew;
  FileId of = kNoFile;  // the descriptor that it comes from, declared above; not for kNew

  // For the server of a new kFuse file alone.
  Fault fsync;
  Fault write;
  ServerCache cache = ServerCache::kWriteThrough;
  Interrupts interrupts = Interrupts::kIgnored;

  friend bool operator==(const File&, const File&) = default;
};

// Returns the descriptor whose open file `files[i]` is: itself, or what it is a duplicate of.
inline FileId OpenFileOf(std::span<const File> files, FileId i) {
  const File& file = files[static_cast<size_t>(i)];
  return file.origin == Origin::kDup ? file.of : i;
}

// Returns the descriptor with which the object of `files[i]` was made.
inline FileId ObjectOf(std::span<const File> files, FileId i) {
  const File& file = files[static_cast<size_t>(i)];
  return file.origin == Origin::kNew ? i : file.of;
}

// Returns the number of the connection to its server that a new kFuse file needs. Connections
// differ in their cache; and a server without fsync has its own, since its answer holds for all
// files.
inline constexpr int kConnections = 4;
constexpr int ConnectionOf(const File& file) {
  return (file.fsync.error == Errno::kENOSYS ? 1 : 0) +
         (file.cache == ServerCache::kWriteback ? 2 : 0);
}

// Returns the most pages that a file of this kind may have.
int64_t MaxPagesOf(const BackingFacts& facts);

// Returns how a map step can show `file` whole: the only access that kWhole backings have.
Access WholeAccess(const File& file);

// Returns a descriptor that comes from `files[of]`, an original one.
File DerivedFrom(std::span<const File> files, FileId of, Origin origin);

// Whether `file`, declared behind `above`, keeps the bounds and is asked only for what its backing
// can do; InvalidArgument says what is expected instead.
absl::Status Validate(const File& file, std::span<const File> above);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_FILE_H_
