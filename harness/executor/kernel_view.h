// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_VIEW_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_VIEW_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "model/address_space.h"

namespace msyncspec {

// The process's mappings in the kernel's own words: /proc/self/smaps, whose VmFlags say what
// /proc/self/maps does not (`sh`, `lo`). Trivially copyable and of a fixed size, so that it can be
// filled without allocation and handed over in shared memory.
class KernelView {
 public:
  static constexpr size_t kMaxMappings = 2048;  // with more, nothing counts as known

  // Where the words come from.
  enum class Source : uint8_t {
    kNone,   // no /proc: nothing is known
    kMaps,   // /proc/self/maps: no locks, and every `s` mapping counts as shared
    kSmaps,  // everything
  };

  // Reads the mappings of the calling process, [vsyscall] left out, which is none.
  void Read();

  // Reads those of another process; smaps alone will do.
  void ReadOf(int process);

  Source source() const { return source_; }
  std::span<const Mapping> mappings() const { return {mappings_.data(), count_}; }

 private:
  bool ReadFrom(const char* path);
  void TakeLine(const char* line);
  void TakeFlags(const char* flags);

  Source source_ = Source::kNone;
  size_t count_ = 0;
  bool last_kept_ = false;   // whether further lines speak about the last mapping
  bool overflowed_ = false;  // there are more than fit
  std::array<Mapping, kMaxMappings> mappings_;
};

// Returns the first page in [range] at which the layout of the model differs from the kernel's
// view in what both can tell (mapped or not, access, lock, sharing, growth, marks, and the offset
// of what writes to a file), or nothing where they agree. Where mappings begin and end is not
// compared, nor how a lock was asked for, which only newer kernels show.
std::optional<Address> FirstDifference(std::span<const Mapping> model,
                                       std::span<const Mapping> kernel, AddressRange range,
                                       Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_VIEW_H_
