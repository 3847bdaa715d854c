// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_LAYOUT_RULES_H_
#define MSYNCSPEC_MODEL_LAYOUT_RULES_H_

#include "model/rule.h"

// What the fields of LayoutBehaviour, and those of WalkBehaviour that no single call shows, say.
namespace msyncspec::layout_rules {

inline constexpr Rule kRemapMovesSeveral = {
    .id = "mremap.moves_several",
    .says = "mremap to a fixed address without a change of length moves several mappings at once.",
    .cites = {{{"linux-history", "6.17 mremap", "moves several mappings and the holes"}}}};

inline constexpr Rule kRemapOrder = {
    .id = "mremap.order",
    .says = "The order in which mremap to a fixed address finds its errors and clears the way.",
    .cites = {{{"linux-history", "5.16 remap order", "looks whether anything is mapped"}}}};

inline constexpr Rule kLockOnFaultNeedsAccess = {
    .id = "mlock2.on_fault_needs_access",
    .says = "mlock2(MLOCK_ONFAULT) fails over memory without access.",
    .cites = {{{"linux-history", "5.18 lock on fault", "succeeds over memory without access"}}}};

inline constexpr Rule kErrorReport = {
    .id = "errors.reported_once",
    .says =
        "Whether a writeback error that nobody has heard of is reported to each open file, or "
        "to the first that asks.",
    .cites = {{{"linux-history", "4.13 errors", "once to each open file"}}}};

inline constexpr Rule kAsyncAtHole = {
    .id = "hole.async_goes_on",
    .says = "Whether MS_ASYNC alone stops at a hole.",
    .cites = {{{"linux-history", "5.11 MS_ASYNC", "stops at the first hole"}}}};

}  // namespace msyncspec::layout_rules

#endif  // MSYNCSPEC_MODEL_LAYOUT_RULES_H_
