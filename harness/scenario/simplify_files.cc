// SPDX-License-Identifier: MIT
#include <array>
#include <utility>

#include "harness/scenario/simplify_ways.h"

namespace msyncspec {
namespace {

FileId WithoutFile(FileId file, FileId gone, FileId instead) {
  const FileId kept = file == gone ? instead : file;
  return static_cast<FileId>(kept > gone ? kept - 1 : kept);
}

// Returns `scenario` without the file `gone`, with `instead` where it was used.
Scenario Without(Scenario scenario, FileId gone, FileId instead) {
  for (File& file : scenario.files) file.of = WithoutFile(file.of, gone, instead);
  scenario.files.erase(scenario.files.begin() + gone);
  for (Action& action : scenario.actions) {
    Step* step = std::get_if<Step>(&action);
    if (step == nullptr) continue;
    if (step->file == gone && instead == kNoFile) step->file_page = 0;
    step->file = WithoutFile(step->file, gone, instead);
  }
  FollowFiles(scenario);
  return scenario;
}

bool TryWithout(MinimisingScenario& scenario, FileId gone) {
  if (scenario.Try(Without(scenario.value(), gone, kNoFile))) return true;
  const FileId count = static_cast<FileId>(scenario.value().files.size());
  for (FileId instead = 0; instead < count; ++instead) {
    if (instead != gone && scenario.Try(Without(scenario.value(), gone, instead))) return true;
  }
  return false;
}

using Change = void (*)(File&);

constexpr std::array<Change, 13> kChanges = {
    [](File& file) { file = {.pages = file.pages}; },
    [](File& file) { file = {.pages = file.pages, .descriptor = file.descriptor}; },
    [](File& file) { file = {.backing = Backing::kDisk, .pages = file.pages}; },
    [](File& file) {
      file.origin = Origin::kNew;
      file.of = kNoFile;
    },
    [](File& file) { file.descriptor = Descriptor::kReadWrite; },
    [](File& file) { file.fsync = {}; },
    [](File& file) { file.write = {}; },
    [](File& file) { file.cache = ServerCache::kWriteThrough; },
    [](File& file) { file.interrupts = Interrupts::kIgnored; },
    [](File& file) { file.fsync.times = file.write.times = 0; },
    [](File& file) {
      file.write.begin_page = 0;
      file.write.end_page = kMaxFilePages;
    },
    [](File& file) {
      if (file.fsync.error != Errno::kOk) file.fsync.error = Errno::kEIO;
    },
    [](File& file) {
      if (file.write.error != Errno::kOk) file.write.error = Errno::kEIO;
    },
};

}  // namespace

void LeaveOutFiles(MinimisingScenario& scenario) {
  for (FileId gone = static_cast<FileId>(scenario.value().files.size() - 1); gone >= 0; --gone) {
    TryWithout(scenario, gone);
  }
}

void MakeFilesPlain(MinimisingScenario& scenario) {
  for (const Change change : kChanges) {
    for (size_t i = 0; i < scenario.value().files.size(); ++i) {
      Scenario plainer = scenario.value();
      change(plainer.files[i]);
      FollowFiles(plainer);
      scenario.Try(std::move(plainer));
    }
  }
}

void FollowFiles(Scenario& scenario) {
  for (File& file : scenario.files) {
    if (file.origin == Origin::kNew) continue;
    const Descriptor descriptor = file.descriptor;
    file = DerivedFrom(scenario.files, file.of, file.origin);
    if (file.origin == Origin::kReopened) file.descriptor = descriptor;
  }
  for (Action& action : scenario.actions) {
    Step* step = std::get_if<Step>(&action);
    if (step == nullptr || step->kind != StepKind::kMap || step->file == kNoFile) continue;
    const File& file = scenario.files[static_cast<size_t>(step->file)];
    if (FactsOf(file.backing).map_place == MapPlace::kWhole) step->length = {.pages = file.pages};
  }
}

}  // namespace msyncspec
