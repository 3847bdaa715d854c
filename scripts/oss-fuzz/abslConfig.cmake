# SPDX-License-Identifier: MIT
#
# What find_package(absl) finds where absl_DIR names this folder: Abseil's own source, in
# MSYNCSPEC_ABSEIL_SOURCE, of which only what is linked is built, with the flags of this build. So it
# has the same instrumentation, and the same C++ library, as what uses it.
set(ABSL_PROPAGATE_CXX_STD ON)
add_subdirectory("${MSYNCSPEC_ABSEIL_SOURCE}" abseil EXCLUDE_FROM_ALL SYSTEM)
