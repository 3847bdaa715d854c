// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_EFFECTS_LOG_H_
#define MSYNCSPEC_HARNESS_EFFECTS_EFFECTS_LOG_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/effects/file_times.h"
#include "harness/effects/page_state.h"
#include "harness/effects/served_files.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// What the process that makes the calls sees, in memory that survives it.
struct EffectsLog {
  struct Page {
    uint16_t action = 0;
    uint16_t page = 0;
    FileId file = 0;
    PageState state = PageState::kUnobservable;
    bool beneath_is_known = false;
    uint8_t beneath = 0;
  };
  struct Times {
    uint16_t action = 0;
    FileId file = 0;
    Movements moved;
  };
  // How many requests had reached the servers before and after an action.
  struct Requests {
    bool is_known = false;
    ServedFiles::Counts before{}, after{};
  };

  static constexpr size_t kMaxPages = size_t{1} << 15;

  std::array<Requests, kMaxActions> requests{};
  std::array<Page, kMaxPages> pages{};
  size_t page_count = 0;
  std::array<Times, kMaxActions * kMaxFiles> times{};  // room for every file at every action
  size_t times_count = 0;
  bool is_full = false;  // whether there was more to see than there is room for
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_EFFECTS_LOG_H_
