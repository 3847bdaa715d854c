// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_LAYOUT_ROWS_H_
#define MSYNCSPEC_HARNESS_SCENARIO_LAYOUT_ROWS_H_

#include <gmock/gmock.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/layout.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

// The rows in which the tests of the layout say what steps answer and leave.
namespace msyncspec {

// One scenario's steps, what each answers, and the layout in the end.
struct LayoutRow {
  std::string steps;
  std::string answers;  // "0", an errno, a signal, or "?" where the model does not say
  std::string layout;   // "[p0,p2) shared rw f0@0", separated by "; "
  std::string profile = "linux-6.18";
  std::optional<Bytes> lock_limit;
  KernelFeatures features;
};

inline std::string Answer(const StepPrediction& said) {
  if (said.kind == StepPrediction::Kind::kUnmodelled) return "?";
  return said.signal != 0 ? SignalName(said.signal) : ErrnoName(said.result);
}

inline std::string Word(Sharing sharing) {
  constexpr const char* kWords[] = {"private", "shared", "shared-read-only"};
  return kWords[static_cast<size_t>(sharing)];
}

inline std::string Marks(const Mapping& mapping) {
  return absl::StrCat(
      mapping.Has(kSealed) ? " sealed" : "", mapping.Has(kNotForked) ? " not-forked" : "",
      mapping.Has(kUserfault) ? " userfault" : "", mapping.Has(kDroppable) ? " droppable" : "");
}

inline std::string Describe(const Mapping& mapping, Address arena) {
  constexpr const char* kAccess[] = {"none", "r", "w", "rw"};
  constexpr const char* kLock[] = {"", " locked", " onfault"};
  constexpr const char* kGrowth[] = {"", " growsdown"};
  const auto page = [arena](Address at) {
    return absl::StrCat("p", (at.value - arena.value) / 4096);
  };
  std::string file = absl::StrCat(" f", mapping.file, "@", mapping.offset.count / 4096);
  if (mapping.file < 0) file = "";
  return absl::StrCat("[", page(mapping.begin), ",", page(mapping.end), ") ", Word(mapping.sharing),
                      " ", kAccess[static_cast<size_t>(mapping.access)], file,
                      kLock[static_cast<size_t>(mapping.lock)],
                      kGrowth[static_cast<size_t>(mapping.growth)], Marks(mapping));
}

inline void Check(const LayoutRow& row) {
  SCOPED_TRACE(row.steps);
  const auto parsed = Parse(absl::StrCat(row.steps, "\ncall addr=p0 len=0 flags=0\n"));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  Surroundings surroundings = BareSurroundings();
  surroundings.lock_limit = row.lock_limit;
  surroundings.features = row.features;
  Layout layout(surroundings, FindProfile(row.profile)->layout);
  layout.Reset(parsed->scenario.files);
  std::vector<std::string> answers, mappings;
  for (size_t i = 0; i + 1 < parsed->scenario.actions.size(); ++i) {
    answers.push_back(Answer(layout.Apply(std::get<Step>(parsed->scenario.actions[i]))));
  }
  for (const Mapping& mapping : layout.space().mappings()) {
    mappings.push_back(Describe(mapping, surroundings.arena));
  }
  EXPECT_EQ(absl::StrJoin(answers, " "), row.answers);
  EXPECT_EQ(absl::StrJoin(mappings, "; "), row.layout);
}

inline void CheckAll(std::span<const LayoutRow> rows) {
  for (const LayoutRow& row : rows) Check(row);
}

inline constexpr char kFile[] = "file f0 disk 8p\nmap p0 4p shared rw f0@0\n";
inline constexpr char kReadOnlyFile[] = "file f0 disk 8p readonly\nmap p0 4p shared r f0@0\n";
inline constexpr char kAnon[] = "map p0 4p private rw anon\n";

inline std::string After(const char* setup, absl::string_view steps) {
  return absl::StrCat(setup, steps);
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_LAYOUT_ROWS_H_
