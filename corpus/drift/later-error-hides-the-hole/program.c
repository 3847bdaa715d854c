/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
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

static void
map_ring(char *addr)
{
	unsigned long  ring;

	ring = 0;
	if (syscall(SYS_io_setup, 1, &ring) == -1)
		err(SKIP, "io_setup");
	if (mremap((void *) ring, page, page, MREMAP_MAYMOVE | MREMAP_FIXED,
	           addr) == MAP_FAILED)
		err(SKIP, "mremap");
}

int
main(void)
{
	char  *addr;

	page = sysconf(_SC_PAGESIZE);
	addr = map_anonymous(5);
	map_ring(addr + 3 * page);
	if (mlock(addr + page, page) == -1)
		err(SKIP, "mlock");
	for (size_t i = 0; i < 5; i += 2)
		if (munmap(addr + i * page, page) == -1)
			err(SKIP, "munmap");
	printf("page 1 is locked, page 3 is an AIO ring, "
	       "pages 0, 2 and 4 are not mapped\n");
	report("msync(page 0, 1 page, MS_INVALIDATE)",
	       outcome(addr, page, MS_INVALIDATE), "ENOMEM");
	report("msync(page 0, 2 pages, MS_INVALIDATE)",
	       outcome(addr, 2 * page, MS_INVALIDATE), "EBUSY");
	report("msync(page 2, 1 page, MS_SYNC)",
	       outcome(addr + 2 * page, page, MS_SYNC), "ENOMEM");
	report("msync(page 2, 3 pages, MS_SYNC)",
	       outcome(addr + 2 * page, 3 * page, MS_SYNC), "EINVAL");
	report("msync(page 2, 3 pages, MS_ASYNC)",
	       outcome(addr + 2 * page, 3 * page, MS_ASYNC), "ENOMEM");
	exit(status);
}
