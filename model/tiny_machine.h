// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_TINY_MACHINE_H_
#define MSYNCSPEC_MODEL_TINY_MACHINE_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/address_space.h"
#include "model/machine.h"
#include "model/page_by_page.h"
#include "model/prediction.h"

// Machines so small that everything can be tried on them, for the tests that hold the walk against
// its second statement.
namespace msyncspec {

// One kind of page, as both statements see it.
struct Kind {
  const char* name;
  Page page;
  Sharing sharing = Sharing::kPrivate;
  Lock lock = Lock::kUnlocked;
  FileId file = kNoFile;
};

// The files of the tiny machines.
enum : FileId { kPlainFile, kFileWithoutFsync, kFaultyFile };

inline constexpr std::array kAllKinds = {
    Kind{"hole", {}},
    Kind{"private", {.mapped = true}},
    Kind{"private locked", {.mapped = true, .locked = true}, Sharing::kPrivate, Lock::kLocked},
    Kind{"shared",
         {.mapped = true, .writes_through = true},
         Sharing::kShared,
         Lock::kUnlocked,
         kPlainFile},
    Kind{"shared locked",
         {.mapped = true, .locked = true, .writes_through = true},
         Sharing::kShared,
         Lock::kLockedOnFault,
         kPlainFile},
    Kind{"shared from a read-only descriptor",
         {.mapped = true},
         Sharing::kSharedReadOnlyFile,
         Lock::kUnlocked,
         kPlainFile},
    Kind{"shared without fsync",
         {.mapped = true, .writes_through = true, .has_fsync = false},
         Sharing::kShared,
         Lock::kUnlocked,
         kFileWithoutFsync},
    Kind{"shared and faulty",
         {.mapped = true, .writes_through = true, .fsync_error = Errno::kEIO},
         Sharing::kShared,
         Lock::kUnlocked,
         kFaultyFile},
};

// A layout of the tiny machine in both forms. Offsets equal addresses, so that equal neighbours
// join and a synced byte names the page it was mapped at.
struct TinyLayout {
  std::vector<Page> pages;
  AddressSpace space;
};

// Returns the mapping that the page at `number` is by itself, if it is mapped.
inline Mapping MappingOf(const Machine& machine, const Kind& kind, uint64_t number) {
  const Address begin = {number * machine.page_size.count};
  return {.begin = begin,
          .end = begin + machine.page_size,
          .offset = {kind.file >= 0 ? begin.value : 0},
          .file = kind.file,
          .sharing = kind.sharing,
          .lock = kind.lock};
}

// Makes the page at `number` one of `kind`.
inline void Put(const Machine& machine, const Kind& kind, uint64_t number, AddressSpace& space) {
  const Mapping mapping = MappingOf(machine, kind, number);
  space.Remove({mapping.begin, mapping.end});
  if (kind.page.mapped) space.Insert(mapping);
}

// Makes `layout` one without pages, with the files of the tiny machines.
inline void Empty(TinyLayout& layout) {
  layout.pages.clear();
  layout.space.Assign({});
  layout.space.files() = {FileFacts{Fsync::kWrites}, FileFacts{Fsync::kNone},
                          FileFacts{Fsync::kWrites, Errno::kEIO}};
}

// Returns the layout whose pages are of the kinds that the digits of `choice` number.
inline TinyLayout Build(const Machine& machine, std::span<const Kind> kinds, uint64_t choice) {
  const uint64_t pages = (machine.LastPage().value / machine.page_size.count) + 1;
  TinyLayout layout;
  Empty(layout);
  for (uint64_t i = 0; i < pages; ++i, choice /= kinds.size()) {
    layout.pages.push_back(kinds[choice % kinds.size()].page);
    Put(machine, kinds[choice % kinds.size()], i, layout.space);
  }
  return layout;
}

// Returns the numbers of the pages that a prediction has synced, in order, by an fsync for the data
// alone.
inline std::vector<uint64_t> SyncedPages(const Machine& machine, const Prediction& prediction) {
  std::vector<uint64_t> pages;
  for (const SyncedRange& request : prediction.syncs) {
    if (request.kind != SyncKind::kDataOnly || request.answer != Errno::kOk) continue;
    for (Bytes at = request.begin; at < request.end; at = at + machine.page_size) {
      pages.push_back(at.count / machine.page_size.count);
    }
  }
  return pages;
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_TINY_MACHINE_H_
