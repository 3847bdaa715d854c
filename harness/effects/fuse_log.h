// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_LOG_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_LOG_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "model/errno.h"
#include "model/units.h"

namespace msyncspec {

// A request of the kernel's that changes what a file holds or asks for it to be made durable.
struct FuseRequest {
  enum class Kind : uint8_t { kWrite, kFsync };
  enum class Extent : uint8_t { kWithAttributes, kDataOnly };

  Kind kind = Kind::kFsync;
  Extent extent = Extent::kWithAttributes;  // of FSYNC
  uint16_t file = 0;
  // Which open of this file the request came through, from 0. What the kernel writes back by itself
  // comes through any that is open for writing.
  uint32_t open = 0;
  Bytes begin{0}, end{0};  // of WRITE; an FSYNC carries no range
  Errno answer = Errno::kOk;

  friend constexpr bool operator==(const FuseRequest&, const FuseRequest&) = default;
};

// What has reached a FUSE server, in order of arrival: all but one of the newest kCapacity. One
// process writes; any that shares the memory reads, without system calls. Whoever has the reply to
// a request sees the request here.
class FuseLog {
 public:
  static constexpr size_t kCapacity = size_t{1} << 16;

  // Returns how many requests have arrived, those included that are no longer kept.
  uint64_t size() const { return size_.load(std::memory_order_acquire); }

  // Returns the i-th request, or nothing if it has not arrived or is no longer kept.
  std::optional<FuseRequest> at(uint64_t i) const {
    if (i >= size()) return std::nullopt;
    const FuseRequest request = ring_[i % kCapacity];
    std::atomic_thread_fence(std::memory_order_acquire);
    // The place may be written anew before the counter says so.
    if (size() - i >= kCapacity) return std::nullopt;
    return request;
  }

  // Adds a request and returns its number. Of the server alone.
  uint64_t Append(const FuseRequest& request) {
    const uint64_t i = size_.load(std::memory_order_relaxed);
    ring_[i % kCapacity] = request;
    size_.store(i + 1, std::memory_order_release);
    return i;
  }

  // Says that the i-th request, if it is still kept, is answered otherwise than was meant at its
  // arrival. Of the server alone.
  void SetAnswer(uint64_t i, Errno answer) {
    if (size() - i <= kCapacity) ring_[i % kCapacity].answer = answer;
  }

 private:
  static_assert(std::is_trivially_copyable_v<FuseRequest>);
  static_assert(std::atomic<uint64_t>::is_always_lock_free);

  std::atomic<uint64_t> size_{0};
  std::array<FuseRequest, kCapacity> ring_{};
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_LOG_H_
