// SPDX-License-Identifier: MIT
#include "model/prediction.h"

#include "absl/strings/str_cat.h"

namespace msyncspec {

absl::string_view LatitudeName(Latitude latitude) {
  switch (latitude) {
    case Latitude::kDetermined:
      return "";
    case Latitude::kSomeError:
      return "some-error";
    case Latitude::kSilent:
      return "silent";
    case Latitude::kImplementationDefined:
      return "implementation-defined";
    case Latitude::kUnspecified:
      return "unspecified";
    case Latitude::kUndefined:
      return "undefined";
  }
  return "";
}

std::optional<Latitude> LatitudeFromName(absl::string_view name) {
  for (const Latitude latitude :
       {Latitude::kSomeError, Latitude::kSilent, Latitude::kImplementationDefined,
        Latitude::kUnspecified, Latitude::kUndefined}) {
    if (LatitudeName(latitude) == name) return latitude;
  }
  return std::nullopt;
}

std::string Text(const Outcomes& outcomes) {
  std::string text;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : "|", ErrnoName(outcomes[i]));
  }
  const absl::string_view latitude = LatitudeName(outcomes.latitude());
  if (latitude.empty()) return text;
  return absl::StrCat(text, text.empty() ? "" : "|", latitude);
}

}  // namespace msyncspec
