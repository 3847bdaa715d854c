#!/bin/bash
# SPDX-License-Identifier: MIT
# build.sh: builds the fuzz targets as OSS-Fuzz asks, from $SRC/msyncspec and $SRC/abseil.tar.gz in
# $WORK into $OUT, with $CC, $CXX, $CFLAGS, $CXXFLAGS and $LIB_FUZZING_ENGINE.
#
# Left out: effects_vs_model, which mounts a file server, and c_reproducer, which needs a compiler
# where it runs.
set -euo pipefail

source=$SRC/msyncspec
bytes=(native_vs_model walk_vs_pages profile_vs_profile text_roundtrip binary_total)
text=(text_parser)

mkdir -p "$WORK/abseil" "$WORK/build"
tar -xzf "$SRC/abseil.tar.gz" -C "$WORK/abseil" --strip-components=1

# What a newer compiler warns of is no reason not to fuzz.
cmake -S "$source" -B "$WORK/build" -G Ninja \
  -DCMAKE_BUILD_TYPE=None \
  -DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" \
  -DCMAKE_C_FLAGS="$CFLAGS" -DCMAKE_CXX_FLAGS="$CXXFLAGS" \
  -DMSYNCSPEC_TESTS=OFF -DMSYNCSPEC_WERROR=OFF \
  -DMSYNCSPEC_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" \
  -Dabsl_DIR="$source/scripts/oss-fuzz" -DMSYNCSPEC_ABSEIL_SOURCE="$WORK/abseil"
cmake --build "$WORK/build" --parallel "$(nproc)" --target "${bytes[@]}" "${text[@]}" seeds

# Puts the targets that take one form of input into $OUT, each with its seeds and options.
hand_over() {
  local form=$1 target
  shift
  rm -rf "$WORK/seeds/$form"
  mkdir -p "$WORK/seeds/$form"
  "$WORK/build/fuzz/seeds" "$form" "$WORK/seeds/$form"
  for target in "$@"; do
    cp "$WORK/build/fuzz/$target" "$OUT/"
    rm -f "$OUT/${target}_seed_corpus.zip"
    zip -q -j -r "$OUT/${target}_seed_corpus.zip" "$WORK/seeds/$form"
    cp "$source/scripts/oss-fuzz/$form.options" "$OUT/$target.options"
  done
}
hand_over bytes "${bytes[@]}"
hand_over text "${text[@]}"
cp "$source/fuzz/text.dict" "$OUT/text_parser.dict"
