/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdint.h>
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
	char  *addr;

	page = sysconf(_SC_PAGESIZE);
	if (sizeof(void *) < sizeof(uint64_t))
		errx(SKIP, "not a 64-bit program");
	addr = map_anonymous(2);
	if (mlock(addr, page) == -1)
		err(SKIP, "mlock");
	if (munmap(addr + page, page) == -1)
		err(SKIP, "munmap");
	report("msync(addr, SIZE_MAX, MS_SYNC) in unmapped memory",
	       outcome(addr + page, SIZE_MAX, MS_SYNC), "0");
	report("msync(addr, SIZE_MAX, MS_INVALIDATE) in locked memory",
	       outcome(addr, SIZE_MAX, MS_INVALIDATE), "0");
	report("msync(addr, 1 page, MS_INVALIDATE) in locked memory",
	       outcome(addr, page, MS_INVALIDATE), "EBUSY");
	report("msync(addr, SIZE_MAX - 1 page + 2, MS_SYNC)",
	       outcome(addr, SIZE_MAX - page + 2, MS_SYNC), "0");
	report("msync(addr, SIZE_MAX - 1 page + 1, MS_SYNC)",
	       outcome(addr, SIZE_MAX - page + 1, MS_SYNC), "ENOMEM");
	exit(status);
}
