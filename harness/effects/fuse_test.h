// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_TEST_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_TEST_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "harness/effects/fuse_server.h"

namespace msyncspec {

inline constexpr absl::Duration kPatience = absl::Seconds(20);  // for what takes no time at all
inline constexpr absl::Duration kAtOnce = absl::Seconds(1);
inline constexpr absl::Duration kMoment = absl::Milliseconds(50);

inline uint64_t PageSize() { return static_cast<uint64_t>(sysconf(_SC_PAGESIZE)); }
inline Bytes InPages(uint64_t pages) { return {pages * PageSize()}; }

// Some pages of a file, mapped.
class MappedFile {
 public:
  // Maps the first `pages` of a descriptor, over what is mapped at `place` if that is given.
  MappedFile(const OpenedFile& file, uint64_t pages, int protection = PROT_READ | PROT_WRITE,
             int flags = MAP_SHARED, void* place = nullptr)
      : length_(InPages(pages).count),
        bytes_(static_cast<uint8_t*>(mmap(place, length_, protection,
                                          flags | (place == nullptr ? 0 : MAP_FIXED),
                                          file.descriptor(), 0))) {
    if (bytes_ == MAP_FAILED) throw std::bad_alloc();
  }
  ~MappedFile() { munmap(bytes_, length_); }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  volatile uint8_t& operator[](uint64_t page) const { return bytes_[page * PageSize()]; }
  uint8_t* address(uint64_t page) const { return bytes_ + page * PageSize(); }

  // Calls msync on the pages [begin, end).
  Errno Sync(uint64_t begin, uint64_t end, int flags = MS_SYNC) const {
    return ::msync(address(begin), (end - begin) * PageSize(), flags) == 0
               ? Errno::kOk
               : static_cast<Errno>(errno);
  }

 private:
  uint64_t length_;
  uint8_t* bytes_;
};

// Tests of a server, skipped with the reason where none can be had.
class FuseTest : public testing::Test {
 protected:
  void SetUp() override {
    const absl::Status status = FuseServer::Start({}, {}).status();
    if (absl::IsPermissionDenied(status) || absl::IsUnimplemented(status)) GTEST_SKIP() << status;
    ASSERT_TRUE(status.ok()) << status;
  }

  // Why no server can be mounted in a private namespace here, as in a root that is no mount point.
  static absl::Status PrivateNamespaceRefusal() {
    return FuseServer::Start({.mounting = Mounting::kPrivateNamespace}, {}).status();
  }

  // Starts a server, or throws.
  static std::unique_ptr<FuseServer> Start(const std::vector<FuseFile>& files,
                                           const FuseOptions& options = {}) {
    return FuseServer::Start(options, files).value();
  }

  // Returns the requests from number `first` on.
  static std::vector<FuseRequest> RequestsFrom(const FuseServer& server, uint64_t first = 0) {
    std::vector<FuseRequest> requests;
    for (uint64_t i = first; i < server.requests(); ++i) {
      requests.push_back(server.request(i).value());
    }
    return requests;
  }
};

// Returns an FSYNC as msync asks for it.
inline FuseRequest FsyncOf(uint16_t file, uint32_t open = 0, Errno answer = Errno::kOk) {
  return {.kind = FuseRequest::Kind::kFsync,
          .extent = FuseRequest::Extent::kDataOnly,
          .file = file,
          .open = open,
          .answer = answer};
}

// Returns a WRITE of the pages [begin, end).
inline FuseRequest WriteOf(uint16_t file, uint64_t begin, uint64_t end, Errno answer = Errno::kOk) {
  return {.kind = FuseRequest::Kind::kWrite,
          .file = file,
          .begin = InPages(begin),
          .end = InPages(end),
          .answer = answer};
}

inline void PrintTo(const FuseRequest& request, std::ostream* out) {
  *out << (request.kind == FuseRequest::Kind::kWrite ? "WRITE" : "FSYNC")
       << (request.extent == FuseRequest::Extent::kDataOnly ? " data-only" : "") << " f"
       << request.file << " open " << request.open << " [" << request.begin.count << ", "
       << request.end.count << ") answered " << ErrnoName(request.answer);
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_TEST_H_
