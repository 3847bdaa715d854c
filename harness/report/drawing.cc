// SPDX-License-Identifier: MIT
#include "harness/report/drawing.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/report/citation_text.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

constexpr size_t kLabelWidth = 9;
constexpr size_t kColumnWidth = 11;
constexpr int64_t kMaxColumns = 8;  // what fits beside the labels into 100 columns

// A table that grows row by row; cells are cut to the width of a column.
class Table {
 public:
  void Row(absl::string_view label) {
    absl::StrAppendFormat(&text_, "%s%-*s", text_.empty() ? "" : "\n", int{kLabelWidth}, label);
  }
  void Cell(absl::string_view cell) {
    absl::StrAppendFormat(&text_, "%-*s", int{kColumnWidth}, cell.substr(0, kColumnWidth - 1));
  }
  std::string Text() const {
    // Without the spaces that pad the last cell of a row.
    std::string text;
    for (size_t i = 0; i < text_.size(); ++i) {
      const size_t next = text_.find_first_not_of(' ', i);
      if (text_[i] == ' ' && (next == std::string::npos || text_[next] == '\n')) continue;
      text += text_[i];
    }
    return text + "\n";
  }

 private:
  std::string text_;
};

std::string SourceOf(const Mapping& mapping, Address page, Bytes page_size) {
  if (mapping.file == kNoFile) return "anon";
  if (mapping.file < 0) return "anon";
  const Bytes offset = mapping.offset + (page - mapping.begin);
  return absl::StrCat("f", mapping.file, "@", offset.count / page_size.count, "p");
}

std::string SharingOf(const Mapping& mapping) {
  switch (mapping.sharing) {
    case Sharing::kPrivate:
      return "private";
    case Sharing::kShared:
      return "shared";
    case Sharing::kSharedReadOnlyFile:
      return "shared-ro";
  }
  return "?";
}

std::string LockOf(const Mapping& mapping) {
  if (mapping.lock == Lock::kLockedOnFault) return "onfault";
  return mapping.locked() ? "locked" : "";
}

}  // namespace

std::string PlaceName(Address address, const Surroundings& surroundings) {
  const uint64_t page_size = surroundings.machine.page_size.count;
  const uint64_t into = address.value - surroundings.arena.value;
  if (address < surroundings.arena || into > static_cast<uint64_t>(kArenaPages) * page_size) {
    return absl::StrFormat("0x%x", address.value);
  }
  return Print(Position{.pages = static_cast<int64_t>(into / page_size),
                        .bytes = static_cast<int64_t>(into % page_size)});
}

std::string DrawCall(const AddressSpace& space, const Surroundings& surroundings, const Call& call,
                     const Explanation& explanation) {
  const Machine& machine = surroundings.machine;
  const Bytes page_size = machine.page_size;
  const Call received = machine.Receive(call);
  const Address end = machine.Add(received.addr, machine.RoundUpToPages(received.length));
  const Address arena_end =
      surroundings.arena + Bytes{static_cast<uint64_t>(kArenaPages) * page_size.count};

  // From the first page to one past what is mapped or asked for, as far as it fits.
  Address last = surroundings.arena;
  for (const Mapping& mapping : space.mappings()) {
    if (mapping.begin < arena_end && mapping.end > last) last = std::min(mapping.end, arena_end);
  }
  if (end > last && end < arena_end) last = end;
  int64_t columns = static_cast<int64_t>((last - surroundings.arena).count / page_size.count) + 1;
  const bool cut = columns > kMaxColumns;
  columns = std::min(columns, kMaxColumns);

  const auto page_at = [&](int64_t column) {
    return surroundings.arena + Bytes{static_cast<uint64_t>(column) * page_size.count};
  };
  Table table;
  table.Row("page");
  for (int64_t i = 0; i < columns; ++i) table.Cell(absl::StrCat("p", i));
  if (cut) table.Cell("…");
  const auto row = [&](absl::string_view label, const auto& cell) {
    table.Row(label);
    for (int64_t i = 0; i < columns; ++i) {
      const Mapping* mapping = space.At(page_at(i));
      table.Cell(mapping == nullptr ? "." : cell(*mapping, page_at(i)));
    }
  };
  row("shows",
      [&](const Mapping& mapping, Address page) { return SourceOf(mapping, page, page_size); });
  row("is", [](const Mapping& mapping, Address) { return SharingOf(mapping); });
  row("lock", [](const Mapping& mapping, Address) { return LockOf(mapping); });
  table.Row("call");
  for (int64_t i = 0; i < columns; ++i) {
    const Address page = page_at(i);
    table.Cell(page + page_size > received.addr && page < end ? "==========" : "");
  }
  table.Row("walk");
  for (int64_t i = 0; i < columns; ++i) {
    std::string cell;
    for (const TraceStep& step : explanation.steps) {
      // The last step may speak about the whole range; a page shows what was said about it alone.
      const bool about = step.range.begin < page_at(i) + page_size && page_at(i) < step.range.end;
      if (!about || !cell.empty()) continue;
      cell = std::string(step.rule->id.substr(step.rule->id.find('.') + 1));
    }
    table.Cell(cell);
  }
  return table.Text();
}

std::string WalkText(const Surroundings& surroundings, const Explanation& explanation) {
  std::string text;
  int number = 0;
  for (const TraceStep& step : explanation.steps) {
    absl::StrAppendFormat(&text, "%2d. [%s, %s)  %s%s\n", ++number,
                          PlaceName(step.range.begin, surroundings),
                          PlaceName(step.range.end, surroundings), std::string(step.rule->id),
                          step.answer == Errno::kOk ? "" : "  -> " + ErrnoName(step.answer));
    absl::StrAppend(&text, "    ", step.rule->says, "\n");
    for (const std::string& place : CitationTexts(*step.rule)) {
      absl::StrAppend(&text, "      ", place, "\n");
    }
  }
  return text;
}

}  // namespace msyncspec
