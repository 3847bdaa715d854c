// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_DRAWN_LAYOUT_H_
#define MSYNCSPEC_MODEL_DRAWN_LAYOUT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "model/address_space.h"
#include "model/units.h"

namespace msyncspec {

// Layouts in one word, for the tests.

inline constexpr uint64_t kAsync = 1, kInvalidate = 2, kSync = 4, kUnknown = 8;
inline constexpr uint64_t kPage = 4096;
inline constexpr Address kFirstPage = {0x10000};

// The files of a drawn layout.
enum : FileId { kDisk, kWithoutFsync, kFailing };

// Returns the layout that `pages` draws from kFirstPage on, a letter a page of `page_size`:
//   .  nothing is mapped            s  kDisk, shared           S  the same, locked
//   p  private memory               P  the same, locked        a  shared memory without a file
//   n  kWithoutFsync, shared        f  kFailing, shared        r  kDisk, from an O_RDONLY
//   descriptor
// Equal letters side by side are made by one mmap, unless a bar parts them. Each file is mapped at
// the offset at which the page lies behind kFirstPage, so that the parts of "ss|s" join.
AddressSpace Draw(absl::string_view pages, Bytes page_size = {kPage});

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_DRAWN_LAYOUT_H_
