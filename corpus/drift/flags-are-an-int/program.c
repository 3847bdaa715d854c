/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SKIP  4

static int     status = EXIT_SUCCESS;
static size_t  page;

static const char *
raw(void *addr, uint64_t flags)
{
	if (syscall(SYS_msync, addr, page, (long) flags) == 0)
		return "0";
	return errno == EINVAL ? "EINVAL" : "another error";
}

static void
report(const char *what, const char *got, const char *expected)
{
	printf("%s: %s\n", what, got);
	if (strcmp(got, expected) != 0)
		status = EXIT_FAILURE;
}

static char *
map_anonymous(size_t pages)
{
	char  *addr;

	addr = mmap(NULL, pages * page, PROT_READ | PROT_WRITE,
	            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	return addr;
}

int
main(void)
{
	char  *addr;

	page = sysconf(_SC_PAGESIZE);
	if (sizeof(long) < sizeof(uint64_t))
		errx(SKIP, "not a 64-bit program");
	addr = map_anonymous(1);
	report("flags 0x000000000004", raw(addr, 0x000000000004), "0");
	report("flags 0x000100000004", raw(addr, 0x000100000004), "0");
	report("flags 0xffff00000000", raw(addr, 0xffff00000000), "0");
	report("flags 0x000080000004", raw(addr, 0x000080000004), "EINVAL");
	report("flags 0x000000000008", raw(addr, 0x000000000008), "EINVAL");
	exit(status);
}
