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
map_memory(int flags)
{
	char  *addr;

	addr = mmap(NULL, page, PROT_READ | PROT_WRITE,
	            flags | MAP_ANONYMOUS, -1, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	strcpy(addr, "fresh");
	return addr;
}

int
main(void)
{
	char  *private, *shared;

	page = sysconf(_SC_PAGESIZE);
	private = map_memory(MAP_PRIVATE);
	shared = map_memory(MAP_SHARED);
	report("msync(private anonymous memory, 1 page, MS_SYNC)",
	       outcome(private, page, MS_SYNC), "0");
	report("it has", private, "fresh");
	report("msync(shared anonymous memory, 1 page, MS_SYNC)",
	       outcome(shared, page, MS_SYNC), "0");
	report("it has", shared, "fresh");
	exit(status);
}
