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

static const char *
lock(void *addr, size_t length)
{
	if (mlock(addr, length) == 0)
		return "0";
	return errno == ENOMEM ? "ENOMEM" : "another error";
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
	char  *addr, *none;

	page = sysconf(_SC_PAGESIZE);
	addr = map_anonymous(3);
	none = map_anonymous(1);
	if (munmap(addr + page, page) == -1)
		err(SKIP, "munmap");
	if (mprotect(none, page, PROT_NONE) == -1)
		err(SKIP, "mprotect");
	report("mlock(memory with PROT_NONE)", lock(none, page), "ENOMEM");
	report("msync(memory with PROT_NONE, 1 page, MS_INVALIDATE)",
	       outcome(none, page, MS_INVALIDATE), "EBUSY");
	printf("pages 0 and 2 are mapped, page 1 is not\n");
	report("mlock(page 0, 3 pages)", lock(addr, 3 * page), "ENOMEM");
	report("msync(page 0, 1 page, MS_INVALIDATE)",
	       outcome(addr, page, MS_INVALIDATE), "EBUSY");
	report("msync(page 2, 1 page, MS_INVALIDATE)",
	       outcome(addr + 2 * page, page, MS_INVALIDATE), "0");
	exit(status);
}
