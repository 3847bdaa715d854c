// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_FILE_FACTS_H_
#define MSYNCSPEC_MODEL_FILE_FACTS_H_

#include <cstdint>
#include <vector>

#include "model/errno.h"
#include "model/units.h"

namespace msyncspec {

// What a file does when it is asked to fsync a range.
enum class Fsync : uint8_t {
  kNone,        // the file has no fsync operation
  kSucceeds,    // answers 0 and has nothing to write (tmpfs, hugetlbfs …)
  kWrites,      // writes the range to storage
  kAsksServer,  // the same, and then asks a file server, outside the kernel
};

// A range of bytes of a file.
struct FileRange {
  Bytes begin, end;

  friend constexpr bool operator==(const FileRange&, const FileRange&) = default;
};

// What the walk needs to know of a file, as the descriptor shows it through which it is mapped.
struct FileFacts {
  Fsync fsync = Fsync::kSucceeds;
  Errno fsync_error = Errno::kOk;  // what its fsync answers: kOk unless the file is faulty
  // An error of writing back that this descriptor has not been told of.
  Errno unreported = Errno::kOk;
  // Dirty ranges whose writing would fail, and how.
  std::vector<FileRange> unwritable;
  Errno write_error = Errno::kOk;
  // The connection to its server, and whether that has said that it does not know fsync.
  uint8_t connection = 0;
  bool server_lacks_fsync = false;
};

// Returns the error that writing back `range` meets, or that an earlier writing back has left for
// this descriptor; kOk if there is none. The file's own fsync is asked only then.
inline Errno WritingBack(const FileFacts& file, const FileRange& range) {
  for (const FileRange& unwritable : file.unwritable) {
    if (unwritable.begin < range.end && range.begin < unwritable.end) return file.write_error;
  }
  return file.unreported;
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_FILE_FACTS_H_
