// SPDX-License-Identifier: MIT
#include "harness/effects/btrfs_chunks.h"

#include <endian.h>
#include <linux/btrfs.h>
#include <linux/btrfs_tree.h>
#include <sys/ioctl.h>

#include <cstring>

namespace msyncspec {
namespace {

template <typename Value>
Value ReadAt(const char* place) {
  Value value;
  memcpy(&value, place, sizeof(value));
  return value;
}

}  // namespace

std::optional<uint64_t> BtrfsDeviceOffset(int file, uint64_t logical) {
  btrfs_ioctl_search_args search = {};
  search.key.tree_id = BTRFS_CHUNK_TREE_OBJECTID;
  search.key.min_objectid = search.key.max_objectid = BTRFS_FIRST_CHUNK_TREE_OBJECTID;
  search.key.min_type = search.key.max_type = BTRFS_CHUNK_ITEM_KEY;
  search.key.max_offset = logical;
  search.key.max_transid = UINT64_MAX;
  search.key.nr_items = UINT32_MAX;
  if (ioctl(file, BTRFS_IOC_TREE_SEARCH, &search) != 0) return std::nullopt;

  const char* at = search.buf;
  for (uint32_t item = 0; item < search.key.nr_items; ++item) {
    const auto header = ReadAt<btrfs_ioctl_search_header>(at);
    const auto chunk = ReadAt<btrfs_chunk>(at + sizeof(header));
    at += sizeof(header) + header.len;
    if (logical < header.offset || logical - header.offset >= le64toh(chunk.length)) continue;
    const bool in_one_place = (le64toh(chunk.type) & BTRFS_BLOCK_GROUP_PROFILE_MASK) == 0 &&
                              le16toh(chunk.num_stripes) == 1;
    if (!in_one_place) return std::nullopt;
    return le64toh(chunk.stripe.offset) + (logical - header.offset);
  }
  return std::nullopt;
}

}  // namespace msyncspec
