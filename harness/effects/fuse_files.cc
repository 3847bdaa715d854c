// SPDX-License-Identifier: MIT
#include "harness/effects/fuse_files.h"

#include <algorithm>
#include <ctime>

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

constexpr mode_t kFileMode = S_IFREG | 0666;
constexpr uint64_t kBlock = 512;  // the unit of st_blocks

timespec Now() {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return now;
}

}  // namespace

FuseFiles::FuseFiles(FuseState& state) : state_(state) {
  const timespec now = Now();
  times_.fill({.access = now, .modification = now, .change = now});
}

std::optional<uint16_t> FuseFiles::Find(absl::string_view name) const {
  for (uint16_t file = 0; file < state_.file_count; ++file) {
    if (name == absl::StrCat("f", file)) return file;
  }
  return std::nullopt;
}

struct stat FuseFiles::Attributes(uint16_t file) const {
  const uint64_t size = state_.files[file].size.load();
  struct stat attributes = {};
  attributes.st_mode = kFileMode;
  attributes.st_nlink = 1;
  attributes.st_size = static_cast<off_t>(size);
  attributes.st_blocks = static_cast<blkcnt_t>((size + kBlock - 1) / kBlock);
  attributes.st_atim = times_[file].access;
  attributes.st_mtim = times_[file].modification;
  attributes.st_ctim = times_[file].change;
  return attributes;
}

std::span<const uint8_t> FuseFiles::Read(uint16_t file, uint64_t offset, uint64_t length) const {
  const FuseFileState& state = state_.files[file];
  const uint64_t begin = std::min(offset, state.size.load());
  const uint64_t end = begin + std::min(length, state.size.load() - begin);
  return std::span(state.bytes).subspan(begin, end - begin);
}

Errno FuseFiles::Write(uint16_t file, uint64_t offset, std::span<const uint8_t> bytes) {
  FuseFileState& state = state_.files[file];
  if (offset > state.bytes.size() || bytes.size() > state.bytes.size() - offset) {
    return kFuseTooLarge;
  }
  std::copy(bytes.begin(), bytes.end(), state.bytes.begin() + static_cast<ptrdiff_t>(offset));
  state.size.store(std::max(state.size.load(), offset + bytes.size()));
  times_[file].modification = times_[file].change = Now();
  return Errno::kOk;
}

Errno FuseFiles::Resize(uint16_t file, uint64_t size) {
  FuseFileState& state = state_.files[file];
  if (size > state.bytes.size()) return kFuseTooLarge;
  // What is cut off must not come back when the file grows again.
  if (const uint64_t before = state.size.load(); size < before) {
    std::fill_n(state.bytes.begin() + static_cast<ptrdiff_t>(size), before - size, uint8_t{0});
  }
  state.size.store(size);
  times_[file].modification = times_[file].change = Now();
  return Errno::kOk;
}

void FuseFiles::SetTimes(uint16_t file, const timespec* access, const timespec* modification,
                         const timespec* change) {
  Times& times = times_[file];
  times.change = change != nullptr ? *change : Now();
  if (access != nullptr) times.access = *access;
  if (modification != nullptr) times.modification = *modification;
}

}  // namespace msyncspec
