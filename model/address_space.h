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
// Where the file wants to hear of each mapping's end (its vm_ops have `close`), one may grow into
// the place of another, but none vanishes. Source: mm/vma.c of 6.12 and 7.2, mm/mmap.c of 6.1.
enum class Joining : uint8_t {
  kJoins,
  kGrows,         // at either end (6.12)
  kGrowsUpwards,  // at its upper end alone (6.4)
  kNever,         // not even so (older)
  kNotFollowed,
};

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
  // it with its neighbours as far as its `joining` says.
  void Insert(const Mapping& mapping);

  // Calls `change(mapping)` for each mapping in `range`, split at the range's ends beforehand and
  // joined with equal neighbours afterwards. `change` may not move a mapping.
  template <typename Change>
  void Update(AddressRange range, const Change& change) {
    Seams seams(range, SplitAt(range.begin), SplitAt(range.end));
    for (size_t i = IndexFrom(range.begin); i < mappings_.size(); ++i) {
      Mapping& mapping = mappings_[i];
      if (mapping.begin >= range.end) break;
      if (mapping.joining == Joining::kJoins || mapping.joining == Joining::kNotFollowed) {
        change(mapping);
        continue;
      }
      const Mapping before = mapping;
      change(mapping);
      seams.Note(mapping, mapping == before ? Seams::Met::kUnchanged : Seams::Met::kChanged);
    }
    JoinWithin(range, seams);
  }

  // Calls `change(mapping)` for every mapping, and joins none. `change` may not move a mapping.
  template <typename Change>
  void UpdateApart(const Change& change) {
    for (Mapping& mapping : mappings_) change(mapping);
  }

  // Lets the mapping that begins at `begin` reach up to `end`, where nothing is mapped. It joins
  // nothing there.
  void Extend(Address begin, Address end);

  // Whether one Insert or Extend made exactly `range`, and nothing of it has been removed since.
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
  // Where one change of a range may let mappings grow that do not vanish: a part that was cut off
  // by the change goes to the neighbour that it has become like.
  class Seams {
   public:
    enum class Met : uint8_t { kUnchanged, kChanged };

    Seams(AddressRange range, bool cut_begin, bool cut_end)
        : range_(range), cut_begin_(cut_begin), cut_end_(cut_end) {}

    // Takes down what has come of the next mapping of the range.
    void Note(const Mapping& mapping, Met met);

    // Whether the two mappings that meet at `place` may become one.
    bool Allow(Joining joining, Address place) const;

   private:
    AddressRange range_;
    bool cut_begin_, cut_end_;  // whether a mapping was cut in two there
    // Where what was cut off ends, or begins, and its neighbour stands; 0 if nothing is.
    Address upper_neighbour_{}, lower_neighbour_{};
  };

  size_t IndexFrom(Address address) const;
  bool SplitAt(Address address);  // returns whether there was anything to split
  void JoinWithin(AddressRange range, const Seams& seams);
  void JoinInserted(size_t i);
  void JoinWithNext(size_t i);

  std::vector<Mapping> mappings_;
  std::vector<AddressRange> regions_;  // what each Insert or Extend made, in no order
  std::vector<FileFacts> files_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_ADDRESS_SPACE_H_
