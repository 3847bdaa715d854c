// SPDX-License-Identifier: MIT
#include "model/document_table.h"

#include "absl/strings/str_cat.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

absl::string_view Verb(SyncKind kind) {
  if (kind == SyncKind::kUpdated) return "updated";
  if (kind == SyncKind::kScheduled) return "scheduled";
  if (kind == SyncKind::kInvalidated) return "invalidated";
  return "something that no document says";
}

std::string EffectsText(const std::vector<SyncedRange>& ranges) {
  std::string text;
  for (const SyncedRange& range : ranges) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Verb(range.kind), " ",
                    range.begin.count / kPage, "-", range.end.count / kPage);
  }
  return text;
}

uint64_t PagesIn(absl::string_view pages) {
  uint64_t count = 0;
  for (const char letter : pages) count += letter != '|';
  return count;
}

}  // namespace

std::vector<std::string> Misreadings(absl::string_view profile, std::span<const DocumentRow> rows) {
  std::vector<std::string> wrong;
  for (const DocumentRow& row : rows) {
    const uint64_t length = row.length.value_or(PagesIn(row.pages) * kPage);
    Prediction prediction;
    Predict(*FindProfile(profile), Machine{}, Draw(row.pages),
            {kFirstPage + Bytes{row.from}, {length}, SyncFlags(row.flags)}, prediction);
    const std::string outcomes = Text(prediction.outcomes);
    const std::string effects = EffectsText(prediction.syncs);
    const bool right = outcomes == row.outcomes && effects == row.effects &&
                       (row.by == nullptr || prediction.rule->id == row.by);
    if (right) continue;
    wrong.push_back(absl::StrCat(row.claim, ": but it is ", outcomes, " by ", prediction.rule->id,
                                 ", and \"", effects, "\""));
  }
  return wrong;
}

}  // namespace msyncspec
