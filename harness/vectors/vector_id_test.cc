// SPDX-License-Identifier: MIT
#include "harness/vectors/vector_id.h"

#include <gtest/gtest.h>

#include "harness/scenario/parse.h"

namespace msyncspec {
namespace {

std::string IdOf(absl::string_view text) { return VectorId(Parse(text)->scenario); }

// From the list of test vectors in draft-eastlake-fnv, appendix C.
TEST(VectorId, HashIsFnv1a) {
  EXPECT_EQ(Fnv1a(""), 0xcbf29ce484222325);
  EXPECT_EQ(Fnv1a("a"), 0xaf63dc4c8601ec8c);
  EXPECT_EQ(Fnv1a("foobar"), 0x85944171f73967e8);
}

// Whoever has vendored vectors knows them by these: they may never change.
TEST(VectorId, IsTheSameForEver) {
  EXPECT_EQ(IdOf("call addr=p0 len=1p flags=0x8"), "msync-9eff4827");
  EXPECT_EQ(IdOf("map p0 1p private rw anon locked\ncall addr=p0 len=1p flags=MS_INVALIDATE"),
            "msync-722b04c1");
  EXPECT_EQ(IdOf("call addr=p0 len=max flags=0"), "msync-dd72a9da");
}

TEST(VectorId, FollowsFromTheScenarioAndNotFromItsSpelling) {
  EXPECT_EQ(IdOf("# a comment\ncall  addr=p0  len=0x1  flags=0x1|MS_SYNC"),
            IdOf("call addr=p0 len=1 flags=MS_ASYNC|MS_SYNC"));
  EXPECT_NE(IdOf("call addr=p0 len=1 flags=0"), IdOf("call addr=p0 len=1p flags=0"));
}

}  // namespace
}  // namespace msyncspec
