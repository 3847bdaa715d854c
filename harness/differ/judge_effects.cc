// SPDX-License-Identifier: MIT
#include "harness/differ/judge_effects.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

// Whether a step may write pages of a server's file back.
bool WritesBack(const Step& step) {
  switch (step.kind) {
    case StepKind::kMap:
    case StepKind::kUnmap:
    case StepKind::kRemap:
    case StepKind::kTruncate:
    case StepKind::kReopen:
      return true;
    default:
      return false;
  }
}

class Comparison {
 public:
  Comparison(const Scenario& scenario, const ScenarioPrediction& prediction,
             const ObservedEffects& observed, Bytes page_size, EffectsSeen& seen)
      : scenario_(scenario),
        prediction_(prediction),
        observed_(observed),
        page_size_(page_size),
        seen_(seen) {
    for (size_t i = 0; i < scenario.files.size(); ++i) {
      const size_t open_file =
          static_cast<size_t>(OpenFileOf(scenario.files, static_cast<FileId>(i)));
      opens_.push_back(open_file == i ? NextOpen(i) : opens_[open_file]);
    }
  }

  std::vector<Disagreement> Run(size_t end) {
    for (size_t i = 0; i < end; ++i) {
      if (const Step* step = std::get_if<Step>(&scenario_.actions[i]); step != nullptr) {
        if (step->kind == StepKind::kReopen) {
          opens_[static_cast<size_t>(step->file)] = NextOpen(static_cast<size_t>(step->file));
        }
        continue;
      }
      CompareFsyncs(i);
      CompareWrites(i);
    }
    for (const ObservedPage& page : observed_.pages) {
      if (page.action < end && IsDeclared(page.action, page.file)) ComparePage(page);
    }
    for (const ObservedTimes& times : observed_.times) {
      if (times.action < end && IsDeclared(times.action, times.file)) CompareTimes(times);
    }
    return std::move(disagreements_);
  }

 private:
  const std::vector<SyncedRange>& SyncsOf(size_t i) const {
    return prediction_.actions[i].call.prediction.syncs;
  }
  // What is observed may name any file.
  bool Has(FileId file) const {
    return file >= 0 && static_cast<size_t>(file) < scenario_.files.size();
  }
  // Whether the scenario has the file that was looked at around the action at `i`.
  bool IsDeclared(size_t i, FileId file) {
    if (!Has(file)) Add(i, "no other file", absl::StrCat("f", file, " is seen"));
    return Has(file);
  }
  bool HasServer(FileId file) const {
    return FactsOf(scenario_.files[static_cast<size_t>(file)].backing).fsync == Fsync::kAsksServer;
  }
  EffectCounts& CountsOf(FileId file) {
    return seen_[std::string(FactsOf(scenario_.files[static_cast<size_t>(file)].backing).name)];
  }
  // Whichever server names a file that no server has, it is found with the first.
  size_t Connection(FileId file) const {
    if (!Has(file)) return 0;
    return static_cast<size_t>(ConnectionOf(scenario_.files[static_cast<size_t>(Object(file))]));
  }
  FileId Object(FileId file) const { return ObjectOf(scenario_.files, file); }

  // Numbers the open(2) calls of an object in their order, as its server does.
  uint32_t NextOpen(size_t file) {
    return opened_[static_cast<size_t>(Object(static_cast<FileId>(file)))]++;
  }

  void CompareFsyncs(size_t i) {
    // Servers keep logs of their own: across connections the order is not seen.
    std::array<std::vector<std::string>, kConnections> expected, observed;
    for (const SyncedRange& sync : SyncsOf(i)) {
      if (!HasServer(sync.file) || !sync.asked) continue;
      const Errno asked = scenario_.files[static_cast<size_t>(Object(sync.file))].fsync.error;
      const Errno answer =
          asked == Errno::kENOSYS && sync.answer == Errno::kOk ? asked : sync.answer;
      expected[Connection(sync.file)].push_back(
          FsyncText(Object(sync.file), opens_[static_cast<size_t>(sync.file)],
                    sync.kind == SyncKind::kDataOnly, answer));
    }
    for (const ObservedRequest& request : observed_.requests) {
      if (request.action != i || request.kind != ObservedRequest::Kind::kFsync) continue;
      observed[Connection(request.file)].push_back(
          FsyncText(request.file, request.open_file, request.data_only, request.answer));
    }
    if (!observed_.sees_servers || i > observed_.last_seen) return;
    for (size_t server = 0; server < expected.size(); ++server) {
      if (!expected[server].empty()) seen_["fuse"].fsyncs += expected[server].size();
      if (expected[server] == observed[server]) continue;
      Add(i, "what the server is asked: " + Listed(expected[server]), Listed(observed[server]));
    }
  }

  static std::string FsyncText(FileId file, uint32_t open, bool data_only, Errno answer) {
    return absl::StrCat("fsync of f", file, " (open file ", open, data_only ? ", data only" : "",
                        ")", answer == Errno::kOk ? "" : absl::StrCat(": ", ErrnoName(answer)));
  }

  static std::string Listed(const std::vector<std::string>& requests) {
    return requests.empty() ? "nothing" : absl::StrJoin(requests, ", ");
  }

  // Whether another thread acts in the course of the call at `i`.
  bool HasCompany(size_t i) const {
    const Step* before = i == 0 ? nullptr : std::get_if<Step>(&scenario_.actions[i - 1]);
    return before != nullptr && !before->moment.InTurn();
  }

  // Whether a step between the last call and the one at `i` may have written stores back, which
  // older kernels may send to the server only now.
  bool MayWriteLate(size_t i) const {
    bool writes_back = false;
    for (size_t before = i; before-- > 0;) {
      const Step* step = std::get_if<Step>(&scenario_.actions[before]);
      if (step == nullptr && !writes_back) return false;
      if (step == nullptr) continue;
      if (writes_back && step->kind == StepKind::kWrite) return true;
      writes_back |= WritesBack(*step);
    }
    return false;
  }

  // A server is sent nothing but what a call syncs. Where another thread acts, its steps write too.
  void CompareWrites(size_t i) {
    if (HasCompany(i) || MayWriteLate(i)) return;
    for (const ObservedRequest& request : observed_.requests) {
      if (request.action != i || request.kind != ObservedRequest::Kind::kWrite) continue;
      if (Has(request.file)) ++CountsOf(request.file).writes;
      const bool within =
          std::any_of(SyncsOf(i).begin(), SyncsOf(i).end(), [&](const SyncedRange& sync) {
            return Object(sync.file) == request.file && sync.begin <= request.range.begin &&
                   request.range.end <= sync.end;
          });
      if (!within) {
        Add(i, "no write beyond what is synced",
            absl::StrCat("f", request.file, "[", request.range.begin.count / page_size_.count, "p,",
                         (request.range.end.count + page_size_.count - 1) / page_size_.count,
                         "p) is written"));
      }
    }
  }

  void ComparePage(const ObservedPage& seen) {
    const std::optional<FileStates>& files = prediction_.actions[seen.action].files;
    if (!files.has_value() || seen.page >= files->contents(seen.file).size()) return;
    const FilePage& page = files->contents(seen.file)[seen.page];
    const std::string name = absl::StrCat("page ", seen.page, " of f", seen.file);
    if (seen.dirty.has_value()) {
      ++CountsOf(seen.file).pages;
      if (*seen.dirty && !page.dirty) {
        Add(seen.action, absl::StrCat(name, " is clean"), absl::StrCat(name, " is dirty"));
      }
    }
    if (!seen.beneath.has_value()) return;
    ++CountsOf(seen.file).bytes;
    // Background writeback may have written any store since the last that surely was.
    const bool fits = page.dirty ? MayHold(page, *seen.beneath) : *seen.beneath == page.written;
    if (fits) return;
    Add(seen.action, absl::StrCat(name, " is stored as ", page.dirty ? page.stored : page.written),
        absl::StrCat(name, " is stored as ", *seen.beneath));
  }

  static bool MayHold(const FilePage& page, uint8_t byte) {
    return page.written <= page.stored ? page.written <= byte && byte <= page.stored
                                       : byte >= page.written || byte <= page.stored;
  }

  void CompareTimes(const ObservedTimes& seen) {
    const ActionPrediction& said = prediction_.actions[seen.action];
    const bool is_call = std::holds_alternative<SymbolicCall>(scenario_.actions[seen.action]);
    if (is_call && HasCompany(seen.action)) return;
    const TimesMove move = is_call ? TimesMove::kStay : StepTimes(said, seen);
    if (move == TimesMove::kUnknown) return;
    CompareTime(seen, "mtime", seen.mtime_moved, move);
    CompareTime(seen, "ctime", seen.ctime_moved, move);
  }

  // Of the steps only stores are followed.
  TimesMove StepTimes(const ActionPrediction& said, const ObservedTimes& seen) const {
    const Step& step = std::get<Step>(scenario_.actions[seen.action]);
    return step.kind == StepKind::kWrite ? said.step.times[static_cast<size_t>(seen.file)]
                                         : TimesMove::kUnknown;
  }

  void CompareTime(const ObservedTimes& seen, absl::string_view name, std::optional<bool> moved,
                   TimesMove expected) {
    if (!moved.has_value()) return;
    ++CountsOf(seen.file).times;
    if (*moved == (expected == TimesMove::kMove)) return;
    Add(seen.action, absl::StrCat("st_", name, " of f", seen.file, *moved ? " stays" : " moves"),
        absl::StrCat("st_", name, " of f", seen.file, *moved ? " moves" : " stays"));
  }

  void Add(size_t action, std::string expected, std::string observed) {
    const Rule* rule = prediction_.actions[action].call.prediction.rule;
    disagreements_.push_back({.subject = Subject::kEffect,
                              .action = action,
                              .rule = rule == nullptr ? "" : std::string(rule->id),
                              .expected = std::move(expected),
                              .observed = std::move(observed)});
  }

  const Scenario& scenario_;
  const ScenarioPrediction& prediction_;
  const ObservedEffects& observed_;
  const Bytes page_size_;
  EffectsSeen& seen_;
  std::array<uint32_t, kMaxFiles> opened_{};  // how often each object has been opened
  std::vector<uint32_t> opens_;               // through which of these each file is open now
  std::vector<Disagreement> disagreements_;
};

}  // namespace

bool WasDisturbed(const Scenario& scenario, const ObservedEffects& observed) {
  if (observed.disturbed) return true;
  return std::any_of(observed.requests.begin(), observed.requests.end(),
                     [&](const ObservedRequest& request) {
                       if (request.action >= scenario.actions.size()) return false;
                       const Step* step = std::get_if<Step>(&scenario.actions[request.action]);
                       return request.kind == ObservedRequest::Kind::kWrite && step != nullptr &&
                              !WritesBack(*step);
                     });
}

std::vector<Disagreement> CompareEffects(const Scenario& scenario,
                                         const ScenarioPrediction& prediction,
                                         const ObservedEffects& observed, Bytes page_size,
                                         size_t end, EffectsSeen& seen) {
  return Comparison(scenario, prediction, observed, page_size, seen)
      .Run(std::min(end, prediction.actions.size()));
}

}  // namespace msyncspec
