#!/bin/bash
# SPDX-License-Identifier: MIT
exec "$SRC/msyncspec/scripts/oss-fuzz/build.sh"
