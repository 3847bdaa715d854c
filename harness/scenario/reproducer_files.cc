// SPDX-License-Identifier: MIT
#include "harness/scenario/reproducer_files.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/reproducer_lines.h"
#include "harness/scenario/text_file.h"

namespace msyncspec {
namespace {

// The function of the program that makes a file, and what it is given.
struct Maker {
  absl::string_view function;
  std::vector<std::string> arguments;
};

std::string SizeInC(const File& file) { return LengthInC({.pages = file.pages}, {}); }

std::string ModeInC(const File& file) {
  return file.descriptor == Descriptor::kReadOnly ? "O_RDONLY" : "O_RDWR";
}

Maker Elsewhere(const File& file) { return {"elsewhere", {Quoted(FactsOf(file.backing).about)}}; }

Maker DerivedMaker(const File& file) {
  if (file.origin == Origin::kDup) {
    return {"made", {absl::StrCat("dup(", FileName(file.of), ")"), Quoted("dup")}};
  }
  return {"open_again", {FileName(file.of), ModeInC(file)}};
}

Maker MakerOf(const File& file, size_t number) {
  if (file.origin != Origin::kNew) return DerivedMaker(file);
  const std::string size = SizeInC(file);
  const std::string mode = ModeInC(file);
  switch (file.backing) {
    case Backing::kFuse:
      return {"served_file", {absl::StrCat(number), absl::StrCat(ConnectionOf(file)), mode}};
    case Backing::kMemfd:
      return {"memory_file", {size, mode}};
    case Backing::kTmpfs:
      return {"unnamed_file", {"find_folder(1)", size, mode}};
    case Backing::kDisk:
      return {"unnamed_file", {"find_folder(0)", size, mode}};
    case Backing::kDeleted:
      return {"deleted_file", {"find_folder(0)", size, mode}};
    case Backing::kDevZero:
      return {"made", {absl::StrCat("open(\"/dev/zero\", ", mode, ")"), Quoted("/dev/zero")}};
    case Backing::kShm:
      return {"segment", {size}};
    case Backing::kSecret:
      return {"secret_file", {size}};
    case Backing::kIoUring:
      return {"io_uring", {size}};
    case Backing::kBpfArray:
      return {"bpf_array", {size}};
    case Backing::kPerf:
      return {"perf_event", {}};
    case Backing::kSealed:
      return {"sealed_file", {size, mode, "F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL"}};
    case Backing::kSealedWrite:
      return {"sealed_file", {size, mode, "F_SEAL_WRITE"}};
    case Backing::kHugetlb:
      return {"huge_file", {size, mode}};
    case Backing::kAio:
      return {"aio_ring", {size}};
    case Backing::kPacket:
      return {"packet_ring", {absl::StrCat(file.pages)}};
    case Backing::kVdso:
      return {"own_mapping", {Quoted("[vdso]"), size}};
    case Backing::kVvar:
      return {"own_mapping", {Quoted("[vvar]"), size}};
    case Backing::kExt4:
    case Backing::kXfs:
    case Backing::kBtrfs:
    case Backing::kOverlay:
    case Backing::kBlock:
    case Backing::kFull:
    case Backing::kDax:
      break;
  }
  return Elsewhere(file);
}

// Returns a declaration of those of `files` that are held as `held`, or nothing.
std::string Declaration(std::span<const File> files, bool mappings, absl::string_view prefix) {
  std::vector<std::string> names;
  for (size_t i = 0; i < files.size(); ++i) {
    const bool is_mapping = HowHeld(files[i]) == HeldAs::kMapping;
    if (is_mapping != mappings) continue;
    names.push_back(absl::StrCat(mappings ? "*" : "", FileName(static_cast<FileId>(i))));
  }
  if (names.empty()) return "";
  return absl::StrCat(prefix, mappings ? "char " : "int ", absl::StrJoin(names, ", "), ";\n");
}

bool IsServed(const File& file) {
  return file.backing == Backing::kFuse && file.origin == Origin::kNew;
}

std::string FaultInC(absl::string_view field, const Fault& fault) {
  if (fault.error == Errno::kOk) return "";
  return absl::StrCat("\t\t.", field, " = { ", ErrnoInC(fault.error), ", ", fault.begin_page, ", ",
                      fault.end_page, ", ", fault.times == 0 ? -1 : fault.times, " },\n");
}

// Whether the program names `file` again when it is made.
bool IsUsed(const Scenario& scenario, FileId file) {
  const std::vector<File>& files = scenario.files;
  const bool is_descriptor = HowHeld(files[static_cast<size_t>(file)]) == HeldAs::kDescriptor;
  return std::any_of(files.begin(), files.end(),
                     [file](const File& other) { return other.of == file; }) ||
         std::any_of(scenario.actions.begin(), scenario.actions.end(), [&](const Action& action) {
           const Step* step = std::get_if<Step>(&action);
           return step != nullptr && step->file == file &&
                  (is_descriptor || step->kind == StepKind::kMap);
         });
}

}  // namespace

HeldAs HowHeld(const File& file) {
  if (file.backing == Backing::kShm) return HeldAs::kSegment;
  return FactsOf(file.backing).arrival == Arrival::kMoved ? HeldAs::kMapping : HeldAs::kDescriptor;
}

std::string ServedTable(std::span<const File> files) {
  if (std::none_of(files.begin(), files.end(), IsServed)) return "";
  std::string text = "static struct served served[] = {\n";
  for (size_t i = 0; i < files.size(); ++i) {
    if (!IsServed(files[i])) continue;
    absl::StrAppend(&text, "\t[", i, "] = {\n\t\t.pages = ", files[i].pages, ",\n");
    if (ConnectionOf(files[i]) != 0) {
      absl::StrAppend(&text, "\t\t.connection = ", ConnectionOf(files[i]), ",\n");
    }
    if (files[i].cache == ServerCache::kWriteback) absl::StrAppend(&text, "\t\t.writeback = 1,\n");
    if (files[i].interrupts == Interrupts::kAnswered) {
      absl::StrAppend(&text, "\t\t.interruptible = 1,\n");
    }
    absl::StrAppend(&text, FaultInC("fsync", files[i].fsync), FaultInC("write", files[i].write),
                    "\t},\n");
  }
  return absl::StrCat(text, "};\n\n");
}

std::string FileDeclarations(std::span<const File> files, absl::string_view prefix) {
  return absl::StrCat(Declaration(files, /*mappings=*/true, prefix),
                      Declaration(files, /*mappings=*/false, prefix));
}

std::string FileStatements(const Scenario& scenario) {
  const std::vector<File>& files = scenario.files;
  std::string text;
  if (HasMeanwhile(scenario)) absl::StrAppend(&text, "\topen_gate();\n");
  if (std::any_of(files.begin(), files.end(), IsServed)) {
    absl::StrAppend(&text, "\tstart_servers(served, sizeof(served) / sizeof(served[0]));\n");
  }
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string name = FileName(static_cast<FileId>(i));
    const Maker maker = MakerOf(files[i], i);
    const std::string about = absl::StrCat("file ", name, " ", PrintFile(files[i]));
    absl::StrAppend(
        &text, Statement("begin(", {Quoted(about)}, ");"),
        Statement(absl::StrCat(name, " = ", maker.function, "("), maker.arguments, ");"));
    if (!IsUsed(scenario, static_cast<FileId>(i))) absl::StrAppend(&text, "\t(void)", name, ";\n");
  }
  return text;
}

}  // namespace msyncspec
