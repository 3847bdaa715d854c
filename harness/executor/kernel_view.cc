// SPDX-License-Identifier: MIT
#include "harness/executor/kernel_view.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace msyncspec {
namespace {

// What comes out of a page on both sides, for comparison.
struct PageFacts {
  bool mapped = false;
  Access access = Access::kNone;
  bool locked = false;
  bool shared = false;
  bool grows_down = false;
  uint8_t marks = 0;
  Bytes offset;  // 0 unless shared with a named file

  friend bool operator==(const PageFacts&, const PageFacts&) = default;
};

struct MarkFlag {
  const char* flag;
  MappingMark mark;
};
constexpr MarkFlag kMarkFlags[] = {
    {"sl", kSealed}, {"dc", kNotForked}, {"um", kUserfault}, {"dp", kDroppable}};

const Mapping* Find(std::span<const Mapping> mappings, Address page) {
  for (const Mapping& mapping : mappings) {
    if (mapping.end > page) return mapping.begin <= page ? &mapping : nullptr;
  }
  return nullptr;
}

PageFacts FactsAt(const Mapping* mapping, Address page, bool with_offset) {
  if (mapping == nullptr) return {};
  PageFacts facts = {.mapped = true,
                     .access = mapping->access,
                     .locked = mapping->locked(),
                     .shared = mapping->sharing == Sharing::kShared,
                     .grows_down = mapping->growth == Growth::kGrowsDown,
                     .marks = mapping->marks};
  if (with_offset) facts.offset = mapping->offset + (page - mapping->begin);
  return facts;
}

// Whether the two-letter word `flag` stands in a VmFlags line.
bool Has(const char* flags, const char* flag) {
  for (const char* at = strstr(flags, flag); at != nullptr; at = strstr(at + 1, flag)) {
    if (at[-1] == ' ' && (at[2] == ' ' || at[2] == '\n' || at[2] == '\0')) return true;
  }
  return false;
}

}  // namespace

void KernelView::Read() {
  if (ReadFrom("/proc/self/smaps")) {
    source_ = Source::kSmaps;
  } else {
    source_ = ReadFrom("/proc/self/maps") ? Source::kMaps : Source::kNone;
  }
}

void KernelView::ReadOf(int process) {
  std::array<char, 32> path{};
  snprintf(path.data(), path.size(), "/proc/%d/smaps", process);
  source_ = ReadFrom(path.data()) ? Source::kSmaps : Source::kNone;
}

bool KernelView::ReadFrom(const char* path) {
  count_ = 0;
  last_kept_ = overflowed_ = false;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  static char buffer[1 << 16];
  size_t filled = 0;
  while (true) {
    const ssize_t got = read(file, buffer + filled, sizeof(buffer) - 1 - filled);
    if (got < 0) count_ = 0;  // half of it would pass for the whole
    if (got <= 0) break;
    filled += static_cast<size_t>(got);
    buffer[filled] = '\0';
    char* line = buffer;
    for (char* end = strchr(line, '\n'); end != nullptr; end = strchr(line, '\n')) {
      *end = '\0';
      TakeLine(line);
      line = end + 1;
    }
    filled -= static_cast<size_t>(line - buffer);
    memmove(buffer, line, filled);
  }
  close(file);
  return count_ > 0 && !overflowed_;
}

void KernelView::TakeLine(const char* line) {
  constexpr char kFlagsLabel[] = "VmFlags:";
  if (strncmp(line, kFlagsLabel, sizeof(kFlagsLabel) - 1) == 0) {
    if (last_kept_) TakeFlags(line + sizeof(kFlagsLabel) - 1);
    return;
  }
  // "10000000-10001000 rw-s 00002000 00:01 1234   /memfd:f0 (deleted)"
  char* at = nullptr;
  const uint64_t begin = strtoull(line, &at, 16);
  if (at == line || *at != '-') return;  // a line of details
  const uint64_t end = strtoull(at + 1, &at, 16);
  if (*at != ' ' || strlen(at) < 6) return;
  const char* permissions = at + 1;
  const uint64_t offset = strtoull(permissions + 5, nullptr, 16);
  last_kept_ = strstr(line, "[vsyscall]") == nullptr && count_ < kMaxMappings;
  overflowed_ |= count_ == kMaxMappings;
  if (!last_kept_) return;

  Mapping mapping = {.begin = {begin}, .end = {end}, .offset = {offset}};
  mapping.access = (permissions[0] == 'r' ? Access::kRead : Access::kNone) |
                   (permissions[1] == 'w' ? Access::kWrite : Access::kNone);
  if (permissions[3] == 's') {
    mapping.sharing = Sharing::kShared;
    mapping.file = kUnnamedFile;
  }
  mapping.joining = Joining::kNotFollowed;
  mappings_[count_++] = mapping;
}

void KernelView::TakeFlags(const char* flags) {
  Mapping& mapping = mappings_[count_ - 1];
  if (Has(flags, "lo")) mapping.lock = Has(flags, "lf") ? Lock::kLockedOnFault : Lock::kLocked;
  if (Has(flags, "gd")) mapping.growth = Growth::kGrowsDown;
  if (mapping.sharing == Sharing::kShared && !Has(flags, "sh")) {
    mapping.sharing = Sharing::kSharedReadOnlyFile;
  }
  for (const auto& [flag, mark] : kMarkFlags) {
    if (Has(flags, flag)) mapping.marks |= mark;
  }
  // VM_SPECIAL (io, pf, de, mm), hugetlb and droppable memory take no locks.
  for (const char* flag : {"io", "pf", "de", "mm", "ht", "dp"}) {
    if (Has(flags, flag)) mapping.lockability = Lockability::kIgnoresLocks;
  }
}

std::optional<Address> FirstDifference(std::span<const Mapping> model,
                                       std::span<const Mapping> kernel, AddressRange range,
                                       Bytes page_size) {
  for (Address page = range.begin; page < range.end; page = page + page_size) {
    const Mapping* ours = Find(model, page);
    const Mapping* theirs = Find(kernel, page);
    const bool with_offset =
        ours != nullptr && ours->sharing == Sharing::kShared && ours->file >= 0;
    PageFacts said = FactsAt(ours, page, with_offset);
    PageFacts shown = FactsAt(theirs, page, with_offset);
    // Which of its own memory a kernel keeps from children differs from version to version.
    if (ours != nullptr && ours->lockability == Lockability::kIgnoresLocks) {
      said.marks |= kNotForked;
      shown.marks |= kNotForked;
    }
    shown.marks |=
        said.marks & kSealed;  // the first kernels with mseal (6.10, 6.11) do not show it
    if (said != shown) return page;
  }
  return std::nullopt;
}

}  // namespace msyncspec
