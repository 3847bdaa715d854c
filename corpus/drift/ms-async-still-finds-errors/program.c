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
	char  *addr;

	page = sysconf(_SC_PAGESIZE);
	addr = map_anonymous(3);
	if (munmap(addr + page, page) == -1)
		err(SKIP, "munmap");
	if (mlock(addr + 2 * page, page) == -1)
		err(SKIP, "mlock");
	printf("page 0 mapped, page 1 not mapped, page 2 mapped and locked\n");
	report("msync(page 0, 1 page, MS_ASYNC)",
	       outcome(addr, page, MS_ASYNC), "0");
	report("msync(page 0, 3 pages, MS_ASYNC)",
	       outcome(addr, 3 * page, MS_ASYNC), "ENOMEM");
	report("msync(page 0, 3 pages, MS_ASYNC | MS_INVALIDATE)",
	       outcome(addr, 3 * page, MS_ASYNC | MS_INVALIDATE), "EBUSY");
	report("msync(page 0 + 1 byte, 1 page, MS_ASYNC)",
	       outcome(addr + 1, page, MS_ASYNC), "EINVAL");
	exit(status);
}
