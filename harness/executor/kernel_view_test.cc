// SPDX-License-Identifier: MIT
#include "harness/executor/kernel_view.h"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "harness/executor/performer.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/this_process.h"

namespace msyncspec {
namespace {

constexpr Access kReadWrite = Access::kRead | Access::kWrite;

// Mappings at a free place, gone when the test is over.
class KernelViewTest : public testing::Test {
 protected:
  void SetUp() override {
    const absl::StatusOr<Address> arena = FindArena(page_);
    ASSERT_TRUE(arena.ok()) << arena.status();
    arena_ = *arena;
  }
  void TearDown() override { munmap(reinterpret_cast<void*>(arena_.value), 8 * page_.count); }

  Address At(uint64_t page) const { return {arena_.value + page * page_.count}; }

  void Map(uint64_t page, uint64_t pages, int protection, int flags, int file = -1,
           off_t offset = 0) {
    void* const place = reinterpret_cast<void*>(At(page).value);
    ASSERT_EQ(mmap(place, pages * page_.count, protection, flags | MAP_FIXED, file, offset), place);
  }

  // Returns what the kernel says of the page, or nothing where nothing is mapped.
  std::optional<Mapping> ViewAt(uint64_t page) {
    view_->Read();
    EXPECT_NE(view_->source(), KernelView::Source::kNone);
    for (const Mapping& mapping : view_->mappings()) {
      if (mapping.begin <= At(page) && At(page) < mapping.end) return mapping;
    }
    return std::nullopt;
  }

  const Bytes page_ = ThisMachine().page_size;
  Address arena_;
  std::unique_ptr<KernelView> view_ = std::make_unique<KernelView>();
};

TEST_F(KernelViewTest, ShowsWhatIsMappedAndWhatIsNot) {
  Map(1, 2, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS);
  const std::optional<Mapping> mapping = ViewAt(1);
  ASSERT_TRUE(mapping.has_value());
  EXPECT_EQ(mapping->begin, At(1));
  EXPECT_EQ(mapping->end, At(3));
  EXPECT_EQ(mapping->access, Access::kRead);
  EXPECT_EQ(mapping->sharing, Sharing::kPrivate);
  EXPECT_FALSE(mapping->locked());
  EXPECT_EQ(mapping->growth, Growth::kFixed);
  EXPECT_FALSE(ViewAt(0).has_value());
  EXPECT_FALSE(ViewAt(3).has_value());
}

TEST_F(KernelViewTest, ShowsWhatAChildDoesNotGet) {
  Map(1, 2, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS);
  ASSERT_EQ(madvise(reinterpret_cast<void*>(At(1).value), page_.count, MADV_DONTFORK), 0);
  ASSERT_TRUE(ViewAt(1).has_value());
  ASSERT_EQ(view_->source(), KernelView::Source::kSmaps) << "no /proc/self/smaps here";
  EXPECT_EQ(ViewAt(1)->marks, kNotForked);
  EXPECT_EQ(ViewAt(2)->marks, 0);
}

TEST_F(KernelViewTest, DiffersFromALayoutWithOtherMarks) {
  const Mapping plain = {.begin = At(1), .end = At(2), .joining = Joining::kNotFollowed};
  for (const MappingMark mark : {kSealed, kNotForked, kUserfault, kDroppable}) {
    Mapping marked = plain;
    marked.marks = mark;
    const std::vector<Mapping> with = {marked}, without = {plain};
    const AddressRange range = {At(0), At(4)};
    EXPECT_EQ(FirstDifference(without, with, range, page_), At(1)) << int{mark};
    const bool may_be_hidden = mark == kSealed;  // Linux 6.10 and 6.11 show no seals
    EXPECT_EQ(FirstDifference(with, without, range, page_).has_value(), !may_be_hidden);
  }
}

TEST_F(KernelViewTest, ShowsSharedFilesAndWhetherTheirDescriptorMayWrite) {
  const OpenedFile writable = OpenKernelFile({.pages = 4}, page_).value();
  const OpenedFile read_only =
      OpenKernelFile({.pages = 4, .descriptor = Descriptor::kReadOnly}, page_).value();
  Map(0, 1, PROT_READ, MAP_SHARED, writable.descriptor(), static_cast<off_t>(2 * page_.count));
  Map(2, 1, PROT_READ, MAP_SHARED, read_only.descriptor());
  Map(4, 1, PROT_NONE, MAP_PRIVATE, read_only.descriptor());
  EXPECT_EQ(ViewAt(0)->sharing, Sharing::kShared);
  EXPECT_EQ(ViewAt(0)->offset, (Bytes{2 * page_.count}));
  EXPECT_EQ(ViewAt(4)->sharing, Sharing::kPrivate);
  EXPECT_EQ(ViewAt(4)->access, Access::kNone);
  ASSERT_EQ(view_->source(), KernelView::Source::kSmaps) << "no /proc/self/smaps here";
  EXPECT_EQ(ViewAt(2)->sharing, Sharing::kSharedReadOnlyFile);
}

TEST_F(KernelViewTest, ShowsLocksAndGrowth) {
  Map(0, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
  Map(2, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
  Map(4, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN);
  ASSERT_EQ(RawCall(SYS_mlock, At(0).value, page_.count), Errno::kOk);
  ASSERT_EQ(RawCall(SYS_mlock2, At(2).value, page_.count, MLOCK_ONFAULT), Errno::kOk);
  EXPECT_EQ(ViewAt(4)->access, kReadWrite);
  ASSERT_EQ(view_->source(), KernelView::Source::kSmaps) << "no /proc/self/smaps here";
  EXPECT_EQ(ViewAt(0)->lock, Lock::kLocked);
  EXPECT_EQ(ViewAt(2)->lock, Lock::kLockedOnFault);
  EXPECT_EQ(ViewAt(4)->lock, Lock::kUnlocked);
  EXPECT_EQ(ViewAt(4)->growth, Growth::kGrowsDown);
  EXPECT_EQ(ViewAt(0)->growth, Growth::kFixed);
}

TEST_F(KernelViewTest, LeavesOutTheVsyscallPage) {
  view_->Read();
  ASSERT_FALSE(view_->mappings().empty());
  EXPECT_LT(view_->mappings().back().end.value, uint64_t{1} << 63);
}

// Three pages of a shared file, the first at 0x1000.
Mapping Shared() {
  return {.begin = {0x1000},
          .end = {0x4000},
          .offset = {0x5000},
          .file = 0,
          .sharing = Sharing::kShared};
}

// As the kernel tells it: it names no file and follows no joining.
Mapping Told(Mapping mapping) {
  mapping.file = kUnnamedFile;
  mapping.joining = Joining::kNotFollowed;
  return mapping;
}

std::optional<Address> Difference(std::vector<Mapping> model, std::vector<Mapping> kernel) {
  return FirstDifference(model, kernel, {{0}, {0x8000}}, {0x1000});
}

TEST(FirstDifference, IsNoneWhereTheSamePagesAreMappedAlike) {
  EXPECT_EQ(Difference({}, {}), std::nullopt);
  EXPECT_EQ(Difference({Shared()}, {Told(Shared())}), std::nullopt);
}

TEST(FirstDifference, IsNotSeenInWhereMappingsBeginAndEnd) {
  Mapping left = Told(Shared()), right = Told(Shared());
  left.end = right.begin = {0x2000};
  right.offset = {0x6000};
  EXPECT_EQ(Difference({Shared()}, {left, right}), std::nullopt);
}

TEST(FirstDifference, IsNotSeenInTheOffsetOfWhatWritesToNoNamedFile) {
  Mapping anonymous = Shared();
  anonymous.file = kUnnamedFile;
  anonymous.offset = {0};
  EXPECT_EQ(Difference({anonymous}, {Told(Shared())}), std::nullopt);
}

TEST(FirstDifference, IsNotSeenOutsideTheRange) {
  const std::vector<Mapping> kernel = {Told(Shared())};
  EXPECT_EQ(FirstDifference({}, kernel, {{0x4000}, {0x8000}}, {0x1000}), std::nullopt);
  EXPECT_EQ(FirstDifference({}, kernel, {{0x3000}, {0x8000}}, {0x1000}), Address{0x3000});
}

struct ChangeRow {
  const char* what;
  void (*change)(Mapping& mapping);
  Address first;
};

TEST(FirstDifference, IsThePageAtWhichTheyPart) {
  const ChangeRow kRows[] = {
      {"the kernel's begins later", [](Mapping& m) { m.begin = {0x2000}; }, {0x1000}},
      {"the kernel's begins earlier", [](Mapping& m) { m.begin = {0}; }, {0}},
      {"the kernel's ends earlier", [](Mapping& m) { m.end = {0x3000}; }, {0x3000}},
      {"the kernel's ends later", [](Mapping& m) { m.end = {0x6000}; }, {0x4000}},
      {"access", [](Mapping& m) { m.access = Access::kRead; }, {0x1000}},
      {"lock", [](Mapping& m) { m.lock = Lock::kLocked; }, {0x1000}},
      {"lock on fault", [](Mapping& m) { m.lock = Lock::kLockedOnFault; }, {0x1000}},
      {"private", [](Mapping& m) { m.sharing = Sharing::kPrivate; }, {0x1000}},
      {"read-only file", [](Mapping& m) { m.sharing = Sharing::kSharedReadOnlyFile; }, {0x1000}},
      {"growth", [](Mapping& m) { m.growth = Growth::kGrowsDown; }, {0x1000}},
      {"offset", [](Mapping& m) { m.offset = {0x6000}; }, {0x1000}},
  };
  for (const ChangeRow& row : kRows) {
    Mapping kernel = Told(Shared());
    row.change(kernel);
    EXPECT_EQ(Difference({Shared()}, {kernel}), row.first) << row.what;
  }
}

TEST(FirstDifference, DoesNotTellHowALockWasAskedFor) {
  Mapping ours = Shared(), theirs = Told(Shared());
  ours.lock = Lock::kLocked;
  theirs.lock = Lock::kLockedOnFault;
  EXPECT_EQ(Difference({ours}, {theirs}), std::nullopt);
}

}  // namespace
}  // namespace msyncspec
