// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PREDICTION_H_
#define MSYNCSPEC_MODEL_PREDICTION_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "model/address_space.h"
#include "model/errno.h"
#include "model/rule.h"
#include "model/units.h"

namespace msyncspec {

// How far a specification commits itself beyond the outcomes that it lists.
enum class Latitude : uint8_t {
  kDetermined,             // one of the listed outcomes, nothing else
  kSomeError,              // or an error; which one is not said
  kSilent,                 // or any other: the document does not speak of such a call
  kImplementationDefined,  // or any other, but the implementation has to document it
  kUnspecified,            // or any other: the document says that it does not say
  kUndefined,              // anything at all, a crash included
};

// The set of results that a profile allows a call. A kernel profile allows exactly one.
class Outcomes {
 public:
  constexpr Outcomes() = default;
  constexpr explicit Outcomes(Errno only) : count_(1), allowed_{only} {}
  constexpr explicit Outcomes(Latitude latitude) : latitude_(latitude) {}

  constexpr Latitude latitude() const { return latitude_; }
  constexpr size_t size() const { return count_; }
  constexpr Errno operator[](size_t i) const { return allowed_[i]; }

  // Adds `errno_value` to the set, which is kept in order; past kMax different ones the set says
  // nothing any more.
  constexpr void Add(Errno errno_value) {
    if (Lists(errno_value)) return;
    if (count_ == kMax) return Widen(Latitude::kUnspecified);
    size_t place = count_++;
    for (; place > 0 && errno_value < allowed_[place - 1]; --place) {
      allowed_[place] = allowed_[place - 1];
    }
    allowed_[place] = errno_value;
  }

  // Takes the wider of two latitudes.
  constexpr void Widen(Latitude latitude) { latitude_ = std::max(latitude_, latitude); }

  // Whether one result and no other is allowed.
  constexpr bool IsOnly(Errno errno_value) const {
    return latitude_ == Latitude::kDetermined && count_ == 1 && allowed_[0] == errno_value;
  }

  // Whether `errno_value` is named, rather than merely not excluded.
  constexpr bool Lists(Errno errno_value) const {
    for (size_t i = 0; i < count_; ++i) {
      if (allowed_[i] == errno_value) return true;
    }
    return false;
  }

  // Whether `observed` is a result that this set allows.
  constexpr bool Allow(Errno observed) const {
    if (Lists(observed)) return true;
    if (latitude_ == Latitude::kDetermined) return false;
    return latitude_ != Latitude::kSomeError || observed != Errno::kOk;
  }

  friend constexpr bool operator==(const Outcomes&, const Outcomes&) = default;

 private:
  static constexpr size_t kMax = 6;  // of msync's own errors no document lists more

  Latitude latitude_ = Latitude::kDetermined;
  uint8_t count_ = 0;
  std::array<Errno, kMax> allowed_{};
};

// Returns the word for a latitude: "silent", "unspecified" …; "" for kDetermined.
absl::string_view LatitudeName(Latitude latitude);

// Returns the latitude, other than kDetermined, of that name, or nothing.
std::optional<Latitude> LatitudeFromName(absl::string_view name);

// Returns what is allowed, parted by bars: "0", "EINVAL|ENOMEM", "EBUSY|unspecified".
std::string Text(const Outcomes& outcomes);

// What a call does about a range of a file.
enum class SyncKind : uint8_t {
  kDataOnly,     // asks the file to write the data and what reading them back needs (fdatasync)
  kFull,         // asks it to write all (fsync)
  kUpdated,      // brings it up to date before the call returns; how thoroughly is not said
  kScheduled,    // starts or schedules the writing and does not wait
  kMarkedDirty,  // tells the file which of its pages are modified, and starts nothing
  kInvalidated,  // makes other copies of it, in memory, show what is stored
};

// One range of one file about which a call does something.
struct SyncedRange {
  static constexpr Bytes kToEndOfFile = {std::numeric_limits<uint64_t>::max()};

  FileId file = kNoFile;
  Bytes begin, end;
  SyncKind kind = SyncKind::kDataOnly;
  Errno answer = Errno::kOk;
  // Whether the file itself was asked: not where writing its pages had failed before, and not where
  // its server is known to have no fsync.
  bool asked = true;

  friend constexpr bool operator==(const SyncedRange&, const SyncedRange&) = default;
};

// Is told of each file that a walk syncs, when its pages are written and its own fsync is asked but
// has not answered yet. The mappings are not locked then: what other threads do happens here.
// Returns whether it has changed the address space.
using Meanwhile = std::function<bool(const SyncedRange&)>;

// What a profile says of a call.
struct Prediction {
  Outcomes outcomes;
  const Rule* rule = nullptr;      // the one that decided the outcome; never null once predicted
  bool walked = false;             // whether any mapping was looked at: the arguments passed
  std::vector<SyncedRange> syncs;  // of named files, in the order in which they happen
};

// One step of the way to a prediction: `rule` spoke about `range`.
struct TraceStep {
  const Rule* rule = nullptr;
  AddressRange range;
  Errno answer = Errno::kOk;        // what the rule answered or remembered
  std::vector<SyncedRange> claims;  // what a document's clause says of files
};

// A prediction with the whole way that led to it.
struct Explanation {
  Prediction prediction;
  std::vector<TraceStep> steps;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PREDICTION_H_
