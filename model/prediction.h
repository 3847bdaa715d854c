// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PREDICTION_H_
#define MSYNCSPEC_MODEL_PREDICTION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "model/address_space.h"
#include "model/errno.h"
#include "model/rule.h"
#include "model/units.h"

namespace msyncspec {

// How far a specification commits itself beyond the outcomes that it lists.
enum class Latitude : uint8_t {
  kDetermined,             // one of the listed outcomes, nothing else
  kSomeError,              // an error; which one is not said
  kUnspecified,            // any outcome; the document says that it does not say
  kUndefined,              // any outcome at all, a crash included
  kImplementationDefined,  // any outcome, but the implementation has to document it
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

  // Whether `observed` is a result that this set allows.
  constexpr bool Allow(Errno observed) const {
    for (size_t i = 0; i < count_; ++i) {
      if (allowed_[i] == observed) return true;
    }
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

// What a sync writes: the data and what is needed to read them back (fdatasync), or all (fsync).
enum class SyncDetail : uint8_t { kDataOnly, kFull };

// One range of one file for which its fsync operation is called.
struct FsyncRequest {
  static constexpr Bytes kToEndOfFile = {std::numeric_limits<uint64_t>::max()};

  FileId file = kNoFile;
  Bytes begin, end;
  SyncDetail detail = SyncDetail::kDataOnly;
  Errno answer = Errno::kOk;

  friend constexpr bool operator==(const FsyncRequest&, const FsyncRequest&) = default;
};

// What a profile says of a call.
struct Prediction {
  Outcomes outcomes;
  const Rule* rule = nullptr;        // the one that decided the outcome
  bool walked = false;               // whether any mapping was looked at: the arguments passed
  std::vector<FsyncRequest> fsyncs;  // of named files, in the order in which they happen
};

// One step of the way to a prediction: `rule` spoke about `range`.
struct TraceStep {
  const Rule* rule = nullptr;
  AddressRange range;
  Errno answer = Errno::kOk;  // what the rule answered or remembered
};

// A prediction with the whole way that led to it.
struct Explanation {
  Prediction prediction;
  std::vector<TraceStep> steps;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PREDICTION_H_
