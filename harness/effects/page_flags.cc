// SPDX-License-Identifier: MIT
#include "harness/effects/page_flags.h"

#include <fcntl.h>
#include <linux/kernel-page-flags.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "harness/effects/has_writeback.h"
#include "harness/executor/make_file.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

namespace msyncspec {
namespace {

constexpr uint64_t kPresent = uint64_t{1} << 63;        // of an entry of pagemap
constexpr uint64_t kFrame = (uint64_t{1} << 55) - 1;    // its frame number
constexpr uint64_t kMaxFolioPages = uint64_t{1} << 10;  // none in the page cache is larger

constexpr uint64_t Bit(int flag) { return uint64_t{1} << flag; }

OpenedFile OpenForReading(const char* path) {
  return OpenedFile::FromDescriptor(open(path, O_RDONLY | O_CLOEXEC));
}

bool ReadWord(int file, uint64_t index, uint64_t& word) {
  return pread(file, &word, sizeof(word), static_cast<off_t>(index * sizeof(word))) ==
         static_cast<ssize_t>(sizeof(word));
}

}  // namespace

absl::Status PageFlags::Available() {
  const OpenedFile flags = OpenForReading("/proc/kpageflags");
  if (flags.descriptor() < 0) {
    return Failure("/proc/kpageflags, which needs root and CONFIG_PROC_PAGE_MONITOR");
  }
  const OpenedFile pagemap = OpenForReading("/proc/self/pagemap");
  if (pagemap.descriptor() < 0) return Failure("/proc/self/pagemap");
  // Without the capability to see them every frame is number 0.
  volatile char here = 0;
  const auto address = reinterpret_cast<uintptr_t>(&here);
  uint64_t entry = 0;
  const auto page_size = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  if (!ReadWord(pagemap.descriptor(), address / page_size, entry) || (entry & kFrame) == 0) {
    return absl::PermissionDeniedError("/proc/self/pagemap hides the frames: needs CAP_SYS_ADMIN");
  }
  // A container may put an empty file in its place.
  uint64_t word = 0;
  if (!ReadWord(flags.descriptor(), entry & kFrame, word)) {
    return absl::UnimplementedError("/proc/kpageflags tells nothing");
  }
  return absl::OkStatus();
}

absl::StatusOr<PageFlags> PageFlags::Open(int file, int64_t pages, Bytes page_size) {
  for (const absl::Status& reason : {Available(), HasWriteback(file)}) {
    if (!reason.ok()) return reason;
  }
  const Bytes size = {static_cast<uint64_t>(pages) * page_size.count};
  void* const place = mmap(nullptr, size.count, PROT_READ, MAP_SHARED, file, 0);
  if (place == MAP_FAILED) return Failure("a mapping to look at pages through");
  return PageFlags(OpenForReading("/proc/self/pagemap"), OpenForReading("/proc/kpageflags"),
                   static_cast<char*>(place), size, page_size);
}

PageFlags::PageFlags(OpenedFile pagemap, OpenedFile flags, char* place, Bytes size, Bytes page_size)
    : pagemap_(std::move(pagemap)),
      flags_(std::move(flags)),
      place_(place),
      size_(size),
      page_size_(page_size) {}

PageFlags::PageFlags(PageFlags&& other) noexcept
    : pagemap_(std::move(other.pagemap_)),
      flags_(std::move(other.flags_)),
      place_(std::exchange(other.place_, nullptr)),
      size_(other.size_),
      page_size_(other.page_size_) {}

PageFlags::~PageFlags() {
  if (place_ != nullptr) munmap(place_, size_.count);
}

void PageFlags::Look(int64_t first, std::span<PageState> states) const {
  uint64_t offset = static_cast<uint64_t>(first) * page_size_.count;
  for (PageState& state : states) {
    state = offset < size_.count ? LookAt(place_ + offset) : PageState::kUnobservable;
    offset += page_size_.count;
  }
}

PageState PageFlags::LookAt(char* page) const {
  unsigned char resident = 0;
  if (mincore(page, page_size_.count, &resident) != 0) return PageState::kUnobservable;
  if ((resident & 1) == 0) return PageState::kClean;
  // What is in the cache is mapped without any input; only then is there a frame number. Older
  // kernels know no MADV_POPULATE_READ, which alone answers a failing page with an error.
  uint64_t frame = 0;
  if (!ReadFrame(page, frame)) {
    if (madvise(page, page_size_.count, MADV_POPULATE_READ) != 0) {
      if (errno != EINVAL) return PageState::kUnobservable;
      (void)*static_cast<volatile char*>(page);
    }
    if (!ReadFrame(page, frame)) return PageState::kUnobservable;
  }
  uint64_t flags = 0;
  if (!ReadFlags(frame, flags)) return PageState::kUnobservable;
  const bool alone = (flags & (Bit(KPF_COMPOUND_HEAD) | Bit(KPF_COMPOUND_TAIL))) == 0;
  // Older kernels keep a folio's flags in its head only.
  for (uint64_t back = 1; (flags & Bit(KPF_COMPOUND_TAIL)) != 0; ++back) {
    if (back > kMaxFolioPages || back > frame || !ReadFlags(frame - back, flags)) {
      return PageState::kUnobservable;
    }
  }
  if ((flags & (Bit(KPF_DIRTY) | Bit(KPF_WRITEBACK))) == 0) return PageState::kClean;
  if (!alone) return PageState::kUnobservable;
  return (flags & Bit(KPF_DIRTY)) != 0 ? PageState::kDirty : PageState::kWritingBack;
}

bool PageFlags::ReadFrame(const char* page, uint64_t& frame) const {
  uint64_t entry = 0;
  const uint64_t index = reinterpret_cast<uintptr_t>(page) / page_size_.count;
  if (!ReadWord(pagemap_.descriptor(), index, entry) || (entry & kPresent) == 0) return false;
  frame = entry & kFrame;
  return frame != 0;
}

bool PageFlags::ReadFlags(uint64_t frame, uint64_t& flags) const {
  return ReadWord(flags_.descriptor(), frame, flags);
}

}  // namespace msyncspec
