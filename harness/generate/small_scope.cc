// SPDX-License-Identifier: MIT
#include "harness/generate/small_scope.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include "harness/scenario/predict_scenario.h"
#include "model/predict.h"

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

// What a profile needs to be asked about one layout after the other.
struct Asked {
  const Profile* profile;
  std::unique_ptr<Surroundings> surroundings;
  std::unique_ptr<Layout> layout;
};

std::vector<Asked> Ask(std::span<const Profile* const> profiles) {
  std::vector<Asked> asked;
  for (const Profile* profile : profiles) {
    auto surroundings = std::make_unique<Surroundings>(BareSurroundings());
    surroundings->machine = profile->abi.On(surroundings->machine);
    auto layout = std::make_unique<Layout>(*surroundings, profile->layout);
    asked.push_back({profile, std::move(surroundings), std::move(layout)});
  }
  return asked;
}

Machine MachineFor(const Asked& asked, const AddressTag& tag) {
  Machine machine = BareSurroundings().machine;
  machine.tag = tag;
  return asked.profile->abi.On(machine);
}

void PredictCall(const Asked& asked, const SymbolicCall& call, const AddressTag& tag,
                 Prediction& prediction) {
  const Machine machine = MachineFor(asked, tag);
  Predict(*asked.profile, machine, asked.layout->space(),
          Resolve(call, machine, asked.surroundings->arena), prediction);
}

}  // namespace

void VisitSmallScope(std::span<const Profile* const> profiles,
                     absl::FunctionRef<void(const SmallCase&)> visit) {
  const std::vector<Asked> asked = Ask(profiles);
  const std::vector<CostlyCall> calls = Calls();
  const size_t count = SlotKinds().size();
  std::vector<Prediction> predictions(profiles.size());
  std::array<size_t, kSlots> kinds = {};
  for (bool more = true; more;) {
    Scenario scenario = LayoutOf(kinds);
    const unsigned layout_cost = CostOf(kinds);
    for (const Asked& each : asked) {
      each.layout->Reset(scenario.files);
      for (const Action& action : scenario.actions) each.layout->Apply(std::get<Step>(action));
    }
    scenario.actions.emplace_back(SymbolicCall{});
    for (const CostlyCall& call : calls) {
      scenario.actions.back() = call.call;
      for (size_t i = 0; i < asked.size(); ++i) {
        PredictCall(asked[i], call.call, call.tag, predictions[i]);
      }
      const auto explain = [&](size_t i) {
        const Machine machine = MachineFor(asked[i], call.tag);
        return Explain(*asked[i].profile, machine, asked[i].layout->space(),
                       Resolve(call.call, machine, asked[i].surroundings->arena));
      };
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

namespace {

// The steps about which kernels differ, each at the places where they do.
std::vector<Step> StepAlphabet() {
  const auto map = [](int page, int pages, Access access) {
    Step step = MapStep(MapSharing::kPrivate, kNoFile, access);
    step.at = {.pages = page};
    step.length = {.pages = pages};
    return step;
  };
  const auto remap = [](int from, int pages, int to, int new_pages) {
    return Step{.kind = StepKind::kRemap,
                .at = {.pages = from},
                .length = {.pages = pages},
                .new_length = {.pages = new_pages},
                .moves = true,
                .to = {.pages = to}};
  };
  const auto at = [](StepKind kind, int page, int pages) {
    return Step{.kind = kind, .at = {.pages = page}, .length = {.pages = pages}};
  };
  std::vector<Step> steps = {map(0, 1, kReadWrite),           map(1, 1, Access::kRead),
                             map(4, 1, kReadWrite),           map(0, 1, Access::kNone),
                             at(StepKind::kLock, 0, 1),       at(StepKind::kLockOnFault, 0, 1),
                             at(StepKind::kLockOnFault, 0, 2)};
  for (const int pages : {1, 2}) {
    for (const int new_pages : {1, 2}) {
      steps.push_back(remap(0, pages, 4, new_pages));
    }
  }
  steps.push_back(remap(0, 2, 1, 2));  // onto itself
  return steps;
}

constexpr int kShownPages = 6;

Scenario Shown(const std::vector<const Step*>& steps) {
  Scenario scenario;
  for (const Step* step : steps) scenario.actions.emplace_back(*step);
  for (int page = 0; page < kShownPages; ++page) {
    const SyncFlags flags(kGenericFlagNumbers.invalidate);  // shows what is mapped, and locked
    scenario.actions.emplace_back(SymbolicCall{{.pages = page}, {.pages = 1}, flags});
  }
  return scenario;
}

void VisitSteps(const std::vector<Asked>& asked, const std::vector<const Step*>& steps,
                absl::FunctionRef<void(const StepCase&)> visit) {
  const Scenario scenario = Shown(steps);
  std::vector<std::vector<StepPrediction>> said(asked.size());
  std::vector<std::vector<Prediction>> predictions(asked.size());
  for (size_t i = 0; i < asked.size(); ++i) {
    asked[i].layout->Reset({});
    for (const Action& action : scenario.actions) {
      if (const Step* step = std::get_if<Step>(&action); step != nullptr) {
        said[i].push_back(asked[i].layout->Apply(*step));
        if (said[i].back().kind == StepPrediction::Kind::kUnmodelled) return;
      } else {
        PredictCall(asked[i], std::get<SymbolicCall>(action), kNoTag,
                    predictions[i].emplace_back());
      }
    }
  }
  visit({scenario, said, predictions});
}

}  // namespace

void VisitStepScope(std::span<const Profile* const> profiles,
                    absl::FunctionRef<void(const StepCase&)> visit) {
  const std::vector<Asked> asked = Ask(profiles);
  const std::vector<Step> alphabet = StepAlphabet();
  for (const Step& first : alphabet) {
    VisitSteps(asked, {&first}, visit);
    for (const Step& second : alphabet) {
      VisitSteps(asked, {&first, &second}, visit);
      for (const Step& third : alphabet) VisitSteps(asked, {&first, &second, &third}, visit);
    }
  }
}

}  // namespace msyncspec
