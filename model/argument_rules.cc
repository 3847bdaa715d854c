// SPDX-License-Identifier: MIT
#include "model/argument_rules.h"

#include <array>

namespace msyncspec {
namespace {

constexpr ArgumentRule kUnknownFlag = {
    .rule = {.id = "flags.unknown",
             .says = "A bit other than the three known ones is set in flags.",
             .cites = {{{"man-pages-3.53", "ERRORS EINVAL",
                         "any bit other than MS_ASYNC | MS_INVALIDATE | MS_SYNC is set in flags"},
                        {"linux", "arguments.order", "an unknown flag bit is looked for first"},
                        {"linux", "arguments.flags_int", "flags is an int of 32 bits"}}}},
    .when = [](const Call& call,
               const Machine& machine) { return call.flags.UnknownBits(machine.flags) != 0; },
    .then = Errno::kEINVAL};

constexpr ArgumentRule kUnalignedAddress = {
    .rule = {.id = "address.unaligned",
             .says = "addr is not a multiple of the page size.",
             .cites = {{{"man-pages-3.53", "ERRORS EINVAL", "addr is not a multiple of PAGESIZE"},
                        {"linux", "arguments.order", "then a misaligned address"}}}},
    .when = [](const Call& call,
               const Machine& machine) { return !machine.IsPageAligned(call.addr); },
    .then = Errno::kEINVAL};

constexpr ArgumentRule kAsyncAndSync = {
    .rule = {.id = "flags.async_and_sync",
             .says = "MS_ASYNC and MS_SYNC are both set.",
             .cites = {{{"man-pages-3.53", "ERRORS EINVAL",
                         "both MS_SYNC and MS_ASYNC are set in flags"},
                        {"linux", "arguments.order", "then MS_ASYNC together with MS_SYNC"}}}},
    .when =
        [](const Call& call, const Machine& machine) {
          return call.flags.Has(machine.flags.async) && call.flags.Has(machine.flags.sync);
        },
    .then = Errno::kEINVAL};

constexpr ArgumentRule kWrappingRange = {
    .rule = {.id = "range.wraps",
             .says = "The range, its length rounded up to pages, reaches or passes the end of the "
                     "address space.",
             .cites = {{{"linux", "arguments.wrap", "an end below the start is ENOMEM"},
                        {"linux", "arguments.end_of_space", "ends exactly at the end"}}}},
    .when =
        [](const Call& call, const Machine& machine) {
          return machine.Add(call.addr, machine.RoundUpToPages(call.length)) < call.addr;
        },
    .then = Errno::kENOMEM};

constexpr ArgumentRule kEmptyRange = {
    .rule = {.id = "range.empty",
             .says = "The length rounds up to no page at all: length 0, or one so large that "
                     "rounding wraps; whatever addr points at, the call succeeds.",
             .cites = {{{"linux", "arguments.empty", "succeeds without a look at the mappings"},
                        {"linux", "arguments.rounding", "rounds up to 0"}}}},
    .when = [](const Call& call,
               const Machine& machine) { return machine.RoundUpToPages(call.length) == Bytes{0}; },
    .then = Errno::kOk};

constexpr std::array kLinux = {kUnknownFlag, kUnalignedAddress, kAsyncAndSync, kWrappingRange,
                               kEmptyRange};

}  // namespace

std::span<const ArgumentRule> LinuxArgumentRules() { return kLinux; }

}  // namespace msyncspec
