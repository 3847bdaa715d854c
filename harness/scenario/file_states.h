// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_FILE_STATES_H_
#define MSYNCSPEC_HARNESS_SCENARIO_FILE_STATES_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/scenario/scenario.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "model/profile.h"

namespace msyncspec {

// What one page of a file holds, in the page cache and beneath it. A store is known by its number.
struct FilePage {
  uint8_t stored = 0;   // the last store through a shared mapping; 0 before any
  uint8_t written = 0;  // the one that has surely been written back
  bool dirty = false;   // stored to, and not surely written back

  friend bool operator==(const FilePage&, const FilePage&) = default;
};

// What becomes of the files of a scenario: which pages have been stored to and written back, and
// which errors of that nobody has been told of. Source: lib/errseq.c and mm/filemap.c of 6.12.
// Allocates nothing once it has grown.
class FileStates {
 public:
  explicit FileStates(ErrorReport report, UnmapError unmap_error = UnmapError::kCoarse);

  void Reset(std::span<const File> files, Bytes page_size);

  // A store through a shared mapping.
  void Store(FileId file, uint64_t page, uint8_t number);

  // A descriptor is opened anew.
  void Reopen(FileId file);

  // The object gets another size; what is cut off is gone, and FUSE writes what is left.
  void Truncate(FileId file, Bytes size);

  // All dirty pages of a server's file are written, and nobody is told of the result: as a part of
  // it is unmapped, or as a descriptor of it is closed.
  void WriteBackUnmapped(FileId file);
  void WriteBackClosed(FileId file);

  // A call syncs `request`: before the file itself is asked, and when it has answered.
  void WriteBack(const SyncedRange& request);
  void TakeAnswer(const SyncedRange& request);

  // Whether it cannot be told any more which error an open file will be told.
  bool unclear() const { return unclear_; }

  // A signal has arrived while the object's server was asked.
  void Interrupt(FileId file);

  // Overwrites `facts`, AddressSpace::files, with what a walk needs to know of each descriptor.
  void TellFacts(std::vector<FileFacts>& facts) const;

  // The object's size and pages.
  uint64_t pages(FileId file) const { return object(file).pages; }
  std::span<const FilePage> contents(FileId file) const;

 private:
  // What descriptors of one file share.
  struct Object {
    Backing backing = Backing::kMemfd;
    Bytes size;
    uint64_t pages = 0;  // of `size`, rounded up
    uint8_t connection = 0;
    Fault fsync, write;
    int fsyncs_done = 0, writes_done = 0;  // answered so far; of the writes, those that failed
    Interrupts interrupts = Interrupts::kIgnored;
    bool interrupted = false;
    Errno error = Errno::kOk;  // the last one of writing back
    bool error_seen = true;    // whether anybody has been told of it
    bool flagged = false;      // whether one has been met since anybody last looked, or closed it
    std::array<FilePage, kMaxFilePages> contents;
  };
  struct OpenFile {
    FileId object = 0;     // an index into objects_
    FileId open_file = 0;  // an index into files_: itself, or what it is a duplicate of
    Errno unreported = Errno::kOk;
  };

  Object& object(FileId file) { return objects_[Index(files_[Index(file)].object)]; }
  const Object& object(FileId file) const { return objects_[Index(files_[Index(file)].object)]; }
  static size_t Index(FileId file) { return static_cast<size_t>(file); }
  static bool StillHolds(const Fault& fault, int done);
  static bool WriteRun(Object& object, uint64_t begin, uint64_t end);
  enum class Request : uint8_t { kOfARun, kOfAPage };
  static bool WriteRange(Object& object, uint64_t begin, uint64_t end, Request request);
  void TellUnwritable(const Object& object, FileFacts& told) const;
  void Record(FileId object, Errno error);

  ErrorReport report_;
  UnmapError unmap_error_;
  Bytes page_size_;
  std::vector<Object> objects_;  // one for each file, of which only those of new objects are used
  std::vector<OpenFile> files_;
  bool unclear_ = false;
  uint32_t lacking_ = 0;  // the connections whose server does not know fsync, as bits
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_FILE_STATES_H_
