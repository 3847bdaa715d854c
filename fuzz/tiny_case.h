// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_TINY_CASE_H_
#define MSYNCSPEC_FUZZ_TINY_CASE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "absl/strings/str_cat.h"
#include "model/call.h"
#include "model/machine.h"
#include "model/tiny_machine.h"

namespace msyncspec {

// A layout of a tiny machine and a call, made of any bytes; what is missing reads as 0.
struct TinyCase {
  Machine machine;
  TinyLayout layout;
  Call call;
};

// Machines with 4, 8, 16, 32 and 64 pages, so small that calls reach all of them, and wrap.
inline constexpr auto kTinyMachines = std::to_array<Machine>({
    {.address_bits = 4, .argument_bits = 4, .page_size = {4}},
    {.address_bits = 4, .argument_bits = 4, .page_size = {2}},
    {.address_bits = 6, .argument_bits = 6, .page_size = {4}},
    {.address_bits = 6, .argument_bits = 6, .page_size = {2}},
    {.address_bits = 8, .argument_bits = 8, .page_size = {4}},
});

inline constexpr size_t kMaxTinyPages = 64;

// Overwrites `tiny`. The first bytes are the machine, the call, and then a byte for each page.
inline void MakeTinyCase(std::span<const uint8_t> bytes, TinyCase& tiny) {
  const auto byte = [&bytes](size_t i) { return i < bytes.size() ? bytes[i] : uint8_t{0}; };
  tiny.machine = kTinyMachines[byte(0) % kTinyMachines.size()];
  const uint64_t mask = (uint64_t{1} << tiny.machine.address_bits) - 1;
  tiny.call = {
      .addr = {byte(1) & mask}, .length = {byte(2) & mask}, .flags = SyncFlags(byte(3) % 16)};
  const uint64_t pages = tiny.machine.LastPage().value / tiny.machine.page_size.count + 1;
  Empty(tiny.layout);
  std::array<Mapping, kMaxTinyPages> mappings;
  size_t count = 0;
  for (uint64_t i = 0; i < pages; ++i) {
    const Kind& kind = kAllKinds[byte(4 + i) % kAllKinds.size()];
    tiny.layout.pages.push_back(kind.page);
    if (!kind.page.mapped) continue;
    const Mapping mapping = MappingOf(tiny.machine, kind, i);
    if (count > 0 && Continues(mappings[count - 1], mapping)) {
      mappings[count - 1].end = mapping.end;
    } else {
      mappings[count++] = mapping;
    }
  }
  tiny.layout.space.Assign({mappings.data(), count});
}

inline std::string Text(const TinyCase& tiny) {
  std::string text =
      absl::StrCat(tiny.layout.pages.size(), " pages of ", tiny.machine.page_size.count,
                   " bytes, call addr=", tiny.call.addr.value, " len=", tiny.call.length.count,
                   " flags=", tiny.call.flags.word(), "; pages:");
  for (const Page& page : tiny.layout.pages) {
    for (const Kind& kind : kAllKinds) {
      if (kind.page == page) absl::StrAppend(&text, " ", kind.name, ",");
    }
  }
  return text;
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_TINY_CASE_H_
