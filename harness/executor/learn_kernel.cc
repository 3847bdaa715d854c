// SPDX-License-Identifier: MIT
#include "harness/executor/learn_kernel.h"

#include <array>
#include <csignal>
#include <memory>
#include <optional>

#include "absl/time/time.h"
#include "harness/executor/kernel_view.h"
#include "harness/executor/opened_file.h"
#include "harness/executor/own_mappings.h"
#include "harness/executor/performer.h"
#include "harness/executor/this_process.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);
// What is not learned makes for predictions that are wrong as often as they are tried, so a child
// that somebody kills is replaced.
constexpr int kAttempts = 3;

// What the child tells.
struct Answer {
  bool told = false;
  bool locked_at_once = false;
  bool locked_by_mlock = false;
  Errno mlock = Errno::kOk;
};

// Whether the kernel's view says that what is mapped at `address` is locked; nothing where it does
// not say.
std::optional<bool> IsLocked(Address address) {
  const auto view = std::make_unique<KernelView>();
  view->Read();
  if (view->source() != KernelView::Source::kSmaps) return std::nullopt;
  for (const Mapping& mapping : view->mappings()) {
    if (mapping.begin <= address && address < mapping.end) return mapping.locked();
  }
  return std::nullopt;
}

Step MapOf(const File& file) {
  const BackingFacts& facts = FactsOf(file.backing);
  const bool is_private = facts.privately == Privately::kIsTheOnlyWay;
  const bool is_sealed = facts.writing == Writing::kSealed;
  return {.kind = StepKind::kMap,
          .length = {.pages = file.pages},
          .sharing = is_private ? MapSharing::kPrivate : MapSharing::kShared,
          .access = is_sealed ? Access::kRead : WholeAccess(file),
          .file = 0};
}

// The child's whole life.
void AskKernel(const File& file, Answer& answer) {
  const Machine machine = ThisMachine();
  const absl::StatusOr<Address> arena = FindArena(machine.page_size);
  const absl::StatusOr<OpenedFile> opened = OpenKernelFile(file, machine.page_size);
  if (!arena.ok() || !opened.ok()) return;
  const std::array<const OpenedFile*, 1> files = {&*opened};
  Performer performer(machine, *arena, files);
  if (performer.Perform(MapOf(file)) != Errno::kOk) return;
  const std::optional<bool> at_once = IsLocked(*arena);
  answer.mlock = performer.Perform(Step{.kind = StepKind::kLock, .length = {.pages = file.pages}});
  const std::optional<bool> by_mlock = IsLocked(*arena);
  answer.told = at_once.has_value() && by_mlock.has_value();
  answer.locked_at_once = at_once.value_or(false);
  answer.locked_by_mlock = by_mlock.value_or(false);
}

std::optional<Lockability> Ask(const File& file) {
  const SharedMemory<Answer> answer;
  for (int attempt = 0; attempt < kAttempts && !answer->told; ++attempt) {
    absl::StatusOr<Worker> worker = Worker::Start([&] { AskKernel(file, *answer); });
    if (!worker.ok()) return std::nullopt;
    const std::optional<WorkerEnd> end = worker->Wait(kPatience);
    if (!end.has_value() || end->signal != SIGKILL) break;
  }
  if (!answer->told) return std::nullopt;
  if (answer->locked_at_once) return Lockability::kAlwaysLocked;
  if (answer->locked_by_mlock) return Lockability::kLockable;
  // A refusal says nothing about a kind of file, unless it was to be locked from the start.
  const bool was_to_be = FactsOf(file.backing).lockability == Lockability::kAlwaysLocked;
  if (answer->mlock != Errno::kOk && !was_to_be) return std::nullopt;
  return Lockability::kIgnoresLocks;
}

int64_t PagesOfOwnMapping(absl::string_view name) {
  const absl::StatusOr<AddressRange> mapping = FindOwnMapping(name);
  if (!mapping.ok()) return 1;
  return static_cast<int64_t>((mapping->end - mapping->begin).count /
                              ThisMachine().page_size.count);
}

File SmallestFileOf(const BackingFacts& facts) {
  File file = {.backing = facts.backing, .pages = facts.unit_pages};
  if (facts.backing == Backing::kVdso) file.pages = PagesOfOwnMapping("[vdso]");
  if (facts.backing == Backing::kVvar) file.pages = PagesOfOwnMapping("[vvar]");
  if (facts.opening == Opening::kReadOnlyAlone) file.descriptor = Descriptor::kReadOnly;
  return file;
}

}  // namespace

KernelFacts LearnKernelFacts(const std::vector<File>& files) {
  static KernelFacts facts;
  static std::vector<bool> asked(AllBackings().size());
  for (const File& file : files) {
    if (asked[static_cast<size_t>(file.backing)]) continue;
    asked[static_cast<size_t>(file.backing)] = true;
    const std::optional<Lockability> said = Ask(SmallestFileOf(FactsOf(file.backing)));
    if (said.has_value()) facts.Learn(file.backing, *said);
  }
  return facts;
}

std::vector<File> SmallestFiles() {
  std::vector<File> files;
  for (const BackingFacts& facts : AllBackings()) files.push_back(SmallestFileOf(facts));
  return files;
}

}  // namespace msyncspec
