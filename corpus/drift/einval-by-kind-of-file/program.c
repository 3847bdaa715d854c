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

#ifndef SYS_memfd_secret
#define SYS_memfd_secret  447
#endif

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
	int   fd;
	char  *addr;

	page = sysconf(_SC_PAGESIZE);
	addr = map_anonymous(1);
	map_ring(addr);
	report("msync(AIO ring, 1 page, MS_SYNC)",
	       outcome(addr, page, MS_SYNC), "EINVAL");
	report("msync(AIO ring, 1 page, MS_ASYNC)",
	       outcome(addr, page, MS_ASYNC), "0");
	report("msync(AIO ring, 1 page, MS_INVALIDATE)",
	       outcome(addr, page, MS_INVALIDATE), "0");
	report("msync(AIO ring, 1 page, 0)", outcome(addr, page, 0), "0");
	fd = syscall(SYS_memfd_secret, 0);
	if (fd == -1)
		err(SKIP, "memfd_secret");
	if (ftruncate(fd, page) == -1)
		err(SKIP, "ftruncate");
	addr = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	report("msync(secret memory, 1 page, MS_SYNC)",
	       outcome(addr, page, MS_SYNC), "EINVAL");
	report("msync(secret memory, 1 page, MS_ASYNC)",
	       outcome(addr, page, MS_ASYNC), "0");
	exit(status);
}
