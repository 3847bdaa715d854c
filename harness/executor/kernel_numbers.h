// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_NUMBERS_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_NUMBERS_H_

// Numbers of the kernel's interface that are newer than the headers of many systems. They are the
// same on every architecture on which this program has its own system calls.
namespace msyncspec {

inline constexpr int kMapDroppableFlag = 0x08;        // MAP_DROPPABLE, Linux 6.11
inline constexpr int kMremapDontUnmapFlag = 4;        // MREMAP_DONTUNMAP, Linux 5.7
inline constexpr int kMadvGuardInstall = 102;         // MADV_GUARD_INSTALL, Linux 6.13
inline constexpr int kMadvGuardRemove = 103;          // MADV_GUARD_REMOVE, Linux 6.13
inline constexpr int kUserfaultUserModeOnlyFlag = 1;  // UFFD_USER_MODE_ONLY, Linux 5.11
inline constexpr long kMsealNumber = 462;             // mseal, Linux 6.10

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_NUMBERS_H_
