// SPDX-License-Identifier: MIT
#include "harness/scenario/file_states.h"

#include <algorithm>

namespace msyncspec {
FileStates::FileStates(ErrorReport report, UnmapError unmap_error)
    : report_(report), unmap_error_(unmap_error) {
  objects_.reserve(kMaxFiles);
  files_.reserve(kMaxFiles);
}

void FileStates::Reset(std::span<const File> files, Bytes page_size) {
  page_size_ = page_size;
  lacking_ = 0;
  unclear_ = false;
  files_.clear();
  objects_.resize(files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    const File& file = files[i];
    const FileId id = static_cast<FileId>(i);
    files_.push_back({.object = ObjectOf(files, id), .open_file = OpenFileOf(files, id)});
    if (file.origin != Origin::kNew) continue;
    Object& object = objects_[i];
    object.backing = file.backing;
    object.pages = static_cast<uint64_t>(file.pages);
    object.size = {object.pages * page_size.count};
    object.connection = static_cast<uint8_t>(ConnectionOf(file));
    object.fsync = file.fsync;
    object.write = file.write;
    if (file.write.error == Errno::kOk) object.write.error = FactsOf(file.backing).write_error;
    object.fsyncs_done = object.writes_done = 0;
    object.interrupts = file.interrupts;
    object.interrupted = false;
    object.error = Errno::kOk;
    object.error_seen = true;
    object.flagged = false;
    object.contents.fill({});
  }
}

void FileStates::Store(FileId file, uint64_t page, uint8_t number) {
  Object& stored = object(file);
  if (page >= stored.contents.size()) return;
  stored.contents[page].stored = number;
  stored.contents[page].dirty = FactsOf(stored.backing).fsync >= Fsync::kWrites;
}

// A description that is opened where nobody has been told of an error yet will be told.
void FileStates::Reopen(FileId file) {
  OpenFile& opened = files_[Index(file)];
  const Object& of = object(file);
  opened.open_file = file;
  opened.unreported = of.error_seen ? Errno::kOk : of.error;
}

void FileStates::Truncate(FileId file, Bytes size) {
  Object& cut = object(file);
  const bool changes = size != cut.size;
  cut.size = size;
  cut.pages = (size.count + page_size_.count - 1) / page_size_.count;
  for (uint64_t page = cut.pages; page < cut.contents.size(); ++page) cut.contents[page] = {};
  // FUSE gives up the pages that are left, and writes the dirty ones before, each by itself
  // (fuse_do_setattr, invalidate_inode_pages2).
  if (!changes || cut.backing != Backing::kFuse) return;
  const bool failed = WriteRange(cut, 0, cut.contents.size(), Request::kOfAPage);
  if (failed) Record(files_[Index(file)].object, cut.write.error);
}

void FileStates::WriteBackUnmapped(FileId file) {
  Object& written = object(file);
  const FileId object = files_[Index(file)].object;
  const bool failed = WriteRange(written, 0, written.contents.size(), Request::kOfARun);
  if (failed) Record(object, written.write.error);
  // What fuse_vma_close then keeps comes from flags of the mapping, which tell two errors apart.
  if (!written.flagged) return;
  const Errno kept = written.error == Errno::kENOSPC ? Errno::kENOSPC : Errno::kEIO;
  // Where nobody waits for what is written, the flags may be set in time or not.
  unclear_ |= unmap_error_ == UnmapError::kAsAnswered && kept != written.error;
  if (unmap_error_ == UnmapError::kCoarse) Record(object, kept);
}

void FileStates::WriteBackClosed(FileId file) {
  Object& written = object(file);
  const bool failed = WriteRange(written, 0, written.contents.size(), Request::kOfARun);
  if (failed) Record(files_[Index(file)].object, written.write.error);
  written.flagged = false;
}

void FileStates::WriteBack(const SyncedRange& request) {
  Object& written = object(request.file);
  const bool whole = request.end == SyncedRange::kToEndOfFile ||
                     FactsOf(written.backing).extent == SyncExtent::kWholeFile;
  const uint64_t begin = whole ? 0 : request.begin.count / page_size_.count;
  const uint64_t end = whole ? written.contents.size() : request.end.count / page_size_.count;
  const bool failed = WriteRange(written, begin, end, Request::kOfARun);
  if (failed) Record(files_[Index(request.file)].object, written.write.error);
  written.flagged = false;

  // Whoever waits is told now, and nobody is told twice.
  OpenFile& waiting = files_[Index(files_[Index(request.file)].open_file)];
  if (waiting.unreported == Errno::kOk) return;
  waiting.unreported = Errno::kOk;
  written.error_seen = true;
  if (report_ == ErrorReport::kOncePerOpenFile) return;
  for (OpenFile& other : files_) {
    if (other.object == waiting.object) other.unreported = Errno::kOk;
  }
}

void FileStates::TakeAnswer(const SyncedRange& request) {
  Object& asked = object(request.file);
  asked.interrupted = false;
  if (!request.asked) return;
  ++asked.fsyncs_done;
  if (asked.fsync.error == Errno::kENOSYS) lacking_ |= 1U << asked.connection;
}

void FileStates::Interrupt(FileId file) {
  Object& waited_for = object(file);
  waited_for.interrupted = waited_for.interrupts == Interrupts::kAnswered;
}

void FileStates::TellFacts(std::vector<FileFacts>& facts) const {
  facts.resize(files_.size());
  for (size_t i = 0; i < files_.size(); ++i) {
    const OpenFile& opened = files_[Index(files_[i].open_file)];
    const Object& shown = objects_[Index(opened.object)];
    FileFacts& told = facts[i];
    told.fsync = FactsOf(shown.backing).fsync;
    told.fsync_error = shown.interrupted                            ? Errno::kEINTR
                       : StillHolds(shown.fsync, shown.fsyncs_done) ? shown.fsync.error
                                                                    : Errno::kOk;
    told.unreported = opened.unreported;
    told.connection = shown.connection;
    told.server_lacks_fsync = ((lacking_ >> shown.connection) & 1U) != 0;
    TellUnwritable(shown, told);
  }
}

void FileStates::TellUnwritable(const Object& object, FileFacts& told) const {
  told.unwritable.clear();
  told.write_error = object.write.error;
  if (!StillHolds(object.write, object.writes_done)) return;
  for (uint64_t page = 0; page < object.pages && page < object.contents.size(); ++page) {
    const int64_t place = static_cast<int64_t>(page);
    const bool fails = object.write.begin_page <= place && place < object.write.end_page;
    if (!fails || !object.contents[page].dirty) continue;
    told.unwritable.push_back({{page * page_size_.count}, {(page + 1) * page_size_.count}});
  }
}

std::span<const FilePage> FileStates::contents(FileId file) const {
  const Object& shown = object(file);
  return std::span(shown.contents).first(std::min<uint64_t>(shown.pages, shown.contents.size()));
}

bool FileStates::StillHolds(const Fault& fault, int done) {
  return fault.error != Errno::kOk && (fault.times == 0 || done < fault.times);
}

// Writes the dirty pages of a range. Returns whether any failed.
bool FileStates::WriteRange(Object& object, uint64_t begin, uint64_t end, Request request) {
  bool failed = false;
  end = std::min({end, object.pages, uint64_t{object.contents.size()}});
  for (uint64_t page = begin; page < end; ++page) {
    if (!object.contents[page].dirty) continue;
    const uint64_t first = page;
    while (page + 1 < end && request == Request::kOfARun && object.contents[page + 1].dirty) ++page;
    failed |= WriteRun(object, first, page + 1);
  }
  return failed;
}

// Pages whose writing fails count as clean all the same.
bool FileStates::WriteRun(Object& object, uint64_t begin, uint64_t end) {
  const bool fails = StillHolds(object.write, object.writes_done) &&
                     static_cast<int64_t>(begin) < object.write.end_page &&
                     object.write.begin_page < static_cast<int64_t>(end);
  object.writes_done += fails;
  for (uint64_t page = begin; page < end; ++page) {
    object.contents[page].dirty = false;
    if (!fails) object.contents[page].written = object.contents[page].stored;
  }
  return fails;
}

// Every open file of the object is to be told, of the last error alone.
void FileStates::Record(FileId object, Errno error) {
  Object& failed = objects_[Index(object)];
  failed.error = error;
  failed.error_seen = false;
  failed.flagged = true;
  for (OpenFile& opened : files_) {
    if (opened.object == object) opened.unreported = error;
  }
}

}  // namespace msyncspec
