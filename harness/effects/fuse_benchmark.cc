// SPDX-License-Identifier: MIT
//
// What one msync with MS_SYNC costs through the FUSE server, the reading of its log included:
// client and server on one processor, where neither has to wake the other up from idleness.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "harness/effects/fuse_server.h"

namespace msyncspec {
namespace {

void StayOnThisProcessor() {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(static_cast<unsigned>(sched_getcpu()), &here);
  sched_setaffinity(0, sizeof(here), &here);
}

enum class Page { kClean, kDirty };

void SyncOnePage(benchmark::State& state, Page page) {
  const auto length = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const FuseFile file{.size = {length}};
  const auto server = FuseServer::Start({}, {&file, 1}).value();
  const OpenedFile opened = server->Open(0, O_RDWR).value();
  auto* const bytes = static_cast<volatile uint8_t*>(
      mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, opened.descriptor(), 0));
  for (auto _ : state) {
    if (page == Page::kDirty) bytes[0] = 1;
    const uint64_t before = server->requests();
    const int result = msync(const_cast<uint8_t*>(bytes), length, MS_SYNC);
    if (result != 0 || server->requests() == before) state.SkipWithError("no FSYNC arrived");
    benchmark::DoNotOptimize(server->request(before));
  }
  state.SetItemsProcessed(state.iterations());
  munmap(const_cast<uint8_t*>(bytes), length);
}

BENCHMARK_CAPTURE(SyncOnePage, clean, Page::kClean)->UseRealTime();
BENCHMARK_CAPTURE(SyncOnePage, dirty, Page::kDirty)->UseRealTime();

}  // namespace
}  // namespace msyncspec

int main(int argc, char** argv) {
  if (const absl::Status status = msyncspec::FuseServer::Start({}, {}).status(); !status.ok()) {
    fprintf(stderr, "no FUSE server can be had here: %s\n", std::string(status.message()).c_str());
    return 4;
  }
  msyncspec::StayOnThisProcessor();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
