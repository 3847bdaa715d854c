/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SKIP  4

static int     status = EXIT_SUCCESS;
static size_t  page;

static const char *
outcome(void *addr, size_t length, int flags)
{
	if (msync(addr, length, flags) == 0)
		return "0";
	switch (errno) {
	case EBUSY:
		return "EBUSY";
	case EINVAL:
		return "EINVAL";
	case EIO:
		return "EIO";
	case ENOMEM:
		return "ENOMEM";
	default:
		return "another error";
	}
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
	char    *addr;
	size_t  wrapping;

	page = sysconf(_SC_PAGESIZE);
	wrapping = -2 * page;
	addr = map_anonymous(2);
	if (mlock(addr, page) == -1)
		err(SKIP, "mlock");
	if (munmap(addr + page, page) == -1)
		err(SKIP, "munmap");
	printf("page 0 mapped and locked, page 1 not mapped\n");
	report("unaligned, length 0", outcome(addr + 1, 0, MS_SYNC),
	       "EINVAL");
	report("unknown flag, length 0", outcome(addr, 0, 0x8), "EINVAL");
	report("MS_SYNC | MS_ASYNC, length 0",
	       outcome(addr, 0, MS_SYNC | MS_ASYNC), "EINVAL");
	report("unaligned, range wraps",
	       outcome(addr + 1, wrapping, MS_SYNC), "EINVAL");
	report("unknown flag, range wraps", outcome(addr, wrapping, 0x8),
	       "EINVAL");
	report("MS_SYNC | MS_ASYNC, range wraps",
	       outcome(addr, wrapping, MS_SYNC | MS_ASYNC), "EINVAL");
	report("unaligned, not mapped",
	       outcome(addr + page + 1, 1, MS_SYNC), "EINVAL");
	report("unknown flag, not mapped", outcome(addr + page, 1, 0x8),
	       "EINVAL");
	report("MS_INVALIDATE of locked memory, range wraps",
	       outcome(addr, wrapping, MS_INVALIDATE), "ENOMEM");
	report("MS_INVALIDATE of locked memory, then not mapped",
	       outcome(addr, 2 * page, MS_INVALIDATE), "EBUSY");
	exit(status);
}
