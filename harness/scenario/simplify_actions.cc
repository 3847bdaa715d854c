// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "harness/scenario/places.h"
#include "harness/scenario/scenario_size.h"
#include "harness/scenario/simplify_ways.h"

namespace msyncspec {
namespace {

constexpr Access kReadAndWrite = Access::kRead | Access::kWrite;

// Tries `change` on all actions of one type at once, and, where that is too much, on each.
template <typename Kind, typename Change>
void TryOnEach(MinimisingScenario& scenario, const Change& change) {
  Scenario all = scenario.value();
  for (Action& action : all.actions) {
    if (Kind* kind = std::get_if<Kind>(&action); kind != nullptr) change(*kind);
  }
  if (scenario.Try(std::move(all))) return;
  for (size_t i = 0; i < scenario.value().actions.size(); ++i) {
    if (!std::holds_alternative<Kind>(scenario.value().actions[i])) continue;
    Scenario one = scenario.value();
    change(std::get<Kind>(one.actions[i]));
    scenario.Try(std::move(one));
  }
}

template <typename Kind>
using Change = void (*)(Kind&);

// A length of some bytes and no pages becomes a page; else the bytes are left out.
void UseWholePages(Length& length) {
  if (length.pages == 0 && length.bytes > 0) length.pages = 1;
  length.bytes = 0;
}
void UseWholePages(Position& position) { position.bytes = 0; }

// One byte more or less is easier to read than many.
template <typename Place>
void UseOneByte(Place& place) {
  place.bytes = std::clamp<int64_t>(place.bytes, -1, 1);
}

constexpr std::array<Change<Step>, 2> kMoments = {
    [](Step& step) { step.moment = Moment(); },
    [](Step& step) {
      if (!step.moment.InTurn()) step.moment = Moment::During(1);
    },
};

constexpr std::array<Change<Step>, 16> kStepChanges = {
    [](Step& step) {
      if (step.kind != StepKind::kMap) return;
      step.file = kNoFile;
      step.file_page = 0;
      step.sharing = MapSharing::kPrivate;
    },
    [](Step& step) {
      if (step.kind != StepKind::kMap) return;
      step.sharing = step.file == kNoFile ? MapSharing::kPrivate : MapSharing::kShared;
    },
    [](Step& step) {
      if (step.kind == StepKind::kMap) step.access = kReadAndWrite;
    },
    [](Step& step) {
      if (step.kind == StepKind::kMap) step.access = Access::kRead;
    },
    [](Step& step) {
      if (step.kind == StepKind::kMap) step.options = 0;
    },
    [](Step& step) { step.options &= static_cast<uint8_t>(~1u); },
    [](Step& step) { step.options &= static_cast<uint8_t>(~2u); },
    [](Step& step) { step.options &= static_cast<uint8_t>(~4u); },
    [](Step& step) { step.options &= static_cast<uint8_t>(~8u); },
    [](Step& step) {
      if (step.kind == StepKind::kLockOnFault) step.kind = StepKind::kLock;
    },
    [](Step& step) { step.keeps = false; },
    [](Step& step) {
      step.moves = step.keeps = false;
      step.to = {};
    },
    [](Step& step) { step.file_page = 0; },
    [](Step& step) { ForEachPlaceOfStep(step, [](auto& place) { UseWholePages(place); }); },
    [](Step& step) { ForEachPlaceOfStep(step, [](auto& place) { UseOneByte(place); }); },
    [](Step& step) {
      if (step.kind != StepKind::kTruncate && step.length.pages > 1) step.length.pages = 1;
    },
};

constexpr std::array<Change<SymbolicCall>, 12> kCallChanges = {
    [](SymbolicCall& call) { call.caller = Caller::kNative; },
    [](SymbolicCall& call) { call.flags = SyncFlags(); },
    [](SymbolicCall& call) {
      const uint64_t unknown = call.flags.UnknownBits(kGenericFlagNumbers);
      if (unknown != 0) call.flags = SyncFlags(call.flags.word() - unknown + kPlainUnknownFlag);
    },
    [](SymbolicCall& call) { call.addr = {}; },
    [](SymbolicCall& call) { call.length = {.pages = 1}; },
    [](SymbolicCall& call) {
      const bool is_large = call.length.base != LengthBase::kZero || call.length.pages < 0;
      if (is_large) call.length = {.pages = kArenaPages};
    },
    [](SymbolicCall& call) { call.length = {.base = LengthBase::kMax}; },
    [](SymbolicCall& call) {
      UseWholePages(call.addr);
      UseWholePages(call.length);
    },
    [](SymbolicCall& call) { UseWholePages(call.addr); },
    [](SymbolicCall& call) { UseWholePages(call.length); },
    [](SymbolicCall& call) { UseOneByte(call.addr); },
    [](SymbolicCall& call) { UseOneByte(call.length); },
};

}  // namespace

void LeaveOutActions(MinimisingScenario& scenario) {
  for (size_t run = std::max<size_t>(scenario.value().actions.size() / 2, 1); run > 0; run /= 2) {
    for (size_t end = scenario.value().actions.size(); end > 0;) {
      const size_t begin = end > run ? end - run : 0;
      Scenario shorter = scenario.value();
      const auto first = shorter.actions.begin();
      shorter.actions.erase(first + static_cast<std::ptrdiff_t>(begin),
                            first + static_cast<std::ptrdiff_t>(end));
      scenario.Try(std::move(shorter));
      end = begin;
    }
  }
}

void PutInTurn(MinimisingScenario& scenario) {
  for (const Change<Step> change : kMoments) TryOnEach<Step>(scenario, change);
}

void MakeStepsPlain(MinimisingScenario& scenario) {
  for (const Change<Step> change : kStepChanges) TryOnEach<Step>(scenario, change);
}

void MakeCallsPlain(MinimisingScenario& scenario) {
  for (const Change<SymbolicCall> change : kCallChanges) {
    TryOnEach<SymbolicCall>(scenario, change);
  }
  for (int bit = 0; bit < 64; ++bit) {
    TryOnEach<SymbolicCall>(scenario, [bit](SymbolicCall& call) {
      call.flags = SyncFlags(call.flags.word() & ~(uint64_t{1} << bit));
    });
  }
}

}  // namespace msyncspec
