// SPDX-License-Identifier: MIT
#include "harness/generate/small_scope.h"

#include <algorithm>
#include <array>
#include <bit>

#include "harness/generate/asked_profile.h"

namespace msyncspec {
namespace {

constexpr Access kReadWrite = Access::kRead | Access::kWrite;
constexpr int kSlots = 3;

// What can be behind a page slot, in the order of how much has to be read to understand it.
struct SlotKind {
  unsigned cost;
  bool mapped = true;
  Step step = {};  // without its place
  File file = {};  // of a step with a file
};

Step MapStep(MapSharing sharing, FileId file, Access access = kReadWrite, uint8_t options = 0) {
  return {.kind = StepKind::kMap,
          .length = {.pages = 1},
          .sharing = sharing,
          .access = access,
          .file = file,
          .options = options};
}

const std::vector<SlotKind>& SlotKinds() {
  static const std::vector<SlotKind> kKinds = {
      {.cost = 0, .mapped = false},
      {.cost = 10, .step = MapStep(MapSharing::kPrivate, kNoFile)},
      {.cost = 11, .step = MapStep(MapSharing::kShared, 0), .file = {.pages = kSlots}},
      {.cost = 12, .step = MapStep(MapSharing::kPrivate, 0), .file = {.pages = kSlots}},
      {.cost = 13, .step = MapStep(MapSharing::kShared, kNoFile)},
      {.cost = 14, .step = MapStep(MapSharing::kPrivate, kNoFile, kReadWrite, kMapLocked)},
      {.cost = 15,
       .step = MapStep(MapSharing::kShared, 0, kReadWrite, kMapLocked),
       .file = {.pages = kSlots}},
      {.cost = 16,
       .step = MapStep(MapSharing::kShared, 0, Access::kRead),
       .file = {.pages = kSlots, .descriptor = Descriptor::kReadOnly}},
      {.cost = 17,
       .step = MapStep(MapSharing::kShared, 0),
       .file = {.backing = Backing::kPerf, .pages = 1}},
      {.cost = 18,
       .step = MapStep(MapSharing::kShared, 0),
       .file = {.backing = Backing::kFuse, .pages = kSlots, .fsync = {.error = Errno::kEIO}}},
  };
  return kKinds;
}

struct CostlyCall {
  SymbolicCall call;
  AddressTag tag;
  unsigned cost;
};

template <typename Value>
struct Costly {
  Value value;
  unsigned cost;
};

// Every call at the boundaries of the slots, of the words, and of other page sizes.
std::vector<CostlyCall> Calls() {
  using Where = Costly<Position>;
  using HowLong = Costly<Length>;
  constexpr int64_t kTags = int64_t{5} << 57;  // bits that arm64 and x86 both may ignore
  const Where addresses[] = {{{.pages = 0}, 0},
                             {{.pages = 1}, 1},
                             {{.pages = 0, .bytes = 1}, 2},
                             {{.anchor = Anchor::kZero}, 2},
                             {{.pages = 0, .bytes = 4096}, 3},
                             {{.anchor = Anchor::kLastPage}, 3},
                             {{.pages = 0, .bytes = kTags}, 6}};
  const HowLong lengths[] = {{{.pages = 1}, 0},
                             {{.pages = 2}, 1},
                             {{.pages = 3}, 2},
                             {{.pages = 4}, 2},
                             {{}, 2},
                             {{.bytes = 1}, 3},
                             {{.pages = 1, .bytes = 1}, 3},
                             {{.bytes = 4096}, 4},
                             {{.base = LengthBase::kMax}, 4},
                             {{.base = LengthBase::kMax, .pages = -1, .bytes = 2}, 5},
                             {{.base = LengthBase::kMax, .pages = -1, .bytes = 1}, 5},
                             {{.base = LengthBase::kToLast}, 5},
                             {{.base = LengthBase::kToLast, .bytes = 1}, 6},
                             {{.bytes = int64_t{1} << 31}, 6},
                             {{.bytes = int64_t{1} << 32}, 6}};
  std::vector<SyncFlags> flags;
  for (uint64_t known = 0; known <= kGenericFlagNumbers.all(); ++known) flags.emplace_back(known);
  for (const int bit : {3, 31, 32}) flags.emplace_back(uint64_t{1} << bit);
  flags.emplace_back(kGenericFlagNumbers.sync | uint64_t{1} << 3);

  std::vector<CostlyCall> calls;
  for (const Where& addr : addresses) {
    for (const HowLong& length : lengths) {
      for (const SyncFlags flag : flags) {
        const unsigned bits = static_cast<unsigned>(std::popcount(flag.word()));
        const unsigned strange = flag.word() > kGenericFlagNumbers.all() ? 4 : 0;
        const CostlyCall call = {.call = {addr.value, length.value, flag},
                                 .tag = kNoTag,
                                 .cost = addr.cost + length.cost + bits + strange};
        calls.push_back(call);
        if (addr.value.bytes != kTags) continue;
        for (const AddressTag& tag : {kTopByteTag, kLinearAddressMask}) {
          calls.push_back({call.call, tag, call.cost + 1});
        }
      }
    }
  }
  return calls;
}

// One layout as a scenario: a file for each kind that needs one, at the page of the slot.
Scenario LayoutOf(const std::array<size_t, kSlots>& kinds) {
  Scenario scenario;
  std::array<FileId, 32> file_of_kind;
  file_of_kind.fill(kNoFile);
  for (int slot = 0; slot < kSlots; ++slot) {
    const size_t index = kinds[static_cast<size_t>(slot)];
    const SlotKind& kind = SlotKinds()[index];
    if (!kind.mapped) continue;
    Step step = kind.step;
    step.at = {.pages = slot};
    if (step.file != kNoFile) {
      if (file_of_kind[index] == kNoFile) {
        file_of_kind[index] = static_cast<FileId>(scenario.files.size());
        scenario.files.push_back(kind.file);
        scenario.files.back().pages = 0;
      }
      step.file = file_of_kind[index];
      step.file_page = kind.file.pages == 1 ? 0 : slot;
      int64_t& pages = scenario.files[static_cast<size_t>(step.file)].pages;
      pages = std::max(pages, step.file_page + 1);
    }
    scenario.actions.emplace_back(step);
  }
  return scenario;
}

unsigned CostOf(const std::array<size_t, kSlots>& kinds) {
  unsigned cost = 0;
  for (size_t slot = 0; slot < kSlots; ++slot) {
    const SlotKind& kind = SlotKinds()[kinds[slot]];
    // A slot further up costs more, so that scenarios begin at p0.
    if (kind.mapped) cost += 100 + kind.cost + static_cast<unsigned>(slot);
  }
  return cost;
}

}  // namespace

void VisitSmallScope(std::span<const Profile* const> profiles,
                     absl::FunctionRef<void(const SmallCase&)> visit) {
  const std::vector<AskedProfile> asked = Ask(profiles);
  const std::vector<CostlyCall> calls = Calls();
  const size_t count = SlotKinds().size();
  std::vector<Prediction> predictions(profiles.size());
  std::array<size_t, kSlots> kinds = {};
  for (bool more = true; more;) {
    Scenario scenario = LayoutOf(kinds);
    const unsigned layout_cost = CostOf(kinds);
    for (const AskedProfile& each : asked) {
      each.layout().Reset(scenario.files);
      for (const Action& action : scenario.actions) each.layout().Apply(std::get<Step>(action));
    }
    scenario.actions.emplace_back(SymbolicCall{});
    for (const CostlyCall& call : calls) {
      scenario.actions.back() = call.call;
      for (size_t i = 0; i < asked.size(); ++i) {
        asked[i].Predict(call.call, call.tag, predictions[i]);
      }
      const auto explain = [&](size_t i) { return asked[i].Explain(call.call, call.tag); };
      visit({scenario, call.tag, layout_cost + call.cost, predictions, explain});
    }
    more = false;
    for (size_t& kind : kinds) {
      if (++kind < count) {
        more = true;
        break;
      }
      kind = 0;
    }
  }
}

}  // namespace msyncspec
