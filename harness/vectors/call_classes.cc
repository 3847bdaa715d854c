// SPDX-License-Identifier: MIT
#include "harness/vectors/call_classes.h"

#include <array>

#include "model/sync_flags.h"

namespace msyncspec {
namespace {

constexpr SyncFlagNumbers kNumbers = kGenericFlagNumbers;

template <int64_t kBytes>
bool AddressIs(const SymbolicCall& call) {
  return call.addr.anchor == Anchor::kArena && call.addr.bytes == kBytes;
}

template <Anchor kAnchor>
bool AddressIsAt(const SymbolicCall& call) {
  return call.addr.anchor == kAnchor;
}

template <LengthBase kBase, int64_t kPages, int64_t kBytes>
bool LengthIs(const SymbolicCall& call) {
  return call.length == Length{kBase, kPages, kBytes};
}

template <uint64_t kWord>
bool FlagsAre(const SymbolicCall& call) {
  return call.flags == SyncFlags(kWord);
}

constexpr Argument kAddress = Argument::kAddress, kLength = Argument::kLength,
                   kFlags = Argument::kFlags;
constexpr LengthBase kZero = LengthBase::kZero, kMax = LengthBase::kMax,
                     kToLast = LengthBase::kToLast;

constexpr auto kClasses = std::to_array<CallClass>({
    {kAddress, "address-page-plus-one-byte", "addr is one byte above a page", AddressIs<1>},
    {kAddress, "address-4096-bytes",
     "addr is 4096 bytes above a page, which is a page where pages are small", AddressIs<4096>},
    {kAddress, "address-zero", "addr is 0", AddressIsAt<Anchor::kZero>},
    {kAddress, "address-last-page", "addr is the last page of the address space",
     AddressIsAt<Anchor::kLastPage>},

    {kLength, "length-zero", "the length is 0", LengthIs<kZero, 0, 0>},
    {kLength, "length-one-byte", "the length is one byte, which is rounded up to a page",
     LengthIs<kZero, 0, 1>},
    {kLength, "length-page-plus-one-byte",
     "the length is a page and one byte, which is rounded up to two pages", LengthIs<kZero, 1, 1>},
    {kLength, "length-4096-bytes", "the length is 4096 bytes, whatever a page is",
     LengthIs<kZero, 0, 4096>},
    {kLength, "length-2-gib", "the length is 2^31, which is negative as an int",
     LengthIs<kZero, 0, int64_t{1} << 31>},
    {kLength, "length-4-gib", "the length is 2^32, of which 32 bits keep nothing",
     LengthIs<kZero, 0, int64_t{1} << 32>},
    {kLength, "length-max", "the length is the largest of all, which is rounded up to 0",
     LengthIs<kMax, 0, 0>},
    {kLength, "length-wraps-to-zero", "the length is the smallest that is rounded up to 0",
     LengthIs<kMax, -1, 2>},
    {kLength, "length-largest-in-pages", "the length is the largest multiple of the page size",
     LengthIs<kMax, -1, 1>},
    {kLength, "length-to-last-page", "the range ends at the last page, the most that does not wrap",
     LengthIs<kToLast, 0, 0>},
    {kLength, "length-into-last-page",
     "the range ends one byte into the last page: rounded up, its end wraps to 0",
     LengthIs<kToLast, 0, 1>},

    {kFlags, "flags-none", "flags is 0", FlagsAre<0>},
    {kFlags, "flags-async", "flags is MS_ASYNC", FlagsAre<kNumbers.async>},
    {kFlags, "flags-invalidate", "flags is MS_INVALIDATE", FlagsAre<kNumbers.invalidate>},
    {kFlags, "flags-sync", "flags is MS_SYNC", FlagsAre<kNumbers.sync>},
    {kFlags, "flags-async-invalidate", "flags is MS_ASYNC and MS_INVALIDATE",
     FlagsAre<kNumbers.async | kNumbers.invalidate>},
    {kFlags, "flags-sync-invalidate", "flags is MS_SYNC and MS_INVALIDATE",
     FlagsAre<kNumbers.sync | kNumbers.invalidate>},
    {kFlags, "flags-async-sync", "flags is MS_ASYNC and MS_SYNC",
     FlagsAre<kNumbers.async | kNumbers.sync>},
    {kFlags, "flags-all", "flags is all three of the known flags", FlagsAre<kNumbers.all()>},
    {kFlags, "flags-bit-3", "flags is the lowest unknown bit", FlagsAre<1 << 3>},
    {kFlags, "flags-bit-31", "flags is the highest bit of an int, which is unknown",
     FlagsAre<uint64_t{1} << 31>},
    {kFlags, "flags-bit-32", "flags is the lowest bit that an int does not have",
     FlagsAre<uint64_t{1} << 32>},
});

}  // namespace

std::span<const CallClass> CallClasses() { return kClasses; }

bool IsTagged(const SymbolicCall& call) {
  constexpr int64_t kLowestTag = int64_t{1} << 56;
  return call.addr.anchor == Anchor::kArena && call.addr.bytes >= kLowestTag;
}

}  // namespace msyncspec
