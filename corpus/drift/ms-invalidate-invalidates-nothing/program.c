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
map_file(int fd, int flags)
{
	char  *addr;

	addr = mmap(NULL, page, PROT_READ | PROT_WRITE, flags, fd, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	return addr;
}

int
main(void)
{
	int   fd;
	char  *writer, *reader, *copy;

	page = sysconf(_SC_PAGESIZE);
	fd = memfd_create("file", 0);
	if (fd == -1)
		err(SKIP, "memfd_create");
	if (ftruncate(fd, page) == -1)
		err(SKIP, "ftruncate");
	writer = map_file(fd, MAP_SHARED);
	reader = map_file(fd, MAP_SHARED);
	copy = map_file(fd, MAP_PRIVATE);
	strcpy(copy, "copy");
	strcpy(writer, "fresh");
	report("another shared mapping, before any msync()", reader, "fresh");
	report("a private copy, before any msync()", copy, "copy");
	report("msync(writer, 1 page, MS_SYNC | MS_INVALIDATE)",
	       outcome(writer, page, MS_SYNC | MS_INVALIDATE), "0");
	report("the private copy afterwards", copy, "copy");
	report("msync(copy, 1 page, MS_SYNC | MS_INVALIDATE)",
	       outcome(copy, page, MS_SYNC | MS_INVALIDATE), "0");
	report("the private copy afterwards", copy, "copy");
	if (mlock(reader, page) == -1)
		err(SKIP, "mlock");
	printf("the other shared mapping is locked\n");
	report("msync(writer, 1 page, MS_INVALIDATE)",
	       outcome(writer, page, MS_INVALIDATE), "0");
	report("msync(reader, 1 page, MS_INVALIDATE)",
	       outcome(reader, page, MS_INVALIDATE), "EBUSY");
	exit(status);
}
