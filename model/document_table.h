// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_DOCUMENT_TABLE_H_
#define MSYNCSPEC_MODEL_DOCUMENT_TABLE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "model/drawn_layout.h"

namespace msyncspec {

// One call and what a document says of it.
struct DocumentRow {
  const char* claim;
  const char* pages = "ss";  // as Draw has them
  uint64_t flags = kSync;
  uint64_t from = 0;               // bytes behind kFirstPage
  std::optional<uint64_t> length;  // in bytes; else as long as `pages`
  const char* outcomes = "0";      // as Text(Outcomes) has them
  const char* by = nullptr;        // the rule that decides, where one alone does
  const char* effects = "";        // "updated 0-2, invalidated 0-2", in pages of the file
};

// Returns a line for each row of which the profile of that name does not say so.
std::vector<std::string> Misreadings(absl::string_view profile, std::span<const DocumentRow> rows);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_DOCUMENT_TABLE_H_
