// SPDX-License-Identifier: MIT
//
// The stages on the running kernel, with the right profile and with wrong ones.
#include "harness/differ/stage.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "harness/differ/stages_to_test.h"

namespace msyncspec {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Stages, AgreeWithTheProfileThatAutoChooses) {
  const auto results = RunStages(RightProfile(), KernelFiles(), GoOn, 300);
  for (const StageResult& result : results) {
    SCOPED_TRACE(result.name);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_TRUE(result.complete);
    EXPECT_THAT(result.findings, IsEmpty());
    EXPECT_GT(result.calls, 0);
    EXPECT_GT(result.walked, 0);
    EXPECT_EQ(result.agreed, result.calls);
    EXPECT_GT(result.views, 0);
  }
  EXPECT_EQ(results[0].layouts + UnsupportedLayouts(results[0]), SmallCorpus().size());
  EXPECT_EQ(results[1].layouts + UnsupportedLayouts(results[1]), 49);  // seven classes, two slots
  EXPECT_EQ(results[2].layouts + UnsupportedLayouts(results[2]), 300);
}

TEST(RandomStage, CountsTheSameForTheSameSeed) {
  const RandomOptions options = {.seed = 7, .first = 1000, .count = 200, .budget = kLong};
  const StageResult one = RunRandom(RightProfile(), KernelFiles(), GoOn, options);
  const StageResult other = RunRandom(RightProfile(), KernelFiles(), GoOn, options);
  EXPECT_EQ(one.layouts, other.layouts);
  EXPECT_EQ(one.steps, other.steps);
  EXPECT_EQ(one.calls, other.calls);
  EXPECT_EQ(one.walked, other.walked);
}

// A profile that is wrong in one thing, and a finding that has to come of it.
struct WrongProfile {
  const char* name;
  void (*spoil)(Profile& profile, std::vector<ArgumentRule>& arguments);
  Disagreement finding;
};

void PrintTo(const WrongProfile& row, std::ostream* out) { *out << row.name; }

void LeaveOut(std::vector<ArgumentRule>& arguments, absl::string_view id) {
  std::erase_if(arguments, [id](const ArgumentRule& row) { return row.rule.id == id; });
}

const WrongProfile kWrongProfiles[] = {
    {"HoleIsAnotherError",
     [](Profile& profile, std::vector<ArgumentRule>&) { profile.walk.hole = Errno::kEFAULT; },
     {.rule = "hole.reaches_end", .expected = "EFAULT", .observed = "ENOMEM"}},
    {"LocksAreNotLookedFor",
     [](Profile& profile, std::vector<ArgumentRule>&) { profile.walk.lock_test = LockTest::kNone; },
     {.rule = "range.covered", .expected = "0", .observed = "EBUSY"}},
    {"NoFsyncIsNoError",
     [](Profile& profile, std::vector<ArgumentRule>&) { profile.walk.no_fsync = Errno::kOk; },
     {.rule = "range.covered", .expected = "0", .observed = "EINVAL"}},
    {"TheEmptyRangeComesFirst",
     [](Profile&, std::vector<ArgumentRule>& arguments) {
       std::rotate(arguments.begin(), arguments.end() - 1, arguments.end());
     },
     {.rule = "range.empty", .expected = "0", .observed = "EINVAL"}},
    {"BothFlagsAreAccepted",
     [](Profile&, std::vector<ArgumentRule>& arguments) {
       LeaveOut(arguments, "flags.async_and_sync");
     },
     {.rule = "range.empty", .expected = "0", .observed = "EINVAL"}},
    {"UnknownFlagsAreAccepted",
     [](Profile&, std::vector<ArgumentRule>& arguments) { LeaveOut(arguments, "flags.unknown"); },
     {.rule = "range.empty", .expected = "0", .observed = "EINVAL"}},
};

// Steps behind the one that answers otherwise may be such that the model cannot follow them.
TEST(RandomStage, ConfirmsAStepWhateverFollowsIt) {
  Profile profile = RightProfile();
  profile.layout.remap_moves_several = !profile.layout.remap_moves_several;
  const StageResult result =
      RunRandom(profile, KernelFiles(), GoOn, {.seed = 1, .count = 3000, .budget = kLong});
  ASSERT_FALSE(result.findings.empty());
  for (const Finding& finding : result.findings) {
    EXPECT_EQ(finding.disagreement.subject, Subject::kStep);
    EXPECT_EQ(finding.disagreement.rule, "remap");
    EXPECT_TRUE(finding.confirmed()) << finding.command;
  }
}

class EveryStage : public testing::TestWithParam<WrongProfile> {
 public:
  EveryStage() : profile_(RightProfile()) {
    arguments_.assign(profile_.arguments.begin(), profile_.arguments.end());
    GetParam().spoil(profile_, arguments_);
    profile_.arguments = arguments_;
  }

 protected:
  Profile profile_;
  std::vector<ArgumentRule> arguments_;
};

TEST_P(EveryStage, FindsWhatIsWrongAndConfirmsIt) {
  for (const StageResult& result : RunStages(profile_, KernelFiles(), GoOn, 3000)) {
    SCOPED_TRACE(result.name);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_LT(result.agreed, result.calls);
    bool found = false;
    for (const Finding& finding : result.findings) {
      found |= finding.disagreement.SameAs(GetParam().finding);
      EXPECT_EQ(finding.confirmations, 3) << finding.origin;
      EXPECT_TRUE(finding.confirmed());
      EXPECT_THAT(
          finding.command,
          AnyOf(StartsWith(absl::StrCat("msyncspec run --profile=", profile_.name, " - <<")),
                StartsWith("msyncspec check --stages=random --seed=1 --at=")));
      EXPECT_THAT(finding.command, HasSubstr(absl::StrCat("--profile=", profile_.name)));
    }
    EXPECT_TRUE(found);
  }
}

INSTANTIATE_TEST_SUITE_P(WrongProfiles, EveryStage, testing::ValuesIn(kWrongProfiles),
                         [](const auto& row) { return row.param.name; });

TEST(RandomStage, FindsAgainWhatItsCommandNames) {
  Profile profile = RightProfile();
  profile.walk.lock_test = LockTest::kNone;
  const StageResult found =
      RunRandom(profile, KernelFiles(), GoOn, {.seed = 3, .count = 3000, .budget = kLong});
  ASSERT_FALSE(found.findings.empty());
  const Finding& finding = found.findings.back();
  const std::string at = finding.command.substr(finding.command.find("--at=") + 5);
  const StageResult again =
      RunRandom(profile, KernelFiles(), GoOn,
                {.seed = 3, .first = std::stoull(at), .count = 1, .budget = kLong});
  EXPECT_TRUE(std::any_of(again.findings.begin(), again.findings.end(), [&](const Finding& other) {
    return other.disagreement.SameAs(finding.disagreement);
  }));
}

}  // namespace
}  // namespace msyncspec
