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
	addr = map_anonymous(3);
	if (mlock(addr, page) == -1)
		err(SKIP, "mlock");
	map_ring(addr + page);
	if (mlock(addr + 2 * page, page) == -1)
		err(SKIP, "mlock");
	printf("pages 0 and 2 are locked, page 1 is an AIO ring\n");
	report("msync(page 1, 2 pages, MS_SYNC | MS_INVALIDATE)",
	       outcome(addr + page, 2 * page, MS_SYNC | MS_INVALIDATE),
	       "EINVAL");
	report("msync(page 1, 2 pages, MS_INVALIDATE)",
	       outcome(addr + page, 2 * page, MS_INVALIDATE), "EBUSY");
	report("msync(page 0, 2 pages, MS_SYNC | MS_INVALIDATE)",
	       outcome(addr, 2 * page, MS_SYNC | MS_INVALIDATE), "EBUSY");
	exit(status);
}
