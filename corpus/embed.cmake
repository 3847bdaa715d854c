# SPDX-License-Identifier: MIT
# Writes OUTPUT, the source file that defines CorpusFiles(), from FILES: paths below SOURCE.
set(rows "")
foreach(path IN LISTS FILES)
  file(READ "${SOURCE}/${path}" text)
  string(APPEND rows "    {\"${path}\", R\"msync(${text})msync\"},\n")
endforeach()
file(
  WRITE "${OUTPUT}"
  "// Made by corpus/embed.cmake from the files of the corpus.
#include \"corpus/corpus.h\"

namespace msyncspec {

std::span<const CorpusFile> CorpusFiles() {
  static constexpr CorpusFile kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace msyncspec
")
