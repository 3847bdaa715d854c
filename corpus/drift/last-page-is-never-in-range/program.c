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
	char    *addr;
	size_t  rest;

	page = sysconf(_SC_PAGESIZE);
	if (sizeof(void *) < sizeof(uint64_t))
		errx(SKIP, "not a 64-bit program");
	addr = map_anonymous(1);
	if (mlock(addr, page) == -1)
		err(SKIP, "mlock");
	rest = -(uintptr_t) addr;
	printf("addr is mapped and locked\n");
	report("msync(addr, to the end of the address space, MS_INVALIDATE)",
	       outcome(addr, rest, MS_INVALIDATE), "ENOMEM");
	report("msync(addr, one page less, MS_INVALIDATE)",
	       outcome(addr, rest - page, MS_INVALIDATE), "EBUSY");
	exit(status);
}
