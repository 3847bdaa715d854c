/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SKIP       4
#define MAX_PAGES  16

#ifndef SYS_cachestat
#define SYS_cachestat  451
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

static const char *
dirty(int fd, size_t pages)
{
	static char  seen[MAX_PAGES + 1];
	uint64_t     range[2], counts[5];

	for (size_t i = 0; i < pages; i++) {
		range[0] = i * page;
		range[1] = page;
		if (syscall(SYS_cachestat, fd, range, counts, 0) == -1)
			err(SKIP, "cachestat");
		seen[i] = counts[1] != 0 ? 'D' : '-';
	}
	seen[pages] = '\0';
	return seen;
}

static char *
map_dirty(int fd, size_t pages)
{
	char  *addr;

	if (ftruncate(fd, pages * page) == -1)
		err(SKIP, "ftruncate");
	addr = mmap(NULL, pages * page, PROT_READ | PROT_WRITE, MAP_SHARED,
	            fd, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	if (madvise(addr, pages * page, MADV_RANDOM) == -1)
		err(SKIP, "madvise");
	for (size_t i = 0; i < pages; i++)
		addr[i * page] = 1;
	if (strchr(dirty(fd, pages), '-') != NULL)
		errx(SKIP, "pages of files here do not show as dirty");
	return addr;
}

static int
open_file(void)
{
	int  fd;

	fd = open(".", O_TMPFILE | O_RDWR, 0600);
	if (fd == -1)
		err(SKIP, "open with O_TMPFILE");
	return fd;
}

int
main(void)
{
	int   fd;
	char  *addr;

	page = sysconf(_SC_PAGESIZE);
	fd = open_file();
	addr = map_dirty(fd, 4);
	report("4 pages, D where dirty", dirty(fd, 4), "DDDD");
	report("msync(addr, 1 page + 1 byte, MS_SYNC)",
	       outcome(addr, page + 1, MS_SYNC), "0");
	report("dirty afterwards", dirty(fd, 4), "--DD");
	if (mlock(addr + 2 * page, page) == -1)
		err(SKIP, "mlock");
	printf("the third page is locked\n");
	report("msync(addr, 2 pages, MS_INVALIDATE)",
	       outcome(addr, 2 * page, MS_INVALIDATE), "0");
	report("msync(addr, 2 pages + 1 byte, MS_INVALIDATE)",
	       outcome(addr, 2 * page + 1, MS_INVALIDATE), "EBUSY");
	if (munmap(addr + 2 * page, page) == -1)
		err(SKIP, "munmap");
	printf("the third page is not mapped\n");
	report("msync(addr, 2 pages, MS_ASYNC)",
	       outcome(addr, 2 * page, MS_ASYNC), "0");
	report("msync(addr, 2 pages + 1 byte, MS_ASYNC)",
	       outcome(addr, 2 * page + 1, MS_ASYNC), "ENOMEM");
	exit(status);
}
