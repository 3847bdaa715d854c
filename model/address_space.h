// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_ADDRESS_SPACE_H_
#define MSYNCSPEC_MODEL_ADDRESS_SPACE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/file_facts.h"
#include "model/units.h"

namespace msyncspec {

// Names one of the files that a scenario brings along.
using FileId = int16_t;
inline constexpr FileId kNoFile = -1;  // anonymous private memory
// Has a file, but none that the scenario names: shared anonymous memory, the process's own
// libraries. Its fsync succeeds and reaches nothing that can be seen.
inline constexpr FileId kUnnamedFile = -2;

// How stores through a mapping relate to its file.
enum class Sharing : uint8_t {
  kPrivate,             // copy on write; nothing reaches the file
  kShared,              // MAP_SHARED of a descriptor that is open for writing (VM_SHARED)
  kSharedReadOnlyFile,  // MAP_SHARED of an O_RDONLY descriptor: has lost VM_SHARED
};

enum class Lock : uint8_t { kUnlocked, kLocked, kLockedOnFault };

// What mlock makes of a mapping.
enum class Lockability : uint8_t {
  kLockable,
  kIgnoresLocks,  // VM_SPECIAL, hugetlb …: mlock succeeds and nothing is locked
  kAlwaysLocked,  // memfd_secret: locked from the start, munlock changes nothing
};

enum class Growth : uint8_t { kFixed, kGrowsDown };

// PROT_READ, PROT_WRITE and PROT_EXEC as bits of the same values.
enum class Access : uint8_t { kNone = 0, kRead = 1, kWrite = 2, kExecute = 4 };
constexpr Access operator|(Access a, Access b) {
  return static_cast<Access>(static_cast<uint8_t>(a) | static_cast<uint8_t>(b));
}
constexpr bool Allows(Access access, Access wanted) {
  return (static_cast<uint8_t>(access) & static_cast<uint8_t>(wanted)) ==
         static_cast<uint8_t>(wanted);
}

// Whether mappings that continue one another are known to become one. Those of one shared file do.
// For private memory it depends on which pages have been touched, which is not followed here.
enum class Joining : uint8_t { kJoins, kNotFollowed };

// What msync does not look at, but keeps mappings apart, as bits.
enum MappingMark : uint8_t {
  kSealed = 1,     // mseal: can no longer be unmapped, moved, replaced or protected (VM_SEALED)
  kNotForked = 2,  // a child process does not get it (VM_DONTCOPY)
  kUserfault = 4,  // missing pages are left to a userfaultfd (VM_UFFD_MISSING)
  kDroppable = 8,  // MAP_DROPPABLE: its pages may vanish (VM_DROPPABLE)
};

// One mapping (a VMA): whole pages, with the same attributes throughout.
struct Mapping {
  Address begin, end;
  Bytes offset;  // of `begin` in `file`; 0 where there is no named file
  FileId file = kNoFile;
  Sharing sharing = Sharing::kPrivate;
  Lock lock = Lock::kUnlocked;
  Lockability lockability = Lockability::kLockable;
  Growth growth = Growth::kFixed;
  Access access = Access::kRead | Access::kWrite;
  Joining joining = Joining::kJoins;
  uint8_t marks = 0;  // of MappingMark

  constexpr bool locked() const { return lock != Lock::kUnlocked; }
  constexpr bool Has(MappingMark mark) const { return (marks & mark) != 0; }
  constexpr Bytes length() const { return end - begin; }

  friend constexpr bool operator==(const Mapping&, const Mapping&) = default;
};

// Whether `right` begins where `left` ends and continues it in every attribute.
bool Continues(const Mapping& left, const Mapping& right);

// The layout that msync walks: mappings in the order of their addresses, none overlapping, and the
// named files that they map. A plain value; by which rules mmap and its kin change it is not known
// here. Operations take whole pages.
class AddressSpace {
 public:
  std::span<const Mapping> mappings() const { return mappings_; }

  // Returns the mappings that end above `address`, the lowest first.
  std::span<const Mapping> From(Address address) const {
    // Halves without a branch: in a search for ever new addresses none could be predicted.
    const Mapping* first = mappings_.data();
    for (size_t left = mappings_.size(); left > 0;) {
      const size_t half = left / 2;
      const bool below = first[half].end <= address;
      first = below ? first + half + 1 : first;
      left = below ? left - half - 1 : half;
    }
    return {first, mappings_.data() + mappings_.size()};
  }

  // Returns the mapping that contains `address`, or null.
  const Mapping* At(Address address) const;

  // Removes whatever is mapped in `range`, splitting what reaches beyond it.
  void Remove(AddressRange range);

  // Adds `mapping`, as one call of mmap makes it, in place of whatever is mapped there, and joins
  // it with its neighbours.
  void Insert(const Mapping& mapping);

  // Calls `change(mapping)` for each mapping in `range`, split at the range's ends beforehand and
  // joined with equal neighbours afterwards. `change` may not move a mapping.
  template <typename Change>
  void Update(AddressRange range, const Change& change) {
    SplitAt(range.begin);
    SplitAt(range.end);
    for (size_t i = IndexFrom(range.begin); i < mappings_.size(); ++i) {
      if (mappings_[i].begin >= range.end) break;
      change(mappings_[i]);
    }
    JoinWithin(range);
  }

  // Calls `change(mapping)` for every mapping, and joins none. `change` may not move a mapping.
  template <typename Change>
  void UpdateApart(const Change& change) {
    for (Mapping& mapping : mappings_) change(mapping);
  }

  // Whether one Insert made exactly `range`, and nothing of it has been removed since.
  bool IsRegion(AddressRange range) const;

  // Removes all mappings and adds `mappings`, which are in order and do not overlap.
  void Assign(std::span<const Mapping> mappings);

  // Makes room for `count` mappings, so that operations up to there allocate nothing.
  void Reserve(size_t count) {
    mappings_.reserve(count);
    regions_.reserve(count);
  }

  std::vector<FileFacts>& files() { return files_; }
  const FileFacts& file(FileId id) const { return files_[static_cast<size_t>(id)]; }

 private:
  size_t IndexFrom(Address address) const;
  void SplitAt(Address address);
  void JoinWithin(AddressRange range);

  std::vector<Mapping> mappings_;
  std::vector<AddressRange> regions_;  // what each Insert made, in no order
  std::vector<FileFacts> files_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_ADDRESS_SPACE_H_
