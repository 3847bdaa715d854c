// SPDX-License-Identifier: MIT
// What ABIs and hardware change: tags, flag numbers, page sizes and widths.
#include <gmock/gmock.h>

#include "model/drawn_layout.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr Machine kPlain;
constexpr Machine kArm64 = {.tag = kTopByteTag};
constexpr Machine kX86WithLam = {.tag = kLinearAddressMask};

struct Row {
  const char* claim;
  const char* profile;
  Machine machine;  // the one at hand, before the profile's ABI
  Call call;
  const char* answer;
  const char* by;
  size_t syncs = 0;
};

constexpr Call At(uint64_t addr, uint64_t length = kPage, uint64_t flags = 0) {
  return {{addr}, {length}, SyncFlags(flags)};
}

// One page of a file is mapped at 0x10000, as large as the profile has it.
void ExpectAnswer(const Row& row) {
  SCOPED_TRACE(row.claim);
  const Profile& profile = *FindProfile(row.profile);
  const Machine machine = profile.abi.On(row.machine);
  Prediction prediction;
  Predict(profile, machine, Draw("s", machine.page_size), row.call, prediction);
  EXPECT_EQ(Text(prediction.outcomes), row.answer);
  EXPECT_EQ(prediction.rule->id, row.by);
  EXPECT_EQ(prediction.syncs.size(), row.syncs);
}

const Row kTags[] = {
    {"arm64's top byte is removed since 5.4", "linux-5.4", kArm64, At(0x2a00000000010000), "0",
     "range.covered"},
    {"and today", "linux-6.18", kArm64, At(0xff00000000010000), "0", "range.covered"},
    {"not before", "linux-4.13", kArm64, At(0x2a00000000010000), "ENOMEM", "hole.nothing_behind"},
    {"and not in the beginning", "linux-1.3.21", kArm64, At(0x2a00000000010000), "EFAULT",
     "hole.nothing_behind"},
    {"an address with bit 55 is the kernel's and keeps its top byte", "linux-6.18", kArm64,
     At(0x2a80000000010000), "ENOMEM", "hole.nothing_behind"},
    {"a tag is removed before alignment is tested", "linux-6.18", kArm64, At(0x2a00000000010001),
     "EINVAL", "address.unaligned"},
    {"a tag is removed before a range is added up", "linux-6.18", kArm64,
     At(0xff00000000010000, uint64_t{1} << 60), "ENOMEM", "hole.nothing_behind"},
    {"a length carries no tag", "linux-6.18", kArm64, At(0x10000, 0x2a00000000001000), "ENOMEM",
     "hole.nothing_behind"},
    {"x86's bits 57 to 62 are removed since 6.4", "linux-6.4", kX86WithLam, At(0x7e00000000010000),
     "0", "range.covered"},
    {"and today", "linux-6.18", kX86WithLam, At(0x2a00000000010000), "0", "range.covered"},
    {"not before, though arm64's tag was", "linux-5.18", kX86WithLam, At(0x7e00000000010000),
     "ENOMEM", "hole.nothing_behind"},
    {"bit 56 is part of the address", "linux-6.18", kX86WithLam, At(0x0100000000010000), "ENOMEM",
     "hole.nothing_behind"},
    {"an address with bit 63 is the kernel's and keeps all of its bits", "linux-6.18", kX86WithLam,
     At(0xfe00000000010000), "ENOMEM", "hole.nothing_behind"},
    {"without tags in hardware all bits are the address", "linux-6.18", kPlain,
     At(0x2a00000000010000), "ENOMEM", "hole.nothing_behind"},
};

TEST(Tags, AreRemovedAsTheEraAndTheHardwareHaveIt) {
  for (const Row& row : kTags) ExpectAnswer(row);
}

TEST(Tags, AreLeftOrRemovedInWholeErasOnly) {
  for (const Profile& profile : LinuxProfiles()) {
    const KernelVersion since = profile.eras[0].since;
    const bool arm64 = since >= KernelVersion{5, 4, 0}, x86 = since >= KernelVersion{6, 4, 0};
    EXPECT_EQ(profile.abi.On(kArm64).tag, arm64 ? kTopByteTag : kNoTag) << profile.name;
    EXPECT_EQ(profile.abi.On(kX86WithLam).tag, x86 ? kLinearAddressMask : kNoTag) << profile.name;
  }
}

const Row kNumbers[] = {
    {"MS_SYNC is 4", "linux-6.18", kPlain, At(0x10000, kPage, 4), "0", "range.covered", 1},
    {"on alpha it is 2", "linux-6.18-alpha", kPlain, At(0x10000, kPage, 2), "0", "range.covered",
     1},
    {"on alpha 4 is MS_INVALIDATE", "linux-6.18-alpha", kPlain, At(0x10000, kPage, 4), "0",
     "range.covered"},
    {"on alpha 1 and 2 exclude one another", "linux-6.18-alpha", kPlain, At(0x10000, kPage, 3),
     "EINVAL", "flags.async_and_sync"},
    {"on alpha 1 and 4 do not", "linux-6.18-alpha", kPlain, At(0x10000, kPage, 5), "0",
     "range.covered"},
    {"on alpha 1 alone stops at a hole", "linux-6.18-alpha", kPlain, At(0xf000, 2 * kPage, 1),
     "ENOMEM", "hole.async_stops"},
    {"on parisc MS_SYNC is 1", "linux-6.18-parisc", kPlain, At(0x10000, kPage, 1), "0",
     "range.covered", 1},
    {"on parisc 2 alone stops at a hole", "linux-6.18-parisc", kPlain, At(0xf000, 2 * kPage, 2),
     "ENOMEM", "hole.async_stops"},
    {"on parisc 1 and 2 exclude one another", "linux-6.18-parisc", kPlain, At(0x10000, kPage, 3),
     "EINVAL", "flags.async_and_sync"},
    {"on parisc 4 is MS_INVALIDATE", "linux-6.18-parisc", kPlain, At(0x10000, kPage, 5), "0",
     "range.covered", 1},
    {"8 is a flag nowhere", "linux-6.18-parisc", kPlain, At(0x10000, kPage, 8), "EINVAL",
     "flags.unknown"},
    {"8 is a flag nowhere", "linux-6.18-alpha", kPlain, At(0x10000, kPage, 8), "EINVAL",
     "flags.unknown"},
    {"an early era has the numbers of its ABI too", "linux-1.3.21-alpha", kPlain,
     At(0x10000, kPage, 3), "0", "range.covered", 1},
};

TEST(FlagNumbers, AreThoseOfTheAbi) {
  for (const Row& row : kNumbers) ExpectAnswer(row);
}

const Row kPages[] = {
    {"4 KiB are no page where pages have 16", "linux-6.18-16k", kPlain, At(0x11000), "EINVAL",
     "address.unaligned"},
    {"16 KiB are", "linux-6.18-16k", kPlain, At(0x14000), "ENOMEM", "hole.nothing_behind"},
    {"a page of 16 KiB is covered whole", "linux-6.18-16k", kPlain, At(0x10000, 0x4000), "0",
     "range.covered"},
    {"one byte more is in the next", "linux-6.18-16k", kPlain, At(0x10000, 0x4001), "ENOMEM",
     "hole.nothing_behind"},
    {"16 KiB are no page where pages have 64", "linux-6.18-64k", kPlain, At(0x14000), "EINVAL",
     "address.unaligned"},
    {"a page of 64 KiB is covered whole", "linux-6.18-64k", kPlain, At(0x10000, 0x10000), "0",
     "range.covered"},
    {"the 64 KiB - 1 longest lengths round to nothing", "linux-6.18-64k", kPlain,
     At(0x20000, ~uint64_t{0} - 0xfffe), "0", "range.empty"},
    {"one less wraps", "linux-6.18-64k", kPlain, At(0x20000, ~uint64_t{0} - 0xffff), "ENOMEM",
     "range.wraps"},
    {"the page size of the ABI counts, not that at hand", "linux-6.18-16k",
     Machine{.page_size = {65536}}, At(0x14000), "ENOMEM", "hole.nothing_behind"},
    {"an ABI that has none takes that at hand", "linux-6.18", Machine{.page_size = {65536}},
     At(0x14000), "EINVAL", "address.unaligned"},
};

TEST(PageSizes, DecideAlignmentAndRounding) {
  for (const Row& row : kPages) ExpectAnswer(row);
}

const Row kWidths[] = {
    {"a compat caller's longest length neither wraps nor rounds to nothing", "linux-6.18-compat",
     kPlain, At(0x10000, 0xffffffff), "ENOMEM", "hole.nothing_behind"},
    {"a compat caller's last page can be named", "linux-6.18-compat", kPlain, At(0xfffff000),
     "ENOMEM", "hole.nothing_behind"},
    {"a compat caller's registers have 32 bits", "linux-6.18-compat", kPlain,
     At(0x100010000, 0x100000001), "0", "range.covered"},
    {"a compat caller's length 0 is empty", "linux-6.18-compat", kPlain, At(0x20000, 0x100000000),
     "0", "range.empty"},
    {"a 32-bit kernel's longest lengths round to nothing", "linux-6.18-32bit", kPlain,
     At(0x20000, 0xfffff001), "0", "range.empty"},
    {"one less wraps", "linux-6.18-32bit", kPlain, At(0x10000, 0xfffff000), "ENOMEM",
     "range.wraps"},
    {"a 32-bit kernel's last page wraps", "linux-6.18-32bit", kPlain, At(0xfffff000, 1), "ENOMEM",
     "range.wraps"},
    {"a wrap was EINVAL in early 32-bit kernels, which most were", "linux-1.3.21-32bit", kPlain,
     At(0x10000, 0xfffff000), "EINVAL", "range.wraps"},
    {"a 32-bit caller has no tag to remove", "linux-6.18-compat", kArm64, At(0x2a010000), "ENOMEM",
     "hole.nothing_behind"},
};

TEST(Widths, AreTheCallersForArgumentsAndTheKernelsForSums) {
  for (const Row& row : kWidths) ExpectAnswer(row);
}

}  // namespace
}  // namespace msyncspec
