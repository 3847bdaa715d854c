// SPDX-License-Identifier: MIT
#include "harness/report/finding_folder.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "harness/scenario/parse.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

constexpr char kKey[] = "mapping.locked-EBUSY-got-0";
constexpr char kScenario[] =
    "map p0 1p private rw anon\nlock p0 1p\ncall addr=p0 len=1p flags=MS_INVALIDATE\n";

Finding LockedFinding() {
  return {.scenario = Parse(kScenario).value().scenario,
          .disagreement = {.subject = Subject::kCall,
                           .action = 2,
                           .rule = "mapping.locked",
                           .expected = "EBUSY",
                           .observed = "0"},
          .origin = "seed 5, scenario 77",
          .command = "msyncspec run …",
          .confirmations = 3};
}

FindingContext Context() {
  return {.profile = *FindProfile("linux-6.18"),
          .kernel = {.release = "6.18.1-test", .machine = "x86_64", .build = "#1 SMP"},
          .seed = 5};
}

class FindingFolders : public testing::Test {
 protected:
  FindingFolders() { EXPECT_NE(mkdtemp(root_.data()), nullptr); }
  ~FindingFolders() override { fs::remove_all(root_); }

  // Not there before.
  std::string parent() const { return root_ + "/new/findings"; }
  FindingFolder Write(const Finding& finding, const FindingContext& context) const {
    return WriteFindingFolder(finding, context, parent()).value();
  }
  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(parent() + "/" + kKey + "/" + name).rdbuf();
    return text.str();
  }
  static std::set<std::string> Names(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
    return names;
  }

  std::string root_ = testing::TempDir() + "finding_folder_XXXXXX";
};

TEST_F(FindingFolders, HaveTheNameOfTheKeyAndAFileForEachReader) {
  const FindingFolder folder = Write(LockedFinding(), Context());
  EXPECT_EQ(folder.path, parent() + "/" + kKey);
  EXPECT_TRUE(folder.is_new);
  EXPECT_THAT(Names(parent()), ElementsAre(kKey));
  EXPECT_THAT(Names(folder.path),
              ElementsAre("env.json", "explanation.txt", "repro.c", "scenario.msync"));
}

TEST_F(FindingFolders, HaveAScenarioThatParsesBackUnderWhatWasExpected) {
  Write(LockedFinding(), Context());
  EXPECT_EQ(Read("scenario.msync"), std::string("# rule      mapping.locked\n"
                                                "# expected  EBUSY   by linux-6.18\n"
                                                "# observed  0   by Linux 6.18.1-test\n") +
                                        kScenario);
  EXPECT_EQ(Parse(Read("scenario.msync")).value().scenario, LockedFinding().scenario);
}

TEST_F(FindingFolders, HaveAProgramThatSaysWhatWasFound) {
  Write(LockedFinding(), Context());
  EXPECT_THAT(Read("repro.c"),
              HasSubstr(" * Finding mapping.locked-EBUSY-got-0, on Linux 6.18.1-"));
  EXPECT_THAT(Read("repro.c"), HasSubstr("int main(void)"));
  EXPECT_THAT(Read("repro.c"), Not(HasSubstr("no answer of msync shows")));
}

TEST_F(FindingFolders, HaveAProgramThatSaysWhatNoAnswerShows) {
  Finding finding = LockedFinding();
  finding.disagreement.subject = Subject::kLayout;
  const FindingFolder folder = Write(finding, Context());
  std::ostringstream text;
  text << std::ifstream(folder.path + "/repro.c").rdbuf();
  EXPECT_THAT(text.str(), HasSubstr("no answer of msync shows"));
}

TEST_F(FindingFolders, HaveAnExplanationForAPerson) {
  Write(LockedFinding(), Context());
  EXPECT_THAT(Read("explanation.txt"), StartsWith("FINDING msync answers otherwise"));
  EXPECT_THAT(Read("explanation.txt"), HasSubstr("walk     locked"));
  EXPECT_THAT(Read("explanation.txt"), HasSubstr("predicted  EBUSY by mapping.locked"));
}

TEST_F(FindingFolders, SayWhatWasFoundByWhomWhereAndWhen) {
  Write(LockedFinding(), Context());
  nlohmann::json said = nlohmann::json::parse(Read("env.json"));
  EXPECT_THAT(said["date"].get<std::string>(), MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_EQ(said["page_size"], sysconf(_SC_PAGESIZE));
  EXPECT_EQ(said["root"], geteuid() == 0);
  EXPECT_THAT(said["msyncspec"].get<std::string>(), MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  for (const char* key : {"date", "page_size", "root", "msyncspec"}) said.erase(key);
  EXPECT_EQ(said, nlohmann::json::parse(R"({
    "schema": "msyncspec-finding-1", "key": "mapping.locked-EBUSY-got-0",
    "subject": "call", "rule": "mapping.locked", "expected": "EBUSY", "observed": "0",
    "confirmations": 3, "stable": true, "origin": "seed 5, scenario 77", "seed": 5,
    "command": "msyncspec run …", "profile": "linux-6.18",
    "kernel": {"release": "6.18.1-test", "build": "#1 SMP", "machine": "x86_64"}})"));
}

TEST_F(FindingFolders, DoNotInventWhatIsNotKnown) {
  FindingContext context = Context();
  context.seed.reset();
  Write(LockedFinding(), context);
  EXPECT_TRUE(nlohmann::json::parse(Read("env.json"))["seed"].is_null());
}

TEST_F(FindingFolders, CarryTheExpectationThatTheModelContradicts) {
  Finding finding = LockedFinding();
  finding.disagreement = {.subject = Subject::kExpectation,
                          .action = 2,
                          .rule = "mapping.locked",
                          .expected = "expect linux-6.18 0 by=range.covered",
                          .observed = "expect linux-6.18 EBUSY by=mapping.locked"};
  const FindingFolder folder = Write(finding, Context());
  std::ostringstream text;
  text << std::ifstream(folder.path + "/scenario.msync").rdbuf();
  EXPECT_EQ(text.str(),
            std::string("# rule      mapping.locked\n"
                        "# expected  expect linux-6.18 0 by=range.covered   by its author\n"
                        "# observed  expect linux-6.18 EBUSY by=mapping.locked   by linux-6.18\n") +
                kScenario + "expect linux-6.18 0 by=range.covered\n");
}

TEST_F(FindingFolders, StayAsTheyAreWhenTheSameIsFoundAgain) {
  Write(LockedFinding(), Context());
  const std::string before = Read("env.json");
  FindingContext later = Context();
  later.seed = 6;
  const FindingFolder again = Write(LockedFinding(), later);
  EXPECT_EQ(again.path, parent() + "/" + kKey);
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(Read("env.json"), before);
}

TEST_F(FindingFolders, AreNotMadeWhereAFileIsInTheWay) {
  fs::create_directories(parent());
  std::ofstream(parent() + "/" + kKey) << "in the way";
  const auto folder = WriteFindingFolder(LockedFinding(), Context(), parent());
  EXPECT_EQ(folder.status().code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(folder.status().message()),
              MatchesRegex(".*/mapping.locked-EBUSY-got-0: Not a directory"));
  EXPECT_THAT(Names(parent()), ElementsAre(kKey));
}

TEST_F(FindingFolders, AreNotMadeBelowAFile) {
  std::ofstream(root_ + "/new") << "in the way";
  const auto folder = WriteFindingFolder(LockedFinding(), Context(), parent());
  EXPECT_EQ(folder.status().code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(folder.status().message()), HasSubstr("Not a directory"));
}

}  // namespace
}  // namespace msyncspec
