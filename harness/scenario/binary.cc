// SPDX-License-Identifier: MIT
//
// One byte says how many files there are, then come the files, then actions up to the end of the
// bytes. Each thing is described once, by a Visit function that both directions run: a Writer
// appends the fields that it is shown, a Reader overwrites them with values within their bounds.
#include "harness/scenario/binary.h"

#include <algorithm>

#include "harness/scenario/binary_repair.h"

namespace msyncspec {
namespace {

// The byte that stands for a call. Those of the steps follow it.
constexpr int kCallKind = 0;
constexpr int kKinds = kStepKinds + 1;
int ByteOf(StepKind kind) { return static_cast<int>(kind) + 1; }
StepKind KindOf(int byte) { return static_cast<StepKind>(byte - 1); }

constexpr int kAccesses = 4;

class Writer {
 public:
  explicit Writer(std::vector<uint8_t>& bytes) : bytes_(bytes) {}

  template <typename Value>
  void Choice(const Value& value, int /*count*/) {
    bytes_.push_back(static_cast<uint8_t>(value));
  }
  template <typename Value>
  void Number(const Value& value, int64_t low, int64_t /*high*/) {
    Word(static_cast<uint64_t>(static_cast<int64_t>(value) - low));
  }
  // A whole 64-bit word, small magnitudes of either sign in few bytes.
  void Any(int64_t value) {
    const uint64_t sign = value < 0 ? ~uint64_t{0} : 0;
    Word((static_cast<uint64_t>(value) << 1) ^ sign);
  }
  void Any(uint64_t value) { Word(value); }

 private:
  void Word(uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<uint8_t>(value | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<uint8_t>(value));
  }

  std::vector<uint8_t>& bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool AtEnd() const { return bytes_.empty(); }

  template <typename Value>
  void Choice(Value& value, int count) {
    value = static_cast<Value>(Byte() % count);
  }
  template <typename Value>
  void Number(Value& value, int64_t low, int64_t high) {
    const uint64_t count = static_cast<uint64_t>(high - low) + 1;
    value = static_cast<Value>(low + static_cast<int64_t>(Word() % count));
  }
  void Any(int64_t& value) {
    const uint64_t word = Word();
    value = static_cast<int64_t>((word >> 1) ^ ((word & 1) != 0 ? ~uint64_t{0} : 0));
  }
  void Any(uint64_t& value) { value = Word(); }

 private:
  uint8_t Byte() {
    if (bytes_.empty()) return 0;
    const uint8_t byte = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return byte;
  }

  uint64_t Word() {
    uint64_t word = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = Byte();
      word |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) break;
    }
    return word;
  }

  std::span<const uint8_t> bytes_;
};

template <typename Codec, typename FaultT>
void VisitFault(Codec& codec, FaultT& fault) {
  codec.Number(fault.error, 0, kMaxServerErrno);
  if (fault.error == Errno::kOk) return;
  codec.Number(fault.begin_page, 0, kMaxFilePages - 1);
  codec.Number(fault.end_page, 1, kMaxFilePages);
  codec.Number(fault.times, 0, kMaxFaultTimes);
}

template <typename Codec, typename FileT>
void VisitFile(Codec& codec, FileT& file) {
  codec.Choice(file.origin, 3);
  if (file.origin != Origin::kNew) {
    codec.Number(file.of, 0, kMaxFiles - 1);
    codec.Choice(file.descriptor, 2);
    return;
  }
  codec.Choice(file.backing, static_cast<int>(kBackings));
  const int64_t unit = FactsOf(file.backing).unit_pages;
  int64_t units = file.pages / unit;
  codec.Number(units, 1, kMaxFilePages);
  if constexpr (!std::is_const_v<FileT>) file.pages = units * unit;
  codec.Choice(file.descriptor, 2);
  if (file.backing != Backing::kFuse) return;
  VisitFault(codec, file.fsync);
  VisitFault(codec, file.write);
  codec.Choice(file.cache, 2);
  codec.Choice(file.interrupts, 2);
}

template <typename Codec, typename PositionT>
void VisitStepPosition(Codec& codec, PositionT& position) {
  codec.Number(position.pages, 0, kArenaPages - 1);
  codec.Number(position.bytes, 0, kMaxStepBytes);
}

template <typename Codec, typename LengthT>
void VisitStepLength(Codec& codec, LengthT& length) {
  codec.Number(length.pages, 0, kArenaPages);
  // Counted from 0 up and then from below, so that a byte of 0 means no bytes.
  int64_t bytes = length.bytes < 0 ? length.bytes + 2 * kMaxStepBytes + 1 : length.bytes;
  codec.Number(bytes, 0, 2 * kMaxStepBytes);
  if constexpr (!std::is_const_v<LengthT>) {
    length.bytes = bytes > kMaxStepBytes ? bytes - 2 * kMaxStepBytes - 1 : bytes;
  }
}

template <typename Codec, typename StepT>
void VisitRemap(Codec& codec, StepT& step) {
  VisitStepLength(codec, step.new_length);
  int how = (step.moves ? 1 : 0) + (step.keeps ? 1 : 0);  // only what moves can be kept
  codec.Choice(how, 3);
  if constexpr (!std::is_const_v<StepT>) {
    step.moves = how > 0;
    step.keeps = how > 1;
  }
  if (step.moves) VisitStepPosition(codec, step.to);
}

template <typename Codec, typename StepT>
void VisitStep(Codec& codec, StepT& step) {
  int moment = step.moment.number();
  codec.Choice(moment, Moment::kNumbers);
  if constexpr (!std::is_const_v<StepT>) step.moment = Moment::FromNumber(moment);
  if (step.kind == StepKind::kSignal) return;
  if (step.kind == StepKind::kLockAll) codec.Choice(step.options, 8);
  if (step.kind == StepKind::kLockAll || step.kind == StepKind::kUnlockAll) return;
  if (step.kind == StepKind::kFork) return;
  if (step.kind == StepKind::kTruncate || step.kind == StepKind::kReopen) {
    codec.Number(step.file, 0, kMaxFiles - 1);
  } else {
    VisitStepPosition(codec, step.at);
  }
  if (step.kind == StepKind::kReopen) return;
  VisitStepLength(codec, step.length);
  if (step.kind == StepKind::kProtect) codec.Choice(step.access, kAccesses);
  if (step.kind == StepKind::kRemap) VisitRemap(codec, step);
  if (step.kind == StepKind::kAdvise) codec.Choice(step.advice, kAdvices);
  if (step.kind == StepKind::kMap) {
    codec.Choice(step.sharing, 2);
    codec.Choice(step.access, kAccesses);
    codec.Number(step.file, kNoFile, kMaxFiles - 1);
    if (step.file != kNoFile) codec.Number(step.file_page, 0, kMaxFilePages);
    codec.Choice(step.options, kMapOptions);
  }
}

template <typename Codec, typename CallT>
void VisitCall(Codec& codec, CallT& call) {
  codec.Choice(call.addr.anchor, 3);
  codec.Any(call.addr.pages);
  codec.Any(call.addr.bytes);
  codec.Choice(call.length.base, 3);
  codec.Any(call.length.pages);
  codec.Any(call.length.bytes);
  uint64_t flags = call.flags.word();
  codec.Any(flags);
  if constexpr (!std::is_const_v<CallT>) call.flags = SyncFlags(flags);
  codec.Choice(call.caller, 2);
}

}  // namespace

Scenario Decode(std::span<const uint8_t> bytes) {
  Reader reader(bytes);
  Scenario scenario;
  int files = 0;
  reader.Choice(files, kMaxFiles + 1);
  for (int i = 0; i < files; ++i) {
    File file;
    VisitFile(reader, file);
    RepairFile(file, scenario.files);
    scenario.files.push_back(file);
  }
  bool has_call = false;
  while (!reader.AtEnd() && scenario.actions.size() < kMaxActions) {
    int kind = 0;
    reader.Choice(kind, kKinds);
    // The last place is kept for the call that a scenario has to have.
    if (!has_call && scenario.actions.size() + 1 == kMaxActions) kind = kCallKind;
    if (kind == kCallKind) {
      SymbolicCall call;
      VisitCall(reader, call);
      scenario.actions.push_back(call);
      has_call = true;
    } else {
      Step step = {.kind = KindOf(kind)};
      VisitStep(reader, step);
      if (RepairStep(step, scenario.files)) scenario.actions.push_back(step);
    }
  }
  if (!has_call) scenario.actions.push_back(SymbolicCall{.length = {.pages = 1}});
  RepairOrder(scenario.actions);
  return scenario;
}

std::vector<uint8_t> Encode(const Scenario& scenario) {
  std::vector<uint8_t> bytes;
  Writer writer(bytes);
  writer.Choice(scenario.files.size(), kMaxFiles + 1);
  for (const File& file : scenario.files) VisitFile(writer, file);
  for (const Action& action : scenario.actions) {
    if (const Step* step = std::get_if<Step>(&action); step != nullptr) {
      writer.Choice(ByteOf(step->kind), kKinds);
      VisitStep(writer, *step);
    } else {
      writer.Choice(kCallKind, kKinds);
      VisitCall(writer, std::get<SymbolicCall>(action));
    }
  }
  return bytes;
}

}  // namespace msyncspec
