// SPDX-License-Identifier: MIT
#include <array>
#include <optional>

#include "absl/strings/str_cat.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

// What an ABI has that is its own, and how that changes what callers see.
struct AbiVariant {
  absl::string_view suffix;
  absl::string_view basis;
  std::optional<int> address_bits;
  std::optional<int> argument_bits;
  std::optional<Bytes> page_size;
  std::optional<SyncFlagNumbers> flags;
};

const std::array kVariants = {
    AbiVariant{.suffix = "-compat",
               .basis = "for 32-bit callers of a 64-bit kernel, whose ranges do not wrap",
               .address_bits = 64,
               .argument_bits = 32},
    AbiVariant{.suffix = "-32bit",
               .basis = "of a 32-bit kernel, where ranges wrap at 4 GiB",
               .address_bits = 32,
               .argument_bits = 32},
    AbiVariant{.suffix = "-alpha",
               .basis = "with the flag numbers of alpha: MS_SYNC is 2, MS_INVALIDATE is 4",
               .flags = kAlphaFlagNumbers},
    AbiVariant{.suffix = "-parisc",
               .basis = "with the flag numbers of parisc: MS_SYNC is 1, MS_ASYNC is 2, "
                        "MS_INVALIDATE is 4",
               .flags = kPariscFlagNumbers},
    AbiVariant{.suffix = "-16k", .basis = "with pages of 16 KiB", .page_size = Bytes{16 << 10}},
    AbiVariant{.suffix = "-64k", .basis = "with pages of 64 KiB", .page_size = Bytes{64 << 10}},
};

}  // namespace

std::vector<Profile> OtherAbis(const Profile& era) {
  std::vector<Profile> variants;
  for (const AbiVariant& variant : kVariants) {
    Profile profile = era;
    profile.name = absl::StrCat(era.name, variant.suffix);
    profile.basis = absl::StrCat("As ", era.name, ", ", variant.basis, ".");
    profile.eras = {};
    profile.abi.address_bits = variant.address_bits;
    profile.abi.argument_bits = variant.argument_bits;
    profile.abi.page_size = variant.page_size;
    profile.abi.flags = variant.flags;
    variants.push_back(profile);
  }
  return variants;
}

}  // namespace msyncspec
